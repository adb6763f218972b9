// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findDevice } from '../../../main/station/devices/registry.ts'
import { getRecord, lastWriteAt, listEnded, traceOf } from '../../../main/station/flashing/record.ts'
import { firmwareImage, label, station } from './job-fixtures.ts'

const digestOf = (version: string): string => createHash('sha256').update(firmwareImage(version)).digest('hex')
const writeLength = 137

describe('a flash job that goes well', () => {
  it('asks the application who it is, writes, and lets the new one prove its version', async () => {
    const at = station({ running: '1.0.0' })
    const { record, device, seen } = await at.start({ bundle: at.bundle('2.0.0') })
    expect(record).toMatchObject({
      state: 'done',
      outcome: 'done',
      product: 'line-sensor',
      versionBefore: '1.0.0',
      version: '2.0.0',
      person: 'p-1',
      personName: 'Tara',
      units: 32,
      written: 32,
      skipped: 0,
      payload: digestOf('2.0.0'),
      imageSha256: digestOf('2.0.0'),
      readBack: digestOf('2.0.0'),
      loader: '4.4',
      recoveries: [],
      code: null,
    })
    expect(record.checks.map(({ id, ok }) => [id, ok])).toEqual(
      ['hardware', 'requires', 'set', 'counter', 'version'].map((id) => [id, true]),
    )
    expect(device).toMatchObject({ serial: 'LS-7', version: '2.0.0', counter: 3 })
    expect(findDevice(at.log.store.read, 'line-sensor', 'LS-7')).toMatchObject({ version: '2.0.0', counter: 3 })
    expect(new TextDecoder().decode(seen)).toContain('"fw":"2.0.0"')
  })

  it('hands the open port over: what the application says next reaches the next owner', async () => {
    const at = station({ running: '1.0.0' })
    const { lease } = await at.start({ bundle: at.bundle('2.0.0') })
    const opened = at.board.entries()
    const telemetry = lease.handOver('telemetry')
    const heard: Uint8Array[] = []
    telemetry.transport().stream((chunk) => heard.push(chunk))
    await telemetry.transport().setLines({ dtr: true })
    expect(at.deps.owners.ownerOf(at.board.port.path)).toBe('telemetry')
    expect(at.board.entries()).toBe(opened + 1)
    expect(() => lease.transport()).toThrow(/internal/)
    await telemetry.release()
    expect(at.deps.owners.ownerOf(at.board.port.path)).toBeUndefined()
  })

  it('is in the audit log twice, before the port was touched and after the proof', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    const { record } = await at.start({ bundle })
    expect(at.leaves()).toMatchObject([
      { action: 'flash.start', outcome: 'ok', after: { bundle, version: '2.0.0', counter: 3 } },
      {
        action: 'flash.end',
        outcome: 'ok',
        after: { device: record.device, versionBefore: '1.0.0', readBack: digestOf('2.0.0'), next: 'none' },
      },
    ])
  })

  it('writes nothing when the device already has these bytes', async () => {
    const at = station({ running: '2.0.0' })
    const { record } = await at.start({ bundle: at.bundle('2.0.0') })
    expect(record).toMatchObject({ written: 0, skipped: 32, readBack: digestOf('2.0.0'), outcome: 'done' })
    expect(at.board.writes).toEqual([])
  })

  it('tells the time that is left from the first word about writing on', async () => {
    const at = station({ running: '1.0.0' })
    await at.start({ bundle: at.bundle('2.0.0') })
    const stages = at.told.map(({ stage }) => stage)
    expect([...new Set(stages)]).toEqual(['check', 'identify', 'write', 'verify', 'reset', 'confirm'].slice(1))
    const first = at.told.find(({ total }) => total === 32)
    expect(first).toMatchObject({ stage: 'write', done: 0 })
    expect(first?.etaMs).toBeGreaterThan(800)
  })
})

