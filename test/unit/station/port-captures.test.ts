// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortOwners } from '../../../main/station/devices/port-owner.ts'
import { createPortCaptures } from '../../../main/station/port-captures.ts'
import type { Log } from '../../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { createTelemetry } from '../../../main/station/telemetry/telemetry.ts'
import { baud } from '../../../shared/units.ts'
import { testClock } from '../../support/clock.ts'
import { stk500v1Board } from '../../support/stk500v1-device.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const speed = baud(115_200)

const bench = () => {
  const clock = testClock()
  const board = stk500v1Board(clock)
  const owners = createPortOwners(board.open, clock)
  const store = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
  onTestFinished(() => store.close())
  const faults: string[] = []
  const log: Log = { info: () => undefined, error: (event) => void faults.push(event) }
  const telemetry = createTelemetry({ store, clock, log })
  onTestFinished(() => telemetry.close())
  const captures = createPortCaptures({ telemetry, log })
  const { path } = board.port
  const listen = async () => captures.start(await owners.take(board.port, speed, 'telemetry'), { baud: speed })
  return { board, owners, store, faults, captures, path, listen }
}

describe('ports that are listened to', () => {
  it('belong to telemetry until it is stopped, and to nobody afterwards', async () => {
    const { owners, captures, path, listen } = bench()
    await listen()
    expect([captures.isOpen(path), owners.ownerOf(path)]).toEqual([true, 'telemetry'])
    await captures.stop(path)
    await captures.stop(path)
    expect([captures.isOpen(path), owners.ownerOf(path)]).toEqual([false, undefined])
    await listen()
  })

  it('are free for everybody who waited for the stop, not for the first alone', async () => {
    const { owners, captures, path, listen } = bench()
    await listen()
    const free = async (): Promise<string | undefined> => {
      await captures.stop(path)
      return owners.ownerOf(path)
    }
    expect(await Promise.all([free(), free()])).toEqual([undefined, undefined])
  })

  it('are let go of when the store takes no capture', async () => {
    const { owners, store, captures, path, listen } = bench()
    store.close()
    await expect(listen()).rejects.toThrow()
    expect([captures.isOpen(path), owners.ownerOf(path)]).toEqual([false, undefined])
  })

  it('are let go of when the last bytes find no room, and the others are ended all the same', async () => {
    const { owners, store, captures, path, listen, faults } = bench()
    await listen()
    store.close()
    await captures.stopAll()
    expect(owners.ownerOf(path)).toBeUndefined()
    expect(faults).toContain('capture.end')
  })

  it('end by themselves when they are unplugged', async () => {
    const { board, owners, store, captures, path } = bench()
    const lease = await owners.take(board.port, speed, 'telemetry')
    await captures.start(lease, { baud: speed })
    board.toDevice({ at: 0, do: 'unplug' })
    await expect(lease.transport().write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'flash.unplugged' })
    await expect.poll(() => owners.ownerOf(path)).toBeUndefined()
    expect(captures.isOpen(path)).toBe(false)
    expect(store.read.all('SELECT end_reason FROM capture')).toEqual([{ end_reason: 'unplugged' }])
  })

  it('do not take the station with them when the disk is full at an unplug', async () => {
    const { board, owners, store, captures, path, faults } = bench()
    const lease = await owners.take(board.port, speed, 'telemetry')
    await captures.start(lease, { baud: speed })
    store.close()
    board.toDevice({ at: 0, do: 'unplug' })
    await expect(lease.transport().write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'flash.unplugged' })
    await expect.poll(() => owners.ownerOf(path)).toBeUndefined()
    expect(faults).toContain('capture.end')
  })
})
