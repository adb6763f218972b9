// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isWhereItWas } from '../../../main/station/devices/ports.ts'
import { findDevice } from '../../../main/station/devices/registry.ts'
import type { Log } from '../../../main/station/platform/log.ts'
import { createPortCaptures } from '../../../main/station/port-captures.ts'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { createTelemetry } from '../../../main/station/telemetry/telemetry.ts'
import { listen, writeDevice } from '../../../main/station/write-device.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { station, technician } from '../flashing/job-fixtures.ts'

const job = '00000000-0000-4000-8000-000000000001'
/** Identification talks about 40 bytes to the loader; the plug is pulled in the twenty-first page. */
const pulled = { at: 40 + 20 * 137, do: 'unplug' } as const

/** A bench whose ports go to telemetry and back, everything real but the board and the bundles. */
const bench = (options: Parameters<typeof station>[0]) => {
  const at = station({ running: '1.0.0', ...options })
  const measured = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
  onTestFinished(() => measured.close())
  const faults: string[] = []
  const log: Log = { info: () => undefined, error: (event) => void faults.push(event) }
  const telemetry = createTelemetry({ store: measured, clock: at.clock, log })
  const captures = createPortCaptures({ telemetry, log })
  const parts = { ...at.deps, ...at, log, captures }
  const context = { id: job, signal: at.abort.signal, progress: at.told.push.bind(at.told) }
  const request = { bundle: at.bundle('2.0.0'), portPath: at.board.port.path }
  /** Runs once, when the job says that it waits for the plug. */
  const write = (whenWaiting = (): void => undefined, more: Partial<typeof parts> = {}) =>
    writeDevice({ ...parts, store: at.log.store, audit: at.log.audit, ...more }, request, technician, {
      ...context,
      progress: (state) => {
        if (state.stage === 'unplugged') whenWaiting()
      },
    })
  const hear = () => listen({ ...parts, store: at.log.store, audit: at.log.audit }, at.board.port, technician)
  const listened = (): unknown[] =>
    at.leaves().flatMap((leaf) => (leaf.action === 'telemetry.start' && 'object' in leaf ? [leaf.object] : []))
  return { ...at, measured, faults, captures, request, write, hear, listened }
}

describe('a device that is written', () => {
  it('is not listened to while its job waits for the plug: that would start it half written', async () => {
    const at = bench({ usbSerial: 'A1B2' })
    at.board.toDevice(pulled)
    const asked: Promise<unknown>[] = []
    await at.write(() => {
      at.board.replug()
      asked.push(at.hear().catch((error: unknown) => error))
    })
    expect(await asked[0]).toMatchObject({ code: 'telemetry.half-written' })
    expect(at.captures.isOpen(at.board.port.path)).toBe(true)
  })

  it('is listened to where it is afterwards, and the log says where', async () => {
    const at = bench({ usbSerial: 'A1B2' })
    at.board.toDevice(pulled)
    await at.write(() => at.board.replug('/dev/ttyTEST7', '1-7'))
    expect(at.captures.isOpen('/dev/ttyTEST7')).toBe(true)
    expect(at.listened()).toEqual([{ type: 'port', id: '/dev/ttyTEST7' }])
  })

  it('is updated although what it says cannot be recorded', async () => {
    const at = bench({})
    await at.hear()
    at.measured.close()
    expect(await at.write()).toMatchObject({ written: 32, result: { device: 'LS-7', to: '2.0.0' } })
    expect(at.faults).toEqual(['capture.again', 'capture.again'])
    expect([at.captures.isOpen(at.request.portPath), at.deps.owners.ownerOf(at.request.portPath)]).toEqual([
      false,
      undefined,
    ])
  })

  it('is refused for its own reason, whatever stops the listening afterwards', async () => {
    const at = bench({})
    await at.hear()
    at.objections.set(at.request.bundle, { id: 'recall', ok: false, code: 'recall.bundle', detail: 'R-1' })
    const ports = () => Promise.reject(new Error('no list'))
    await expect(at.write(undefined, { ports })).rejects.toMatchObject({ code: 'recall.bundle' })
    expect(at.faults).toEqual(['capture.again'])
  })
})

describe('a stranger at a port', () => {
  it('ends what was known of who is there', async () => {
    const at = bench({})
    await at.write()
    const here = (): boolean => {
      const device = findDevice(at.log.store.read, 'line-sensor', 'LS-7')
      return device !== undefined && isWhereItWas(at.board.port, device.port)
    }
    expect(here()).toBe(true)
    const banner = { boot: { model: 'line-sensor', serial: 'LS-99', hw: 'rev-b', fw: '2.0.0' } }
    at.captures.of('LS-7')?.push(new TextEncoder().encode(`${JSON.stringify(banner)}\r\n`))
    expect(here()).toBe(false)
    expect(at.captures.of('LS-99')).toBeDefined()
  })
})
