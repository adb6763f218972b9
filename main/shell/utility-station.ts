// SPDX-License-Identifier: Apache-2.0
import { stationEnvironment } from '../../shared/host/file-threads.ts'
import type { Electron } from './electron.ts'
import type { StationChild } from './station-keeper.ts'

/** The station as an Electron utility process: Node without a window, apart from the process that has the window. */
export const startUtilityStation = (
  { utilityProcess }: Electron,
  program: string,
  words: readonly string[],
): StationChild => {
  const child = utilityProcess.fork(program, [...words], {
    serviceName: 'Airlock station',
    stdio: 'inherit',
    env: { ...process.env, ...stationEnvironment },
  })
  return {
    send: (frame) => child.postMessage(frame),
    onFrame: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.once('exit', () => listener()),
    onExit: (listener) => void child.once('exit', listener),
    end(how) {
      if (how === 'orderly') child.kill()
      else if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    },
  }
}
