// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../errors.ts'
import type { CallRow, ContractTable, ParamsOut, Result, StreamEvent } from './contract-table.ts'
import { requestSchema, type Reply } from './message.ts'
import type { Port } from './port.ts'
import { isHeavier } from './weight.ts'

/** Answers a call. `C` is what the gate found out about the caller. */
export type CallHandler<T extends ContractTable, N extends keyof T, C> = (
  params: ParamsOut<T, N>,
  caller: C,
  signal: AbortSignal,
) => Promise<Result<T, N>> | Result<T, N>

/** Answers a listen: emits until its promise settles or the signal aborts. */
export type StreamHandler<T extends ContractTable, N extends keyof T, C> = (
  params: ParamsOut<T, N>,
  caller: C,
  emit: (event: StreamEvent<T, N>) => void,
  signal: AbortSignal,
) => Promise<void>

/** The handlers of a contract: one per row, typed from it. */
export type Handlers<T extends ContractTable, C> = {
  readonly [N in keyof T]: T[N] extends CallRow ? CallHandler<T, N, C> : StreamHandler<T, N, C>
}

/** Decides whether this port may make this call now; throws when it may not. Returns what handlers learn of the caller. */
export type Gate<T extends ContractTable, C> = (name: keyof T & string, row: T[keyof T]) => C

/** What one port may do: open calls, calls a second, weight of one call's parameters (`isHeavier`). */
type Limits = { readonly inFlight: number; readonly perSecond: number; readonly weight: number }

type Options<T extends ContractTable, C> = {
  readonly gate: Gate<T, C>
  /** Whether what the gate found out still holds; asked before each event of a stream, which otherwise ends. */
  readonly holds?: (caller: C) => boolean
  readonly limits: Limits
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Told of every call that failed, after it was answered; must not throw. */
  readonly onFault: (name: string, error: AirlockError) => void
}
type AnyHandler = (params: unknown, caller: unknown, a: unknown, b?: unknown) => unknown

/** Serves one port until it closes: parse, gate, handle, parse the result, map errors to codes. */
export const serve = <T extends ContractTable, C>(
  table: T,
  handlers: Handlers<T, C>,
  port: Port,
  { gate, holds = () => true, limits, now, onFault }: Options<T, C>,
): void => {
  const running = new Map<number, AbortController>()
  const rate = createRate(limits.perSecond, now)

  const reply = (message: Reply): void => port.post(message)
  const fail = (id: number, name: string, error: unknown): void => {
    const known = toAirlockError(error)
    reply({ kind: 'error', id, error: { code: known.code, details: { ...known.details } } })
    onFault(name, known)
  }

  const run = async (verb: 'call' | 'listen', id: number, name: string, params: unknown): Promise<void> => {
    const row = Object.hasOwn(table, name) ? table[name] : undefined
    if (row === undefined || (row.kind === 'call') !== (verb === 'call'))
      throw new AirlockError('call.unknown', { name })
    if (!rate() || running.size >= limits.inFlight || running.has(id)) throw new AirlockError('call.rate', { name })
    if (isHeavier(params, limits.weight)) throw new AirlockError('call.too-large', { name })
    const caller = gate(name, row as T[keyof T]) // a value of the table, by the look-up above
    const parsed = row.params.safeParse(params)
    if (!parsed.success)
      throw new AirlockError('call.parameters', { name, where: parsed.error.issues[0]?.path.join('.') ?? '' })
    const handler = (handlers as Record<string, AnyHandler>)[name] // rows and handlers have the same names, by their types
    const abort = new AbortController()
    running.set(id, abort)
    try {
      if (row.kind === 'call') {
        const result = await handler?.(parsed.data, caller, abort.signal)
        reply({ kind: 'result', id, result: row.result.parse(result) })
      } else {
        const lapsed = new AirlockError('person.signed-out')
        const emit = (event: unknown): void => {
          if (!holds(caller)) abort.abort(lapsed)
          if (!abort.signal.aborted) reply({ kind: 'event', id, event: row.event.parse(event) })
        }
        await handler?.(parsed.data, caller, emit, abort.signal)
        if (abort.signal.reason === lapsed) throw lapsed
        reply({ kind: 'end', id })
      }
    } finally {
      running.delete(id)
    }
  }

  port.onMessage((message) => {
    const request = requestSchema.safeParse(message)
    if (!request.success) return onFault('', new AirlockError('call.parameters'))
    const { data } = request
    if (data.verb === 'cancel' || data.verb === 'dispose')
      return running.get(data.id)?.abort(new AirlockError('call.cancelled'))
    run(data.verb, data.id, data.name, data.params).catch((error: unknown) => fail(data.id, data.name, error))
  })
  port.onClose(() => {
    for (const abort of running.values()) abort.abort(new AirlockError('call.cancelled'))
  })
}

/** At most `perSecond` calls in any one second, by a bucket that refills. */
const createRate = (perSecond: number, now: () => number): (() => boolean) => {
  let tokens = perSecond
  let last = now()
  return () => {
    const time = now()
    tokens = Math.min(perSecond, tokens + ((time - last) / 1000) * perSecond)
    last = time
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
