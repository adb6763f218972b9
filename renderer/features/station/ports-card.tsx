// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { go } from '../../state/route.ts'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** How many ports there are, and the way to their map. */
export const PortsCard = (): ReactElement => {
  const t = useText()
  const here = useStation(({ ports }) => ports?.length ?? 0)
  const absent = useStation((state) => state.absent?.length ?? 0)
  return (
    <section className="card stack tight" aria-label={t('ports.title')}>
      <h2>{t('ports.title')}</h2>
      <p className="muted">{t('ports.count', { here, all: here + absent })}</p>
      <div>
        <Button onPress={() => go('station', 'ports')}>{t('ports.open')}</Button>
      </div>
    </section>
  )
}
