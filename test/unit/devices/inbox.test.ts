// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createInbox } from '../../../main/station/devices/inbox.ts'
import { millis } from '../../../shared/units.ts'

const soon = millis(20)
const late = millis(5000)

describe('an inbox', () => {
  it('gives exactly as many bytes as were asked for, however they came', async () => {
    const inbox = createInbox()
    inbox.push(Uint8Array.of(1, 2, 3))
    const reading = inbox.read(2, soon)
    inbox.push(Uint8Array.of(4))
    expect(await reading).toEqual(Uint8Array.of(1, 2))
    const waiting = inbox.read(4, late)
    inbox.push(Uint8Array.of(5))
    inbox.push(Uint8Array.of(6, 7))
    expect(await waiting).toEqual(Uint8Array.of(3, 4, 5, 6))
    expect(await inbox.read(1, soon)).toEqual(Uint8Array.of(7))
  })

  it('keeps what has come when a read times out', async () => {
    const inbox = createInbox()
    inbox.push(Uint8Array.of(9))
    await expect(inbox.read(2, soon)).rejects.toMatchObject({
      code: 'flash.timeout',
      details: { wanted: 2, arrived: 1 },
    })
    inbox.push(Uint8Array.of(8))
    expect(await inbox.read(2, soon)).toEqual(Uint8Array.of(9, 8))
  })

  it('drops what nobody read', async () => {
    const inbox = createInbox()
    inbox.push(Uint8Array.of(1, 2))
    inbox.discard()
    inbox.push(Uint8Array.of(3))
    expect(await inbox.read(1, soon)).toEqual(Uint8Array.of(3))
  })

  it('hands everything to a sink, what waited first, and keeps the rest when the sink has gone', async () => {
    const inbox = createInbox()
    const heard: number[] = []
    inbox.push(Uint8Array.of(1))
    const stop = inbox.stream((chunk) => heard.push(...chunk))
    inbox.push(Uint8Array.of(2))
    stop()
    inbox.push(Uint8Array.of(3))
    expect(heard).toEqual([1, 2])
    expect(await inbox.read(1, soon)).toEqual(Uint8Array.of(3))
  })

  it('fails whoever waits, and whoever comes later, when the port is gone', async () => {
    const inbox = createInbox()
    const waiting = inbox.read(1, late)
    const why = new Error('gone')
    inbox.fail(why)
    await expect(waiting).rejects.toBe(why)
    await expect(inbox.read(1, late)).rejects.toBe(why)
  })

  it('stops waiting when the signal says so', async () => {
    const inbox = createInbox()
    const abort = new AbortController()
    const waiting = inbox.read(1, late, abort.signal)
    const why = new Error('enough')
    abort.abort(why)
    await expect(waiting).rejects.toBe(why)
    await expect(inbox.read(1, late, abort.signal)).rejects.toBe(why)
    const other = inbox.read(1, late)
    expect(() => inbox.read(1, late)).toThrow('one reader')
    inbox.push(Uint8Array.of(5))
    expect(await other).toEqual(Uint8Array.of(5))
  })
})
