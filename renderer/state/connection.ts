// SPDX-License-Identifier: Apache-2.0
import { create } from 'zustand'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { AirlockError } from '../../shared/errors.ts'
import { createClient, type Client } from '../../shared/rpc/client.ts'
import type { CallName, ParamsIn, Result } from '../../shared/rpc/contract-table.ts'
import type { Port } from '../../shared/rpc/port.ts'

/** The line to the station. `epoch` counts lines: whoever was signed in on the last one is no more. */
type Connection = { readonly client: Client<Contract> | undefined; readonly epoch: number }

/** The one line that the page has, or none while the station is away. */
export const useConnection = create<Connection>(() => ({ client: undefined, epoch: 0 }))

const portOf = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  onMessage(listener) {
    port.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data))
    port.start()
  },
  onClose: (listener) => port.addEventListener('close', listener),
  close: () => port.close(),
})

const ask = (): void => window.postMessage({ kind: 'station-port-please' }, window.origin)

const isPort = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'station-port'

/** How long the page waits for the port that comes by itself before it asks for one, ms. */
const patience = 1000

/** Takes the port that the page is handed, and asks for another one when it closes. */
export const startConnection = (): void => {
  const askIfNone = (): void => {
    if (useConnection.getState().client === undefined) ask()
  }
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports
    if (event.source !== window || !isPort(event.data) || port === undefined) return
    const line = portOf(port)
    const client = createClient(contract, line)
    line.onClose(() => {
      // A line that another one has taken the place of ends in silence.
      if (useConnection.getState().client !== client) return
      useConnection.setState({ client: undefined })
      ask()
    })
    useConnection.setState(({ epoch }) => ({ client, epoch: epoch + 1 }))
  })
  setInterval(askIfNone, patience)
}

/** Asks the station. Errors: what the station answers, `station.lost` without a line. */
export const call = async <N extends CallName<Contract>>(
  name: N,
  params: ParamsIn<Contract, N>,
): Promise<Result<Contract, N>> => {
  const { client } = useConnection.getState()
  if (client === undefined) throw new AirlockError('station.lost')
  return client.call(name, params)
}