describe('the pre-flight', () => {
  it.each([
    ['compat.hardware', { compat: [{ model: 'other-device' }] }],
    ['compat.hardware', { compat: [{ model: 'line-sensor', hardware: ['rev-a'] }] }],
    ['compat.requires', { compat: [{ model: 'line-sensor', from: { min: '1.5.0' } }] }],
    ['compat.requires', { compat: [{ model: 'line-sensor', bootloader: { min: '5.0.0' } }] }],
    ['compat.set', { compat: [{ model: 'line-sensor', requires: [{ component: 'radio', min: '1.0.0' }] }] }],
  ] as const)('refuses with %s before anything is erased', async (code, change) => {
    const at = station({ running: '1.0.0' })
    await expect(at.start({ bundle: at.bundle('2.0.0', structuredClone(change) as never) })).rejects.toMatchObject({
      code,
    })
    expect(at.board.writes).toEqual([])
    const [record] = listEnded(at.log.store.read, 0, Number.MAX_SAFE_INTEGER)
    expect(record).toMatchObject({ outcome: 'refused', code, state: 'identify' })
    expect(record?.checks.at(-1)).toMatchObject({ ok: false, code })
    expect(at.leaves().at(-1)).toMatchObject({ action: 'flash.end', outcome: 'refused', reason: code })
    expect(at.deps.owners.ownerOf(at.board.port.path)).toBeUndefined()
  })

  it('refuses a recalled bundle without opening the port', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    at.objections.set(bundle, { id: 'recall', ok: false, code: 'recall.bundle', detail: 'R-1' })
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'recall.bundle', details: { detail: 'R-1' } })
    expect(at.board.entries()).toBe(0)
    expect(at.leaves().at(-1)).toMatchObject({ action: 'flash.end', outcome: 'refused', reason: 'recall.bundle' })
  })

  it('writes nothing when the recall comes in while the device is asked who it is', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    const progress = at.told.push.bind(at.told)
    at.told.push = (...states) => {
      if (states.some(({ stage }) => stage === 'identify'))
        at.objections.set(bundle, { id: 'recall', ok: false, code: 'recall.bundle', detail: 'R-1' })
      return progress(...states)
    }
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'recall.bundle', details: { detail: 'R-1' } })
    expect(at.board.entries()).toBeGreaterThan(0)
    expect(at.board.writes).toEqual([])
    expect(at.leaves().at(-1)).toMatchObject({ action: 'flash.end', outcome: 'refused', reason: 'recall.bundle' })
  })

  it('refuses a payload that was altered in the vault', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    at.contents.get(digestOf('2.0.0'))?.fill(0, 100, 101)
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'payload.digest' })
    expect(at.board.entries()).toBe(0)
  })

  it('refuses an image that does not fit', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0', {}, new Uint8Array(32_257))
    await expect(at.start({ bundle })).rejects.toMatchObject({
      code: 'flash.image-too-big',
      details: { end: 32_257, flashBytes: 32_256 },
    })
  })

  it('refuses a lower counter than was ever proven on this device', async () => {
    const at = station({ running: '1.0.0' })
    const { lease } = await at.start({ bundle: at.bundle('2.0.0', { securityCounter: 5 }) })
    await lease.release()
    await expect(at.start({ bundle: at.bundle('3.0.0', { securityCounter: 4 }) })).rejects.toMatchObject({
      code: 'rollback.counter',
    })
  })

  it('refuses a lower version under the same counter', async () => {
    const at = station({ running: '1.0.0' })
    const { lease } = await at.start({ bundle: at.bundle('2.0.0') })
    await lease.release()
    await expect(at.start({ bundle: at.bundle('1.0.0') })).rejects.toMatchObject({ code: 'rollback.version' })
  })

  it('refuses another device than the one that was meant', async () => {
    const at = station({ running: '1.0.0' })
    await expect(at.start({ bundle: at.bundle('2.0.0'), device: { ...label, serial: 'LS-8' } })).rejects.toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: 'LS-8', found: 'LS-7' },
    })
    expect(at.board.writes).toEqual([])
  })

  it('does not begin on a port that somebody has, or that is not there', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    const lease = await at.deps.owners.take(at.board.port, at.deps.profiles[0]!.loader.baud, 'telemetry')
    await expect(at.start({ bundle })).rejects.toMatchObject({
      code: 'flash.port-busy',
      details: { owner: 'telemetry' },
    })
    await lease.release()
    await expect(at.start({ bundle, portPath: '/dev/ttyNONE' })).rejects.toMatchObject({ code: 'port.unknown' })
  })
})

describe('a device that does not say who it is', () => {
  it('is not flashed until a person has confirmed its label', async () => {
    const at = station()
    const bundle = at.bundle('2.0.0')
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'device.unknown', details: { confirm: true } })
    await expect(at.start({ bundle, device: { ...label, confirmed: false } })).rejects.toMatchObject({
      code: 'device.unknown',
    })
    const { record } = await at.start({ bundle, device: label })
    expect(record).toMatchObject({ outcome: 'done', versionBefore: null })
  })

  it('needs its hardware revision from the label where the bundle asks for one', async () => {
    const at = station()
    const { hardware: _, ...without } = label
    await expect(at.start({ bundle: at.bundle('2.0.0'), device: without })).rejects.toMatchObject({
      code: 'compat.unknown',
    })
  })
})

