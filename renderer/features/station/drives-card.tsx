// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { go } from '../../state/route.ts'
import { useText } from '../../text/use-text.ts'

/** The way to the register of drives. */
export const DrivesCard = (): ReactElement => {
  const t = useText()
  return (
    <section className="card stack tight" aria-label={t('drives.title')}>
      <h2>{t('drives.title')}</h2>
      <p className="muted">{t('drives.lead')}</p>
      <div>
        <Button onPress={() => go('station', 'drives')}>{t('drives.open')}</Button>
      </div>
    </section>
  )
}
