// SPDX-License-Identifier: Apache-2.0
/**
 * Another answer of the station to the page than the one it gave: how the page shows a broken log or a device that was
 * unplugged, without breaking one. That the station says so when it is so is for other tests to show.
 */
import type { Contract } from '../../shared/contract/contract.ts'
import type { AirlockError } from '../../shared/errors.ts'
import type { CallName, Result, StreamEvent, StreamName } from '../../shared/rpc/contract-table.ts'
import { replySchema, requestSchema } from '../../shared/rpc/message.ts'

type Say = (result: unknown, params: unknown) => unknown
/** What is said in the station's place, by the call's name. */
export type Overlay = Map<string, Say>

/** Puts an answer into the station's mouth from now on; it sees the real one, undefined where the station refused. */
export const answerWith = <N extends CallName<Contract>>(
  overlay: Overlay,
  name: N,
  say: (result: Result<Contract, N>) => Result<Contract, N>,
): void => void overlay.set(name, say as Say)

/** Says this on a stream in the station's place, whenever the station tells something on it. */
export const tellOn = <N extends StreamName<Contract>>(
  overlay: Overlay,
  name: N,
  event: StreamEvent<Contract, N>,
): void => void overlay.set(name, () => event)

/** The station refuses this call from now on. */
export const refuseWith = (overlay: Overlay, name: CallName<Contract>, fault: AirlockError): void =>
  void overlay.set(name, () => {
    throw fault
  })

/** One line of the page: knows which answer belongs to which call. */
export const overlayLine = (overlay: Overlay) => {
  const asked = new Map<number, { name: string; params: unknown }>()
  return {
    toStation(message: unknown): void {
      const request = requestSchema.safeParse(message)
      if (request.success && 'name' in request.data) asked.set(request.data.id, request.data)
    },
    toPage(message: unknown): unknown {
      const reply = replySchema.safeParse(message)
      if (!reply.success || reply.data.kind === 'end') return message
      const { id } = reply.data
      const call = asked.get(id)
      const say = call === undefined ? undefined : overlay.get(call.name)
      if (reply.data.kind === 'event') return say === undefined ? message : { kind: 'event', id, event: say(0, 0) }
      asked.delete(id)
      if (say === undefined) return message
      try {
        const result = say(reply.data.kind === 'result' ? reply.data.result : undefined, call?.params)
        return { kind: 'result', id, result }
      } catch (error) {
        const { code, details } = error as AirlockError
        return { kind: 'error', id, error: { code, details } }
      }
    },
  }
}