describe('a job that is cut off', () => {
  const cutOff = async (options: Parameters<typeof station>[0]) => {
    const at = station(options)
    const bundle = at.bundle('2.0.0')
    // Identification talks about 40 bytes to the loader; the cut comes in the twentieth page.
    at.board.toDevice({ at: 40 + 20 * writeLength, do: 'unplug' })
    await expect(at.start({ bundle }, '00000000-0000-4000-8000-000000000001')).rejects.toMatchObject({
      code: 'flash.unplugged',
    })
    at.board.replug()
    return { at, bundle }
  }

  it('ends as unplugged, keeps the last bytes of the wire, and says how to go on', async () => {
    const { at } = await cutOff({ running: '1.0.0' })
    const record = getRecord(at.log.store.read, '00000000-0000-4000-8000-000000000001')
    expect(record).toMatchObject({ outcome: 'failed', code: 'flash.unplugged', state: 'write', unitsDone: 20 })
    expect(traceOf(at.log.store.read, record.id)).toMatch(/> 55[0-9a-f]+/)
    expect(at.leaves().at(-1)?.after).toMatchObject({ next: 'continue' })
    expect(findDevice(at.log.store.read, 'line-sensor', 'LS-7')?.version).toBeNull()
  })

  it('goes on by itself where the port has a USB serial number, and writes only what is missing', async () => {
    const { at, bundle } = await cutOff({ running: '1.0.0', usbSerial: 'A1B2' })
    const before = at.board.writes.length
    const { record } = await at.start({ bundle })
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0', readBack: digestOf('2.0.0') })
    expect(record.skipped).toBeGreaterThanOrEqual(18)
    expect(at.board.writes.length - before).toBe(record.written)
  })

  it('is what the place was left with although the clock was set back since the job before', async () => {
    const at = station({ running: '1.0.0' })
    const { lease } = await at.start({ bundle: at.bundle('2.0.0') })
    await lease.release()
    at.clock.set('2026-05-01T12:00:00Z')
    at.board.toDevice({ at: 40 + 20 * writeLength, do: 'unplug' })
    const id = '00000000-0000-4000-8000-000000000001'
    await expect(at.start({ bundle: at.bundle('3.0.0') }, id)).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(lastWriteAt(at.log.store.read, at.board.port)?.id).toBe(id)
  })

  it('leaves a device without a version, also when the next bundle is refused for it', async () => {
    const { at } = await cutOff({ running: '1.0.0', usbSerial: 'A1B2' })
    const bundle = at.bundle('2.0.0', { compat: [{ model: 'other-device' }] })
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'compat.hardware' })
    expect(findDevice(at.log.store.read, 'line-sensor', 'LS-7')?.version).toBeNull()
  })

  it('asks a person where the port has only a place, and never starts the half-written application', async () => {
    const { at, bundle } = await cutOff({ running: '1.0.0' })
    await expect(at.start({ bundle })).rejects.toMatchObject({
      code: 'device.unknown',
      details: { serial: 'LS-7', confirm: true },
    })
    const { record } = await at.start({ bundle, device: label })
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0' })
    expect(record.skipped).toBeGreaterThanOrEqual(18)
    expect(lastWriteAt(at.log.store.read, at.board.port)?.id).toBe(record.id)
  })

  it('is not talked into another device by anybody who has not read its label', async () => {
    const numbered = await cutOff({ running: '1.0.0', usbSerial: 'A1B2' })
    const other = { ...label, serial: 'LS-9' }
    await expect(numbered.at.start({ bundle: numbered.bundle, device: other })).rejects.toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: 'LS-9', found: 'LS-7' },
    })
    const placed = await cutOff({ running: '1.0.0' })
    await expect(
      placed.at.start({ bundle: placed.bundle, device: { ...other, confirmed: false } }),
    ).rejects.toMatchObject({ code: 'device.unknown' })
  })

  it('asks the device itself when a person says that it is another one', async () => {
    const { at, bundle } = await cutOff({ running: '1.0.0' })
    at.board.flash.set(firmwareImage('1.0.0'))
    await expect(at.start({ bundle, device: { ...label, serial: 'LS-9' } })).rejects.toMatchObject({
      code: 'flash.wrong-device',
    })
  })
})

