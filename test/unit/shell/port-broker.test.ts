// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createPortBroker } from '../../../main/shell/port-broker.ts'
import type { Port } from '../../../shared/rpc/port.ts'

/** Ports that only know whether they are open. */
const makeStation = () => {
  const open = new Set<number>()
  const given: number[] = []
  const numbers = new Map<Port, number>()
  const closers = new Map<number, () => void>()
  const station = { up: true, last: 0 }
  const connect = (): Port | undefined => {
    if (!station.up) return undefined
    const id = ++station.last
    const listeners: (() => void)[] = []
    const close = (): void => {
      if (open.delete(id)) for (const listener of listeners) listener()
    }
    open.add(id)
    closers.set(id, close)
    const port: Port = {
      post: () => undefined,
      onMessage: () => undefined,
      onClose: (listener) => void listeners.push(listener),
      close,
    }
    numbers.set(port, id)
    return port
  }
  const broker = createPortBroker(connect, (port) => given.push(numbers.get(port) ?? 0))
  const die = (): void => {
    station.up = false
    for (const close of closers.values()) close()
  }
  return { broker, station, given, open, die }
}

describe('the port broker', () => {
  it('gives a load one port', () => {
    const { broker, given, open } = makeStation()
    broker.loaded()
    expect([given, [...open]]).toEqual([[1], [1]])
  })

  it('gives no second one to a page that asked before it was loaded', () => {
    const { broker, given } = makeStation()
    broker.asked()
    broker.loaded()
    expect(given).toEqual([1])
  })

  it('never has more than one port open', () => {
    const { broker, given, open } = makeStation()
    for (let round = 0; round < 5; round += 1) broker.asked()
    expect([given, [...open]]).toEqual([[1, 2, 3, 4, 5], [5]])
  })

  it('closes the port of a load that ends', () => {
    const { broker, given, open } = makeStation()
    broker.loaded()
    broker.left()
    expect(open.size).toBe(0)
    broker.loaded()
    expect(given).toEqual([1, 2])
  })

  it('makes a page wait for a station that is gone, and serves it when the next one is there', () => {
    const { broker, station, given, die } = makeStation()
    broker.loaded()
    die()
    broker.asked()
    expect(given).toEqual([1])
    station.up = true
    broker.started()
    broker.started()
    expect(given).toEqual([1, 2])
  })

  it('gives nothing to a page that did not ask, or that has gone since it did', () => {
    const { broker, station, given, die } = makeStation()
    broker.loaded()
    die()
    station.up = true
    broker.started()
    station.up = false
    broker.asked()
    broker.left()
    station.up = true
    broker.started()
    expect(given).toEqual([1])
  })
})
