// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { ParamsIn, StreamEvent, StreamName } from '../../shared/rpc/contract-table.ts'
import { useConnection } from './connection.ts'
import { useSession } from './session.ts'

/** How long after a stream has ended by itself it is asked for again, ms. */
const again = 1000

/**
 * Listens to a stream of the station while `when` holds, and again after it has ended: after another sign-in, on another
 * line. Returns what stops it.
 */
export const followStream = <N extends StreamName<Contract>>(
  name: N,
  params: ParamsIn<Contract, N>,
  when: () => boolean,
  take: (event: StreamEvent<Contract, N>) => void,
): (() => void) => {
  let stream: { dispose(): void } | undefined
  const look = (): void => {
    const { client } = useConnection.getState()
    if (!when() || client === undefined) {
      stream?.dispose()
      stream = undefined
      return
    }
    if (stream !== undefined) return
    const mine = client.listen(name, params, take)
    stream = mine
    const over = (): void => {
      if (stream === mine) stream = undefined
    }
    mine.ended.then(over, over)
  }
  const stops = [useConnection.subscribe(look), useSession.subscribe(look)]
  const timer = setInterval(look, again)
  look()
  return () => {
    clearInterval(timer)
    for (const stop of stops) stop()
    stream?.dispose()
  }
}