describe('a job whose steps cannot be written down', () => {
  it('touches no page, and leaves the device to the next job', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    const change = (sql: string): void => void at.log.store.transact((tx) => tx.run(sql))
    change("CREATE TRIGGER full BEFORE UPDATE OF device ON flash_job BEGIN SELECT raise(ABORT, 'no room'); END")
    await expect(at.start({ bundle })).rejects.toThrow()
    expect(at.board.writes).toEqual([])
    change('DROP TRIGGER full')
    const { record, lease } = await at.start({ bundle })
    await lease.release()
    expect(record.outcome).toBe('done')
  })
})

describe('the end of a job', () => {
  it('fails when the application reports another version than the bundle', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0', {}, firmwareImage('2.0.1'))
    await expect(at.start({ bundle })).rejects.toMatchObject({
      code: 'flash.version',
      details: { expected: '2.0.0', found: '2.0.1' },
    })
    expect(at.leaves().at(-1)).toMatchObject({ outcome: 'failed', reason: 'flash.version' })
  })

  it('fails when the new application says nothing', async () => {
    const at = station({ running: '1.0.0' })
    const silent = firmwareImage('2.0.0').fill(0x55, 0, 16)
    await expect(at.start({ bundle: at.bundle('2.0.0', {}, silent) })).rejects.toMatchObject({
      code: 'flash.unconfirmed',
    })
    const [record] = listEnded(at.log.store.read, 0, Number.MAX_SAFE_INTEGER)
    expect(record).toMatchObject({ outcome: 'failed', state: 'confirm' })
    expect(record?.readBack).toBe(createHash('sha256').update(silent).digest('hex'))
    expect(findDevice(at.log.store.read, 'line-sensor', 'LS-7')?.counter).toBe(0)
  })

  it.each([
    ['the model of the old application', 45],
    ['the key of its banner', 31],
  ])('believes no banner that the line has spoilt: %s', async (_, at) => {
    const bench = station({ running: '1.0.0' })
    // 14 bytes of the loader come before the first banner, then 12 before its JSON.
    bench.board.fromDevice({ at, do: 'lose' })
    const { record, device, lease } = await bench.start({ bundle: bench.bundle('2.0.0') })
    await lease.release()
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0' })
    expect(device).toMatchObject({ model: 'line-sensor', serial: 'LS-7' })
    expect(record.recoveries).toMatchObject([{ fault: 'verify', at: -1 }])
  })

  it('starts a known device once to ask it, an unknown one twice', async () => {
    const at = station({ running: '1.0.0' })
    const first = await at.start({ bundle: at.bundle('2.0.0') })
    await first.lease.release()
    const entered = at.board.entries()
    const second = await at.start({ bundle: at.bundle('2.1.0') })
    await second.lease.release()
    expect([entered, at.board.entries() - entered]).toEqual([3, 2])
  })

  it('is cancelled between two pages, and the record says so', async () => {
    const at = station({ running: '1.0.0' })
    const progress = at.told.push.bind(at.told)
    at.told.push = (...states) => {
      if (states.some(({ done }) => done === 16)) at.abort.abort(new Error('stop'))
      return progress(...states)
    }
    await expect(at.start({ bundle: at.bundle('2.0.0') })).rejects.toMatchObject({ code: 'flash.cancelled' })
    const [record] = listEnded(at.log.store.read, 0, Number.MAX_SAFE_INTEGER)
    expect(record).toMatchObject({ outcome: 'cancelled', state: 'write', unitsDone: 16 })
    expect(at.board.writes.length).toBe(16)
  })
})

describe('after a crash', () => {
  it('marks what was running as interrupted, with the last step and the next one, and touches no port', async () => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    const id = '00000000-0000-4000-8000-000000000002'
    await at.start({ bundle }, id)
    // What a kill in the middle of writing leaves: the row as it was at its last checkpoint.
    at.log.store.transact((tx) =>
      tx.run("UPDATE flash_job SET state = 'write', outcome = NULL, ended_at = NULL, units_done = 16 WHERE id = ?", id),
    )
    const entered = at.board.entries()
    const [record] = at.flashing.recoverJobs()
    expect(record).toMatchObject({
      id,
      outcome: 'interrupted',
      code: 'flash.interrupted',
      state: 'write',
      unitsDone: 16,
    })
    expect(at.leaves().at(-1)).toMatchObject({
      action: 'flash.end',
      outcome: 'failed',
      reason: 'flash.interrupted',
      actor: { uid: 'station' },
      after: { next: 'continue', state: 'write' },
    })
    expect(at.flashing.recoverJobs()).toEqual([])
    expect([at.board.entries(), at.flashing.active()]).toEqual([entered, 0])
  })
})
