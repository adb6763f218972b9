// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import { call, stream } from '../../../shared/rpc/contract-table.ts'
import { multiplex, type Channel } from '../../../shared/rpc/envelope.ts'
import { portPair } from '../../../shared/rpc/port.ts'
import { serve } from '../../../shared/rpc/server.ts'

const table = {
  add: call({
    params: z.strictObject({ a: z.number(), b: z.number() }),
    result: z.strictObject({ sum: z.number() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  lie: call({
    params: z.strictObject({}),
    result: z.strictObject({ honest: z.literal(true) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  wait: call({ params: z.strictObject({}), result: z.strictObject({}), roles: ['anyone'], audit: 'none' }),
  secret: call({ params: z.strictObject({}), result: z.strictObject({}), roles: ['officer'], audit: 'none' }),
  count: stream({ params: z.strictObject({ to: z.number() }), event: z.number(), roles: ['anyone'] }),
} as const

const connect = (perSecond = 1000) => {
  const [near, far] = portPair(structuredClone)
  const faults: string[] = []
  const seen = { cancelled: false, disposed: false }
  serve(
    table,
    {
      add: ({ a, b }) => ({ sum: a + b }),
      lie: () => ({ honest: false }) as never,
      wait: (_params, _caller, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            seen.cancelled = true
            reject(signal.reason)
          })
        }),
      secret: () => ({}),
      count: async ({ to }, _caller, emit, signal) => {
        for (let n = 1; n <= to; n += 1) emit(n)
        if (to === 0) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
        seen.disposed = signal.aborted
      },
    },
    far,
    {
      gate: (name) => {
        if (name === 'secret') throw new AirlockError('person.not-allowed', { call: name })
      },
      limits: { inFlight: 8, perSecond, weight: 4096 },
      now: () => 0,
      onFault: (name, error) => void faults.push(`${name} ${error.code}`),
    },
  )
  return { client: createClient(table, near), near, faults, seen }
}

describe('the line between a page and the station', () => {
  it('answers a call with its parsed result', async () => {
    expect(await connect().client.call('add', { a: 2, b: 3 })).toEqual({ sum: 5 })
  })

  it('refuses parameters that the schema does not know, and unknown names such as __proto__', async () => {
    const { client, near, faults } = connect()
    await expect(client.call('add', { a: 1, b: 2, c: 3 } as never)).rejects.toMatchObject({ code: 'call.parameters' })
    await expect(client.call('__proto__' as never, {} as never)).rejects.toMatchObject({ code: 'call.unknown' })
    await expect(client.call('count' as never, {} as never)).rejects.toMatchObject({ code: 'call.unknown' })
    near.post({ verb: 'shout' })
    await expect(client.call('add', { a: 0, b: 0 })).resolves.toEqual({ sum: 0 })
    expect(faults).toContain(' call.parameters')
  })

  it('never hands out a result that breaks the contract', async () => {
    await expect(connect().client.call('lie', {})).rejects.toMatchObject({ code: 'internal' })
  })

  it('lets the gate refuse before the handler runs', async () => {
    await expect(connect().client.call('secret', {})).rejects.toMatchObject({
      code: 'person.not-allowed',
      details: { call: 'secret' },
    })
  })

  it('cancels a call by its signal', async () => {
    const { client, seen } = connect()
    const abort = new AbortController()
    const waiting = client.call('wait', {}, abort.signal)
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'call.cancelled' })
    expect(seen.cancelled).toBe(true)
  })

  it('streams events in order and ends', async () => {
    const events: number[] = []
    await connect().client.listen('count', { to: 3 }, (event) => events.push(event)).ended
    expect(events).toEqual([1, 2, 3])
  })

  it('ends a stream that the listener disposes of', async () => {
    const { client, seen } = connect()
    const open = client.listen('count', { to: 0 }, () => undefined)
    await client.call('add', { a: 1, b: 1 })
    open.dispose()
    await open.ended
    await client.call('add', { a: 1, b: 1 })
    expect(seen.disposed).toBe(true)
  })

  it('limits the rate of calls', async () => {
    const { client } = connect(2)
    await client.call('add', { a: 1, b: 1 })
    await client.call('add', { a: 1, b: 1 })
    await expect(client.call('add', { a: 1, b: 1 })).rejects.toMatchObject({ code: 'call.rate' })
  })

  it('fails what is open with station.lost when the line closes, and aborts its work', async () => {
    const { client, near, seen } = connect()
    const waiting = client.call('wait', {})
    near.close()
    await expect(waiting).rejects.toMatchObject({ code: 'station.lost' })
    await expect(client.call('add', { a: 1, b: 1 })).rejects.toMatchObject({ code: 'station.lost' })
    expect(seen.cancelled).toBe(true)
  })
})

describe('several ports over one channel', () => {
  const channels = (): [Channel, Channel, () => void] => {
    const [a, b] = portPair(structuredClone)
    const of = (port: typeof a): Channel => ({
      send: (frame) => port.post(frame),
      onFrame: (l) => port.onMessage(l),
      onEnd: (l) => port.onClose(l),
    })
    return [of(a), of(b), () => a.close()]
  }

  it('keeps messages of ports apart and tells of a close', async () => {
    const [near, far, cut] = channels()
    const heard: string[] = []
    multiplex(far, (port, id) => {
      port.onMessage((message) => heard.push(`${id}:${String(message)}`))
      port.onClose(() => heard.push(`${id} closed`))
    })
    const line = multiplex(near, () => undefined)
    const [one, two] = [line.open(), line.open()]
    one.post('a')
    two.post('b')
    one.close()
    one.post('late')
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(heard).toEqual(['1:a', '2:b', '1 closed'])
    cut()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(heard.at(-1)).toBe('2 closed')
  })
})
