// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Button } from './components/button.tsx'
import { Dialog } from './components/dialog.tsx'
import { useText } from './text/use-text.ts'

/** Two minutes before the lock. A run goes on either way. */
export const IdleWarning = ({ stay }: { stay: () => void }): ReactElement => {
  const t = useText()
  return (
    <Dialog
      title={t('idle.title')}
      onClose={stay}
      foot={
        <Button kind="primary" onPress={stay} autoFocus>
          {t('idle.stay')}
        </Button>
      }
    >
      <p>{t('idle.text')}</p>
    </Dialog>
  )
}
