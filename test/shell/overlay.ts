// SPDX-License-Identifier: Apache-2.0
/**
 * Another answer of the station to the page than the one it gave: how the page shows a broken log or a device that was
 * unplugged, without breaking one. That the station says so when it is so is for other tests to show.
 */
import type { Contract } from '../../shared/contract/contract.ts'
import type { AirlockError } from '../../shared/errors.ts'
import type { CallName, ParamsOut, Result, StreamEvent, StreamName } from '../../shared/rpc/contract-table.ts'
import { replySchema, requestSchema } from '../../shared/rpc/message.ts'

type Say = (result: unknown, params: unknown) => unknown
/** What is said in the station's place, by the call's name; `alone`: the station never hears of the call. */
export type Overlay = Map<string, { readonly say: Say; readonly alone?: boolean }>

/** Puts an answer into the station's mouth from now on; it sees the real one, undefined where the station refused. */
export const answerWith = <N extends CallName<Contract>>(
  overlay: Overlay,
  name: N,
  say: (result: Result<Contract, N>, params: ParamsOut<Contract, N>) => Result<Contract, N>,
): void => void overlay.set(name, { say: say as Say })

/** Puts what the station tells on a stream into other words from now on. */
export const changeOn = <N extends StreamName<Contract>>(
  overlay: Overlay,
  name: N,
  say: (event: StreamEvent<Contract, N>) => StreamEvent<Contract, N>,
): void => void overlay.set(name, { say: say as Say })

/** Says this on a stream in the station's place, whenever the station tells something on it. */
export const tellOn = <N extends StreamName<Contract>>(
  overlay: Overlay,
  name: N,
  event: StreamEvent<Contract, N>,
): void => void overlay.set(name, { say: () => event })

/** Answers in the station's place from now on: it does nothing of what was asked for. */
export const answerAlone = <N extends CallName<Contract>>(
  overlay: Overlay,
  name: N,
  say: (params: ParamsOut<Contract, N>) => Result<Contract, N>,
): void => void overlay.set(name, { say: (_, params) => (say as (params: unknown) => unknown)(params), alone: true })

/** This call is refused from now on; the station does nothing of it. */
export const refuseWith = (overlay: Overlay, name: CallName<Contract>, fault: AirlockError): void =>
  answerAlone(overlay, name, () => {
    throw fault
  })

/** One line of the page: knows which answer belongs to which call. */
export const overlayLine = (overlay: Overlay) => {
  const asked = new Map<number, { name: string; params: unknown }>()
  const answer = (id: number, say: Say, result: unknown, params: unknown): unknown => {
    try {
      return { kind: 'result', id, result: say(result, params) }
    } catch (error) {
      const { code, details } = error as AirlockError
      return { kind: 'error', id, error: { code, details } }
    }
  }
  return {
    /** The answer to what the page asks; undefined where the station is to be asked. */
    toStation(message: unknown): unknown {
      const request = requestSchema.safeParse(message)
      if (!request.success || !('name' in request.data)) return undefined
      const { id, name, params } = request.data
      const own = overlay.get(name)
      if (own?.alone === true) return answer(id, own.say, undefined, params)
      asked.set(id, { name, params })
      return undefined
    },
    toPage(message: unknown): unknown {
      const reply = replySchema.safeParse(message)
      if (!reply.success || reply.data.kind === 'end') return message
      const { id } = reply.data
      const call = asked.get(id)
      const own = call === undefined ? undefined : overlay.get(call.name)
      if (reply.data.kind === 'event')
        return own === undefined ? message : { kind: 'event', id, event: own.say(reply.data.event, call?.params) }
      asked.delete(id)
      if (own === undefined) return message
      return answer(id, own.say, reply.data.kind === 'result' ? reply.data.result : undefined, call?.params)
    },
  }
}
