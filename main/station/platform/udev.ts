// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'

/**
 * Calls `onEvent` for every device of a kernel subsystem that comes or goes, when udev has set its rights. Where there is
 * no `udevadm`, or it ends, nothing more is told: whoever needs to know asks from time to time as well. Returns what ends it.
 */
export const watchUdev = (subsystem: string, onEvent: () => void, command = 'udevadm'): (() => void) => {
  const child = spawn(command, ['monitor', '--udev', `--subsystem-match=${subsystem}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.on('error', () => undefined)
  child.stdout.on('data', onEvent)
  // The station ends when its work does, whether or not somebody still watches.
  child.unref()
  return () => {
    // One that never started has the number 0, and a signal to that goes to the station itself.
    if (child.pid !== undefined) child.kill()
  }
}
