// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { findDevice } from '../../../main/station/devices/registry.ts'
import { getRecord } from '../../../main/station/flashing/record.ts'
import { firmwareImage, label, station } from './job-fixtures.ts'

const writeLength = 137
const first = '00000000-0000-4000-8000-000000000001'
/** Identification talks about 40 bytes to the loader; the plug is pulled in the page after so many. */
const pull = (pages: number) => ({ at: 40 + pages * writeLength, do: 'unplug' as const })

/** What happens to the ports while a job waits: `turn` runs once, when the job says that it waits. */
const whenUnplugged = (at: ReturnType<typeof station>, turn: () => void): void => {
  const progress = at.told.push.bind(at.told)
  let done = false
  at.told.push = (...states) => {
    if (!done && states.some(({ stage }) => stage === 'unplugged')) {
      done = true
      turn()
    }
    return progress(...states)
  }
}

describe('a device that is plugged back in while it is written', () => {
  it('is recognised on another port by its USB serial number, and its write goes on (ux 31)', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    const bundle = at.bundle('2.0.0')
    at.board.toDevice(pull(20))
    whenUnplugged(at, () => at.board.replug('/dev/ttyTEST7', '1-7'))
    const { record, device, lease } = await at.start({ bundle }, first)
    expect(record).toMatchObject({
      outcome: 'done',
      versionBefore: '1.0.0',
      version: '2.0.0',
      port: { locationId: '1-7' },
    })
    expect(record.recoveries).toContainEqual({ fault: 'unplugged', at: -1, attempt: 1 })
    // The page that was torn is written once more; the others only once.
    expect(at.board.writes.length).toBeLessThanOrEqual(33)
    expect(device.port.path).toBe('/dev/ttyTEST7')
    expect(lease.port.path).toBe('/dev/ttyTEST7')
    await lease.release()
    expect([at.deps.owners.ownerOf('/dev/ttyTEST0'), at.deps.owners.ownerOf('/dev/ttyTEST7')]).toEqual([
      undefined,
      undefined,
    ])
  })

  it.each([20, 3])(
    'is not taken for the one that was meant when the same adapter has another device behind it, %i pages on (ux 32)',
    async (pages) => {
      const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
      const other = at.plugIn({ running: '1.0.0', usbSerial: 'A1B2', serial: 'LS-8' })
      other.unplug()
      at.board.toDevice(pull(pages))
      whenUnplugged(at, () => other.replug())
      await expect(at.start({ bundle: at.bundle('2.0.0') }, first)).rejects.toMatchObject({
        code: 'flash.wrong-device',
        details: { wanted: 'LS-7', found: 'LS-8' },
      })
      expect(other.writes).toEqual([])
      // What was begun is still known as half written, whoever is there now.
      expect(getRecord(at.log.store.read, first)).toMatchObject({ outcome: 'failed', state: 'write', unitsDone: pages })
    },
  )

  it('is asked for by its label when nothing that was written can tell it from another one (ux 32)', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    const other = at.plugIn({ running: '1.0.0', usbSerial: 'A1B2', serial: 'LS-8' })
    other.unplug()
    at.board.toDevice(pull(0))
    whenUnplugged(at, () => other.replug())
    await expect(at.start({ bundle: at.bundle('2.0.0') }, first)).rejects.toMatchObject({
      code: 'device.unknown',
      details: { serial: 'LS-7', confirm: true },
    })
    expect(other.writes).toEqual([])
  })

  it('is not believed to be the one that was left when another bundle is written over it (ux 32)', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    at.board.toDevice(pull(20))
    await expect(at.start({ bundle: at.bundle('2.0.0') }, first)).rejects.toMatchObject({ code: 'flash.unplugged' })
    const other = at.plugIn({ running: '1.0.0', usbSerial: 'A1B2', serial: 'LS-8' })
    const next = at.bundle('3.0.0')
    await expect(at.start({ bundle: next })).rejects.toMatchObject({ code: 'device.unknown' })
    expect(other.writes).toEqual([])
    other.unplug()
    at.board.replug()
    const { device, lease } = await at.start({ bundle: next, device: label })
    await lease.release()
    expect(device).toMatchObject({ serial: 'LS-7', version: '3.0.0' })
  })

  it('is known again although the job that went on was cut off while it still compared', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    const bundle = at.bundle('2.0.0')
    at.board.toDevice(pull(20))
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'flash.unplugged' })
    at.board.replug()
    // The loader is asked with 10 bytes, a page with 9; twenty are read to know the device, five more to compare.
    at.board.toDevice({ at: 10 + 25 * 9, do: 'unplug' })
    await expect(at.start({ bundle }, first)).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(getRecord(at.log.store.read, first)).toMatchObject({ state: 'write', unitsDone: 20 })
    at.board.replug()
    const { record, lease } = await at.start({ bundle })
    await lease.release()
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0' })
  })

  it('is waited for two minutes, and then its job ends as unplugged', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    at.board.toDevice(pull(20))
    const from = at.clock.monotonic()
    await expect(at.start({ bundle: at.bundle('2.0.0') })).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(Number(at.clock.monotonic() - from) / 1e9).toBeGreaterThan(120)
  })

  it('is not waited for when it was pulled before anything was written', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    at.board.toDevice({ at: 10, do: 'unplug' })
    await expect(at.start({ bundle: at.bundle('2.0.0') })).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(at.told.map(({ stage }) => stage)).not.toContain('unplugged')
  })

  it('stops waiting when a person stops the job', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    at.board.toDevice(pull(20))
    whenUnplugged(at, () => at.abort.abort(new Error('stop')))
    await expect(at.start({ bundle: at.bundle('2.0.0') })).rejects.toMatchObject({ code: 'flash.cancelled' })
  })

  it('is written by nobody when two adapters have its serial number', async () => {
    const at = station({ running: '1.0.0', usbSerial: 'A1B2' })
    const twin = at.plugIn({
      running: '1.0.0',
      usbSerial: 'A1B2',
      path: '/dev/ttyTEST1',
      locationId: '1-2',
      serial: 'LS-8',
    })
    twin.unplug()
    at.board.toDevice(pull(20))
    whenUnplugged(at, () => {
      at.board.replug()
      twin.replug()
    })
    await expect(at.start({ bundle: at.bundle('2.0.0') })).rejects.toMatchObject({ code: 'device.twin' })
    expect(twin.writes).toEqual([])
  })
})

