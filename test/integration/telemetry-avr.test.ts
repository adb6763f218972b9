// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSerial } from '../../main/station/devices/serial-transport.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../main/station/store/open.ts'
import type { CaptureRequest } from '../../main/station/telemetry/capture.ts'
import { compareHealth, healthOf } from '../../main/station/telemetry/health.ts'
import { createTelemetry } from '../../main/station/telemetry/telemetry.ts'
import { baud } from '../../shared/units.ts'
import { type BoardOptions, startBoard } from '../emulators/avr/board.ts'
import { tempFolder } from '../support/temp-folder.ts'

const speed = baud(115_200)
const ever = { from: 0, to: Number.MAX_SAFE_INTEGER }

const station = () => {
  const store = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
  onTestFinished(() => store.close())
  return createTelemetry({ store, clock: systemClock, log: silentLog })
}
type Station = ReturnType<typeof station>

/** Listens to a board on a real pseudo-terminal until `enough`, then closes the port. Opening it resets the board. */
const listen = async (
  telemetry: Station,
  options: BoardOptions,
  enough: () => boolean,
  more: Partial<CaptureRequest> = {},
) => {
  const board = await startBoard(options)
  onTestFinished(() => board.stop())
  const transport = await openSerial({ path: board.pty }, speed)
  const capture = telemetry.openCapture({ portPath: '/dev/ttyACM0', locationId: '1-4', baud: speed, ...more })
  const stop = transport.stream((chunk) => capture.push(chunk))
  await expect.poll(() => (capture.flush(), enough()), { timeout: 30_000, interval: 100 }).toBe(true)
  stop()
  await transport.close()
  capture.close('closed')
  const stats = capture.stats()
  await board.stop()
  return stats
}

describe('telemetry of an emulated board', () => {
  it('knows the device by its banner and keeps measurements, events and log lines', async () => {
    const telemetry = station()
    const stats = await listen(telemetry, { firmware: '1.0.0' }, () => telemetry.counts(ever).events >= 3)

    const sessions = telemetry.sessions(ever).filter(({ bootReason }) => bootReason !== 'port open')
    expect(sessions).toMatchObject([
      { device: 'DC-0042-7Q', serial: 'DC-0042-7Q', model: 'dosing-controller', hardware: 'rev-c', firmware: '1.0.0' },
    ])
    expect(telemetry.seriesOf('DC-0042-7Q')).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'temperature_c', unit: 'Cel', kind: 'gauge' })]),
    )
    const temperature = telemetry.seriesOf('DC-0042-7Q').find(({ name }) => name === 'temperature_c')
    const { rows } = telemetry.chart({ ...ever, to: systemClock.now(), series: temperature?.id ?? 0, buckets: 1 })
    expect(rows[0]?.n).toBeGreaterThan(20)
    expect(rows[0]?.mean).toBeGreaterThan(35)
    expect(rows[0]?.mean).toBeLessThan(50)

    const records = [...telemetry.records(0, ever.to)]
    const templates = records.map(({ fields }) => fields['template'])
    expect(templates).toContain('uplink plc-hall3.acme-pharma.example at <ip> via <mac>')
    expect(templates).toContain('recipe <num> confirmed by <email>')
    // Of the device's own words only its greeting follows no format.
    expect(stats.lines - stats.parsedLines).toBeLessThanOrEqual(2)
    expect(stats).toMatchObject({ droppedBytes: 0 })
  })

  it('sees that a release hangs, once per watchdog, with the place, and that it is worse than the one before', async () => {
    const telemetry = station()
    const enough = () => telemetry.counts(ever).points > 200
    await listen(telemetry, { firmware: '1.0.0' }, enough)
    const reports = () =>
      [...telemetry.records(0, ever.to)].filter(({ fields }) => fields['reason'] === 'no kick for 500 ms')
    const crashed = () => reports().length >= 2
    await listen(telemetry, { firmware: '2.1.0' }, crashed, { expect: 'update' })

    const records = [...telemetry.records(0, ever.to)]
    const crashes = records.filter(({ table }) => table === 'crashes').map(({ fields }) => fields)
    expect(crashes).toHaveLength(2)
    expect(crashes[0]).toMatchObject({ kind: 'watchdog', device: 'DC-0042-7Q' })
    expect(new Set(crashes.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    const kinds = telemetry
      .sessions(ever)
      .filter(({ firmware }) => firmware === '2.1.0')
      .map(({ kind }) => kind)
    expect(kinds).toEqual(['update', 'watchdog', 'watchdog'])

    const [before, after] = healthOf(telemetry.sessions(ever).filter(({ firmware }) => firmware !== null))
    expect(before).toMatchObject({ firmware: '1.0.0', crashes: 0 })
    expect(compareHealth(before!, after!)).toMatchObject({ verdict: 'worse' })
  })
})
