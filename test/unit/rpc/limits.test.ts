// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createClient } from '../../../shared/rpc/client.ts'
import { call, stream } from '../../../shared/rpc/contract-table.ts'
import { multiplex, type Channel } from '../../../shared/rpc/envelope.ts'
import { portPair, type Port } from '../../../shared/rpc/port.ts'
import { serve } from '../../../shared/rpc/server.ts'
import { isHeavier } from '../../../shared/rpc/weight.ts'

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('the weight of a message', () => {
  it('counts texts, keys and buffers', () => {
    expect(isHeavier({ a: 'x'.repeat(900) }, 1000)).toBe(false)
    expect(isHeavier({ a: 'x'.repeat(1000) }, 1000)).toBe(true)
    expect(isHeavier({ ['k'.repeat(1000)]: 1 }, 1000)).toBe(true)
    expect(isHeavier({ a: new Uint8Array(1000) }, 1000)).toBe(true)
    expect(isHeavier(new ArrayBuffer(1000), 1000)).toBe(true)
  })

  it('comes to an end for what is deep, wide or circular', () => {
    let deep: unknown = 1
    for (let n = 0; n < 100_000; n += 1) deep = [deep]
    const circle: unknown[] = []
    circle.push(circle)
    expect(isHeavier(deep, 1000)).toBe(true)
    expect(isHeavier(circle, 1000)).toBe(true)
    expect(isHeavier(Array.from({ length: 1000 }), 1000)).toBe(true)
    // A sparse list of four billion empty places takes no memory, and is not walked.
    const sparse: unknown[] = []
    sparse.length = 2 ** 32 - 1
    expect(isHeavier({ sparse }, 1000)).toBe(true)
  })
})

const table = {
  say: call({
    params: z.strictObject({ text: z.string() }),
    result: z.strictObject({ length: z.number() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  tell: stream({ params: z.strictObject({}), event: z.number(), roles: ['anyone'] }),
} as const

const connect = (options: { holds?: () => boolean; onFault?: () => void; clone?: (m: unknown) => unknown } = {}) => {
  const [near, far] = portPair(options.clone ?? structuredClone)
  const emitted: { emit?: (n: number) => void; ended?: unknown } = {}
  const handled: string[] = []
  serve(
    table,
    {
      say: ({ text }) => {
        handled.push(text)
        return { length: text.length }
      },
      tell: (_params, _caller, emit, signal) =>
        new Promise<void>((resolve) => {
          emitted.emit = emit
          signal.addEventListener('abort', () => resolve())
        }),
    },
    far,
    {
      gate: () => undefined,
      holds: options.holds ?? (() => true),
      limits: { inFlight: 8, perSecond: 1000, weight: 1000 },
      now: () => 0,
      onFault: options.onFault ?? (() => undefined),
    },
  )
  return { client: createClient(table, near), emitted, handled }
}

describe('a port of the station', () => {
  it('refuses parameters above the limit before it looks at them', async () => {
    const { client, handled } = connect()
    await expect(client.call('say', { text: 'x'.repeat(2000) })).rejects.toMatchObject({ code: 'call.too-large' })
    await expect(client.call('say', { text: 'x'.repeat(200) })).resolves.toEqual({ length: 200 })
    expect(handled).toHaveLength(1)
  })

  it('ends a stream with person.signed-out when what the gate found out holds no more', async () => {
    let signedIn = true
    const { client, emitted } = connect({ holds: () => signedIn })
    const events: number[] = []
    const { ended } = client.listen('tell', {}, (event) => events.push(event))
    await turn()
    emitted.emit?.(1)
    await turn()
    signedIn = false
    emitted.emit?.(2)
    await expect(ended).rejects.toMatchObject({ code: 'person.signed-out' })
    expect(events).toEqual([1])
  })

  it('makes no call for a signal that is aborted already', async () => {
    const { client, handled } = connect()
    await expect(client.call('say', { text: 'x' }, AbortSignal.abort(new Error('late')))).rejects.toThrow('late')
    await turn()
    expect(handled).toEqual([])
  })

  it('ends the stream, not the line, when an event cannot be taken', async () => {
    const { client, emitted } = connect()
    const { ended } = client.listen('tell', {}, () => {
      throw new TypeError('no room')
    })
    await turn()
    emitted.emit?.(1)
    await expect(ended).rejects.toThrow('no room')
    await expect(client.call('say', { text: 'x' })).resolves.toEqual({ length: 1 })
  })
})

describe('a port that nobody serves yet', () => {
  const channels = (): [Channel, Channel] => {
    const [a, b] = portPair(structuredClone)
    const of = (port: Port): Channel => ({
      send: (frame) => port.post(frame),
      onFrame: (listener) => port.onMessage(listener),
      onEnd: (listener) => port.onClose(listener),
    })
    return [of(a), of(b)]
  }
  const opened = () => {
    const [near, far] = channels()
    const ports: Port[] = []
    multiplex(far, (port) => ports.push(port))
    const own = multiplex(near, () => undefined).open()
    return { own, other: async () => (await turn(), ports[0] ?? own) }
  }
  const listen = (port: Port) => {
    const heard: unknown[] = []
    port.onMessage((message) => heard.push(message))
    port.onClose(() => heard.push('closed'))
    return heard
  }

  it('keeps what comes for whoever serves it', async () => {
    const { own, other } = opened()
    own.post('early')
    expect(listen(await other())).toEqual(['early'])
  })

  it('drops what came and tells at once that it has gone', async () => {
    const { own, other } = opened()
    own.post('early')
    own.close()
    expect(listen(await other())).toEqual(['closed'])
  })

  it('is closed when more comes than a page would send', async () => {
    const { own, other } = opened()
    const heard = listen(own)
    for (let n = 0; n < 10_000; n += 1) own.post(n)
    expect(listen(await other())).toEqual(['closed'])
    expect(heard).toEqual(['closed'])
  })
})