describe('another device in the place of one that was left half written', () => {
  /** LS-7 is pulled in its twenty-first page; LS-8 is plugged into the same socket. Neither port has a serial number. */
  const swapped = async (running: string | undefined) => {
    const at = station({ running: '1.0.0' })
    const bundle = at.bundle('2.0.0')
    at.board.toDevice(pull(20))
    await expect(at.start({ bundle }, first)).rejects.toMatchObject({ code: 'flash.unplugged' })
    const other = at.plugIn({ serial: 'LS-8', ...(running === undefined ? {} : { running }) })
    return { at, bundle, other }
  }

  it('is named, and not written (ux 32)', async () => {
    const { at, bundle, other } = await swapped('1.0.0')
    await expect(at.start({ bundle })).rejects.toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: 'LS-7', found: 'LS-8' },
    })
    expect(other.writes).toEqual([])
  })

  it('is not written either when a person has typed the label of the first one (ux 32)', async () => {
    const { at, bundle, other } = await swapped('1.0.0')
    await expect(at.start({ bundle, device: label })).rejects.toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: 'LS-7', found: 'LS-8' },
    })
    expect(other.writes).toEqual([])
  })

  it('is written when a person has read its own label, and the first one goes on when it is back (ux 31)', async () => {
    const { at, bundle, other } = await swapped('1.0.0')
    const done = await at.start({ bundle, device: { ...label, serial: 'LS-8' } })
    await done.lease.release()
    expect(done.device).toMatchObject({ serial: 'LS-8', version: '2.0.0' })
    other.unplug()
    at.board.replug()
    const again = await at.start({ bundle, device: label })
    await again.lease.release()
    expect(findDevice(at.log.store.read, 'line-sensor', 'LS-7')).toMatchObject({ version: '2.0.0' })
  })

  it('leaves the first one to go on in another socket, by its label and without starting it (ux 31)', async () => {
    const { at, bundle } = await swapped('1.0.0')
    at.board.replug('/dev/ttyTEST7', '1-7')
    const entered = at.board.entries()
    const { record, lease } = await at.start({ bundle, portPath: '/dev/ttyTEST7', device: label })
    await lease.release()
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0' })
    expect(record.skipped).toBeGreaterThanOrEqual(18)
    expect(at.board.entries() - entered).toBe(1)
  })

  it('asks for a label when it says nothing', async () => {
    const { at, bundle, other } = await swapped(undefined)
    await expect(at.start({ bundle })).rejects.toMatchObject({ code: 'device.unknown', details: { serial: 'LS-7' } })
    expect(other.writes).toEqual([])
  })

  it('is known for what it is when it has the new firmware already: nothing is written', async () => {
    const { at, bundle, other } = await swapped('2.0.0')
    await expect(at.start({ bundle, device: label })).rejects.toMatchObject({ code: 'flash.wrong-device' })
    expect(other.writes).toEqual([])
  })
})

describe('a device that the plan does not expect', () => {
  it('is not written: what was shown at that port is what is meant (ux 32)', async () => {
    const at = station({ running: '1.0.0', serial: 'LS-8' })
    const shown = { model: 'line-sensor', serial: 'LS-7', confirmed: false }
    await expect(at.start({ bundle: at.bundle('2.0.0'), device: shown })).rejects.toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: 'LS-7', found: 'LS-8' },
    })
    expect(at.board.writes).toEqual([])
  })
})

describe('two devices with one serial number', () => {
  it('are both left as they are (AL-3110)', async () => {
    const at = station({ running: '1.0.0' })
    const twin = at.plugIn({ running: '1.0.0', path: '/dev/ttyTEST1', locationId: '1-2' })
    const bundle = at.bundle('2.0.0')
    const ended = await Promise.allSettled([at.start({ bundle }), at.start({ bundle, portPath: twin.port.path })])
    const refused = { status: 'rejected', reason: { code: 'device.twin' } }
    expect(ended).toMatchObject([refused, refused])
    expect([at.board.writes, twin.writes]).toEqual([[], []])
    // Alone, each may be written: it is the pair that nobody can tell apart.
    twin.unplug()
    const { lease, device } = await at.start({ bundle })
    await lease.release()
    expect(device.version).toBe('2.0.0')
    expect(Buffer.compare(at.board.flash.subarray(0, 4096), firmwareImage('2.0.0'))).toBe(0)
  })
})
