// SPDX-License-Identifier: Apache-2.0
import { useMemo, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Loading } from '../../components/empty.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { PortMap } from '../../components/port-map.tsx'
import { go } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { putPorts, useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** Station → Ports: the numbers on the hub's stickers. Everybody may look; an administrator changes them. */
export const Ports = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const ports = useStation((state) => state.ports)
  const absent = useStation((state) => state.absent)
  const map = useMemo(() => (ports && absent ? { ports: [...ports], absent: [...absent] } : undefined), [ports, absent])
  const blocked = person.roles.includes('administrator') ? undefined : t('ports.onlyAdministrator')
  return (
    <main className="main">
      <PageHead title={t('ports.title')} lead={t('ports.lead')}>
        <Button onPress={() => go('station')}>{t('ports.back')}</Button>
      </PageHead>
      {map === undefined ? (
        <Loading sentence={t('common.loading')} />
      ) : (
        <PortMap map={map} blocked={blocked} changed={putPorts} />
      )}
    </main>
  )
}
