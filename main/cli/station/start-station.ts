// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { contract, type Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { codeOfExit } from '../../../shared/host/exit-codes.ts'
import { stationEnvironment } from '../../../shared/host/file-threads.ts'
import { hostContract } from '../../../shared/host/host.ts'
import { createClient, type Client } from '../../../shared/rpc/client.ts'
import { multiplex, type Channel } from '../../../shared/rpc/envelope.ts'
import { millis } from '../../../shared/units.ts'
import { serve } from '../../../shared/rpc/server.ts'
import { systemClock } from '../../station/platform/clock.ts'
import { createHeadlessHost } from './headless-host.ts'

/** Where the station keeps its data, what counts as drives and ports, and the passphrase that wraps its keys. */
export type StationOptions = {
  readonly data: string
  readonly drives: readonly string[]
  readonly media?: readonly string[]
  readonly ports: readonly string[]
  readonly passphrase: string
}

/** A station in a process of its own. */
export type StationProcess = {
  readonly pid: number
  /** A new port: a window, or a person at a command line. */
  connect(): Client<Contract>
  /** Asks the station to end its work and close; resolves when the process is gone, which is made sure of after 60 s. */
  stop(): Promise<void>
  /** Resolves with the exit code or the signal's name when the process ends, however it ends. */
  readonly exited: Promise<number | string>
}

const program = fileURLToPath(new URL('../../station/main.ts', import.meta.url))

/**
 * Starts a station and waits until it answers. Errors: when it ends before that, what made it end (`audit.key` for a
 * wrong passphrase, `station.already-running`, `storage.*`, `internal`), or `station.lost` where it could not say.
 */
export const startStation = async (options: StationOptions): Promise<StationProcess> => {
  const words = ['--data', options.data, ...options.drives.flatMap((path) => ['--drive', path])]
  const media = (options.media ?? []).flatMap((path) => ['--media', path])
  const ports = options.ports.flatMap((path) => ['--port', path])
  const child = fork(program, [...words, ...media, ...ports], {
    serialization: 'advanced',
    // A station runs the same whatever runs the command.
    execArgv: [],
    env: { ...process.env, ...stationEnvironment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1)),
  )
  const channel: Channel = {
    send: (frame) => {
      // A station that was killed takes nothing any more; `exited` says so.
      if (child.connected) child.send(frame, () => undefined)
    },
    onFrame: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.once('exit', listener),
  }
  const line = multiplex(channel, (port) => port.close())
  serve(hostContract, createHeadlessHost(options.passphrase), line.host, {
    gate: () => undefined,
    limits: { inFlight: 16, perSecond: 100, weight: 65_536 },
    now: () => Number(systemClock.monotonic() / 1_000_000n),
    onFault: () => undefined,
  })
  const connect = (): Client<Contract> => createClient(contract, line.open())
  const probe = connect()
  try {
    await probe.call('station.status', {})
  } catch (cause) {
    child.kill('SIGTERM')
    throw new AirlockError(codeOfExit(await exited), {}, { cause })
  } finally {
    probe.close()
  }
  if (child.pid === undefined) throw new AirlockError('station.lost')
  return {
    pid: child.pid,
    connect,
    exited,
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), stopWithin)
      await exited
      clearTimeout(late)
    },
  }
}

/** A station ends its work within 15 s, and gives up opening within 10 s; one that does neither is stuck. Its journals stay. */
const stopWithin = millis(60_000)
