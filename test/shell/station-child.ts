// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { contract } from '../../shared/contract/contract.ts'
import { createClient } from '../../shared/rpc/client.ts'
import { frameSchema, multiplex } from '../../shared/rpc/envelope.ts'
import type { StationProcess } from '../../main/cli/station/start-station.ts'

/** What `utilityProcess.fork` answers, over a child of Node. */
export class StandInUtility extends EventEmitter {
  readonly child: ChildProcess
  /** What was said to the station, in order. */
  readonly said: object[] = []

  constructor(program: string, words: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    super()
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
    this.child = fork(program, words, { serialization: 'advanced', execArgv: [], stdio: [...stdio], env })
    this.child.on('message', (message) => this.emit('message', message))
    this.child.once('exit', (code) => this.emit('exit', code))
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  postMessage(message: object): void {
    this.said.push(message)
    // A process that has just ended still looks connected; Electron's says nothing of it either: its end is told by exit.
    if (this.child.connected) this.child.send(message, () => undefined)
  }

  kill(): boolean {
    return this.child.kill('SIGTERM')
  }
}

/** The tests' own ports to a station that the shell started have numbers that the shell never gives. */
const offset = 1_000_000

/** A line of the tests to the shell's station, beside the page's. */
export const connectBeside = (utility: StandInUtility): StationProcess => {
  const line = multiplex(
    {
      send: (frame) => utility.postMessage({ ...frame, port: frame.port + offset }),
      onFrame: (listener) =>
        void utility.on('message', (message: unknown) => {
          const frame = frameSchema.safeParse(message)
          if (frame.success && frame.data.port > offset) listener({ ...frame.data, port: frame.data.port - offset })
        }),
      onEnd: (listener) => void utility.once('exit', listener),
    },
    (port) => port.close(),
  )
  const exited = new Promise<number | string>((resolve) =>
    utility.child.once('exit', (code, signal) => resolve(code ?? signal ?? 1)),
  )
  return {
    pid: utility.pid ?? 0,
    connect: () => createClient(contract, line.open()),
    exited,
    async stop() {
      utility.kill()
      await exited
    },
  }
}
