// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { useAction } from '../state/action.ts'
import { call } from '../state/connection.ts'
import type { Person } from '../state/session.ts'
import { refresh, useStation } from '../state/station.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Fault } from './fault.tsx'

/** Listening to a port: what the device says goes into the station's records. `stands`: what stands against it. */
export const Listening = ({
  port,
  person,
  stands,
}: {
  port: string
  person: Person
  stands?: string | undefined
}): ReactElement => {
  const t = useText()
  const owner = useStation(({ ports }) => ports?.find(({ id }) => id === port)?.owner)
  const [action, run] = useAction()
  const listens = owner === 'telemetry'
  const change = (): void =>
    run(async () => {
      await call(listens ? 'telemetry.stop' : 'telemetry.start', { port })
      await refresh.ports()
    })
  const blocked = (): string | undefined => {
    if (!person.roles.includes('technician')) return t('device.onlyTechnician')
    return owner === undefined || owner === 'flashing' ? t('device.portBusy') : stands
  }
  return (
    <div className="stack tight">
      <Fault fault={action.fault} />
      <div className="row apart">
        <p className="muted">{t(listens ? 'device.listens' : 'device.listensNot')}</p>
        <Button busy={action.busy} blocked={blocked()} showReason onPress={change}>
          {t(listens ? 'device.stopListening' : 'device.startListening')}
        </Button>
      </div>
    </div>
  )
}
