// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Caller } from '../../../main/station/caller.ts'
import { collectedHandlers } from '../../../main/station/collected-handlers.ts'
import { createPortNumbers } from '../../../main/station/devices/port-numbers.ts'
import { sawDevice } from '../../../main/station/devices/registry.ts'
import type { Exports } from '../../../main/station/exports/exports.ts'
import type { Parts } from '../../../main/station/parts.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { createTelemetry } from '../../../main/station/telemetry/telemetry.ts'
import { testLog } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

it('counts as waiting what a device has said after an export was asked for, whatever its period was', async () => {
  const clock = testClock()
  const log = testLog(clock, stationMigrations)
  const measured = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
  onTestFinished(() => measured.close())
  const telemetry = createTelemetry({ store: measured, clock, log: silentLog })
  const port = { path: '/dev/ttyTEST0', locationId: '1-1' }
  const device = log.store.transact((tx) =>
    sawDevice(tx, clock, { identity: { model: 'm', serial: 'LS-7', version: '1.0.0' }, profile: 'p', port }),
  )
  const capture = telemetry.openCapture({ portPath: port.path, baud: 9600, device: { id: 'LS-7', serial: 'LS-7' } })
  const say = (n: number): void => capture.push(new TextEncoder().encode(`\ntemp=${n}\n`))
  say(1)
  say(2)
  clock.advance(1000)
  const asked = clock.now()
  // The page asks for a minute more than there is, so that nothing of now is left out.
  const row = {
    id: 'e',
    number: 1,
    state: 'written',
    from_ms: 0,
    to_ms: asked + 60_000,
    requested_at: asked,
    reason: '',
  }
  clock.advance(1000)
  say(3)
  const exports = { list: () => [row] } as unknown as Exports
  const portNumbers = createPortNumbers(log)
  const parts = { ...log, telemetry, portNumbers, ports: async () => [port] } as unknown as Parts
  const caller = { portId: 'p', role: 'technician', session: { roles: ['technician'] } } as unknown as Caller
  const look = await collectedHandlers(parts, exports)['devices.look'](
    { id: device.id },
    caller,
    new AbortController().signal,
  )
  expect(look).toMatchObject({ collected: { records: 3 }, waiting: 1 })
})
