// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'

/** Work that stops again and again, after a millisecond or so of it: whoever runs it says what happens meanwhile. */
export type Steps<T> = Generator<void, T>

/** So much is hashed in a step: short enough that no port waits for this thread. */
export const stepBytes = 131_072

/** All of it at once: for commands, which have nothing else to do. */
export const atOnce = <T>(steps: Steps<T>): T => {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Between the steps the ports are served, and everything else that the station does. */
export const stepByStep = async <T>(steps: Steps<T>): Promise<T> => {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await setImmediate()
  }
}
