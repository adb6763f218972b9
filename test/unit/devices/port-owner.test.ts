// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createPortOwners } from '../../../main/station/devices/port-owner.ts'
import { baud } from '../../../shared/units.ts'
import { testClock } from '../../support/clock.ts'
import { stk500v1Board } from '../../support/stk500v1-device.ts'

const speed = baud(115_200)

const bench = (modemLines: boolean) => {
  const clock = testClock()
  const board = stk500v1Board(clock, { modemLines })
  return { clock, board, owners: createPortOwners(board.open, clock) }
}

describe('the owner of a port', () => {
  it('is one: a second one is told who has it', async () => {
    const { board, owners } = bench(true)
    const lease = await owners.take(board.port, speed, 'flashing')
    await expect(owners.take(board.port, speed, 'telemetry')).rejects.toMatchObject({
      code: 'flash.port-busy',
      details: { owner: 'flashing' },
    })
    await lease.release()
    await (await owners.take(board.port, speed, 'telemetry')).release()
  })

  it('is nobody when the port could not be opened', async () => {
    const { board, owners } = bench(true)
    const first = await owners.take(board.port, speed, 'flashing')
    board.toDevice({ at: 0, do: 'unplug' })
    await expect(first.transport().write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'flash.unplugged' })
    await first.release()
    await expect(owners.take(board.port, speed, 'flashing')).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(owners.ownerOf(board.port.path)).toBeUndefined()
  })

  it('resets by the lines and keeps the port open, where it has lines', async () => {
    const { board, owners } = bench(true)
    const lease = await owners.take(board.port, speed, 'flashing')
    const before = lease.transport()
    expect(await lease.reset()).toBe(before)
    expect(board.entries()).toBe(2)
  })

  it('resets by opening again, where it has none', async () => {
    const { board, owners } = bench(false)
    const lease = await owners.take(board.port, speed, 'flashing')
    const before = lease.transport()
    const after = await lease.reset()
    expect(after).not.toBe(before)
    expect(lease.transport()).toBe(after)
    expect(board.entries()).toBe(2)
    await expect(before.write(Uint8Array.of(1))).rejects.toThrow()
  })

  it('gives the open port away once, and has nothing to say about it afterwards', async () => {
    const { board, owners } = bench(true)
    const lease = await owners.take(board.port, speed, 'flashing')
    const transport = lease.transport()
    const next = lease.handOver('telemetry')
    expect(next.transport()).toBe(transport)
    expect(owners.ownerOf(board.port.path)).toBe('telemetry')
    await expect(lease.release()).rejects.toMatchObject({ code: 'internal' })
    await expect(lease.reset()).rejects.toMatchObject({ code: 'internal' })
    expect(() => lease.handOver('other')).toThrow()
    await next.release()
  })
})
