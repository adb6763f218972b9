// SPDX-License-Identifier: Apache-2.0
import { create } from 'zustand'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { isErrorCode, type ErrorCode } from '../../shared/error-codes.ts'
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import { createClient, type Client } from '../../shared/rpc/client.ts'
import type { CallName, ParamsIn, Result } from '../../shared/rpc/contract-table.ts'
import type { Port } from '../../shared/rpc/port.ts'

/**
 * The line to the station. `epoch` counts lines: whoever was signed in on the last one is no more. `signIns` counts people
 * who came, `lapsed` answers that nobody is signed in since. `lost`: why the last station ended, until one answers.
 */
type Connection = {
  readonly client: Client<Contract> | undefined
  readonly epoch: number
  readonly signIns: number
  readonly lapsed: number
  readonly lost: ErrorCode | undefined
}

/** The one line that the page has, or none while the station is away. */
export const useConnection = create<Connection>(() => ({
  client: undefined,
  epoch: 0,
  signIns: 0,
  lapsed: 0,
  lost: undefined,
}))

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

const isWord = (data: unknown): data is { kind: unknown; code?: unknown } =>
  typeof data === 'object' && data !== null && 'kind' in data

/** The station that was lost says why, unless one answers already. */
const takeLoss = (code: unknown): void => {
  if (typeof code === 'string' && isErrorCode(code)) useConnection.setState({ lost: code })
}

/** Tells the shell, which asks before it closes, in which language to ask. */
export const tellLanguage = (language: string): void =>
  window.postMessage({ kind: 'page-language', language }, window.origin)

/** How long the page waits for the port that comes by itself before it asks for one, ms. */
const patience = 1000

/** Takes the port that the page is handed, and asks for another one when it closes. */
export const startConnection = (): void => {
  // A line counts when a station has answered on it: one that cannot open takes the line with it.
  let opening: Client<Contract> | undefined
  const askIfNone = (): void => {
    if (useConnection.getState().client === undefined && opening === undefined) ask()
  }
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports
    if (event.source !== window || !isWord(event.data)) return
    if (event.data.kind === 'station-lost') takeLoss(event.data.code)
    if (event.data.kind !== 'station-port' || port === undefined) return
    const line = portOf(port)
    const client = createClient(contract, line)
    opening = client
    line.onClose(() => {
      if (opening === client) opening = undefined
      // A line that another one has taken the place of ends in silence.
      if (useConnection.getState().client !== client) return
      useConnection.setState({ client: undefined })
      ask()
    })
    const answered = (): void => {
      if (opening !== client) return
      opening = undefined
      useConnection.setState(({ epoch }) => ({ client, epoch: epoch + 1, lost: undefined }))
    }
    client.call('station.status', {}).then(answered, (error: unknown) => {
      // A refusal is an answer too; a line that closes is none, and another one is asked for.
      if (toAirlockError(error).code !== 'station.lost') answered()
    })
  })
  setInterval(askIfNone, patience)
}

/** Asks the station. Errors: what the station answers, `station.lost` without a line. */
export const call = async <N extends CallName<Contract>>(
  name: N,
  params: ParamsIn<Contract, N>,
): Promise<Result<Contract, N>> => {
  const { client, signIns } = useConnection.getState()
  if (client === undefined) throw new AirlockError('station.lost')
  try {
    return await client.call(name, params)
  } catch (error) {
    // What was asked for somebody before says nothing of who is here now.
    if (toAirlockError(error).code === 'person.signed-out' && useConnection.getState().signIns === signIns)
      useConnection.setState(({ lapsed }) => ({ lapsed: lapsed + 1 }))
    throw error
  }
}
