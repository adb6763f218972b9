// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../errors.ts'
import type { CallName, ContractTable, ParamsIn, Result, StreamEvent, StreamName } from './contract-table.ts'
import { replySchema, type Reply, type Request } from './message.ts'
import type { Port } from './port.ts'

/** The page's (or a command's) end of a contract. Everything that arrives is parsed before it is believed. */
export type Client<T extends ContractTable> = {
  call<N extends CallName<T>>(name: N, params: ParamsIn<T, N>, signal?: AbortSignal): Promise<Result<T, N>>
  /** Delivers events until the returned function is called; `ended` settles when the station ends the stream. */
  listen<N extends StreamName<T>>(
    name: N,
    params: ParamsIn<T, N>,
    onEvent: (event: StreamEvent<T, N>) => void,
  ): { dispose(): void; ended: Promise<void> }
  close(): void
}

type Pending = { resolve(value: unknown): void; reject(error: unknown): void; onEvent?: (event: unknown) => void }

/** Errors: whatever code the station answers; `station.lost` when the line closes first. */
export const createClient = <T extends ContractTable>(table: T, port: Port): Client<T> => {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let open = true

  const post = (request: Request): void => port.post(request)

  /** An event that cannot be taken ends its stream, not the line. */
  const deliver = (id: number, waiting: Pending, event: unknown): void => {
    try {
      waiting.onEvent?.(event)
    } catch (error) {
      pending.delete(id)
      post({ verb: 'dispose', id })
      waiting.reject(error)
    }
  }

  const settle = (reply: Reply): void => {
    const waiting = pending.get(reply.id)
    if (waiting === undefined) return
    if (reply.kind === 'event') return deliver(reply.id, waiting, reply.event)
    pending.delete(reply.id)
    if (reply.kind === 'error') waiting.reject(new AirlockError(reply.error.code, reply.error.details))
    else waiting.resolve(reply.kind === 'result' ? reply.result : undefined)
  }
  port.onMessage((message) => {
    const reply = replySchema.safeParse(message)
    if (reply.success) settle(reply.data)
  })
  port.onClose(() => {
    open = false
    for (const waiting of pending.values()) waiting.reject(new AirlockError('station.lost'))
    pending.clear()
  })

  const send = (
    verb: 'call' | 'listen',
    name: string,
    params: unknown,
    onEvent?: (event: unknown) => void,
  ): { id: number; answer: Promise<unknown> } => {
    const id = ++lastId
    const answer = new Promise<unknown>((resolve, reject) => {
      if (!open) return reject(new AirlockError('station.lost'))
      pending.set(id, { resolve, reject, ...(onEvent === undefined ? {} : { onEvent }) })
      post({ verb, id, name, params })
    })
    return { id, answer }
  }

  return {
    async call(name, params, signal) {
      signal?.throwIfAborted()
      const row = table[name]
      const { id, answer } = send('call', name, params)
      const cancel = (): void => post({ verb: 'cancel', id })
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        const result = await answer
        // The row's own schema is the type of the result: the compiler cannot follow a table look-up, the parser can.
        return (row?.kind === 'call' ? row.result.parse(result) : undefined) as Result<T, typeof name>
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
    listen(name, params, onEvent) {
      const row = table[name]
      const { id, answer } = send('listen', name, params, (event) => {
        // As above: parsed by the row's schema, whose type this is.
        if (row?.kind === 'stream') onEvent(row.event.parse(event) as StreamEvent<T, typeof name>)
      })
      const ended = answer.then(() => undefined)
      // Whoever only wants events need not wait for the end; the error stays on the promise for those who do.
      ended.catch(() => undefined)
      return {
        ended,
        dispose() {
          const waiting = pending.get(id)
          if (waiting === undefined) return
          pending.delete(id)
          post({ verb: 'dispose', id })
          waiting.resolve(undefined)
        },
      }
    },
    close: () => port.close(),
  }
}
