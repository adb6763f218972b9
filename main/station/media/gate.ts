// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { millis, type Millis } from '../../../shared/units.ts'
import type { Ask } from '../platform/volume-io.ts'

/** The one way to the files of a drive. */
export type Gate = {
  /**
   * One thing after the other. Errors: `medium.silent` when no answer comes in time, and for everything after it until
   * one comes; the signal's reason as soon as the drive is pulled; the step's own.
   */
  readonly ask: Ask
  /** An answer did not come in time, and is still owed. */
  readonly silent: () => boolean
}

/** A drive with a bad sector tries for seconds by itself; a stick that writes its cells may take longer. */
const patience = { asked: millis(10_000), written: millis(60_000) } as const

/**
 * A drive that hangs holds up one of Node's file threads for as long as the system waits for it. Asked one thing at a
 * time, it never holds up a second one, however much there is to be read of it.
 */
export const createGate = (
  name: string,
  pulled: AbortSignal,
  within: Readonly<Record<keyof typeof patience, Millis>> = patience,
): Gate => {
  let owed = false
  let line: Promise<unknown> = Promise.resolve()
  const run = <T>(work: () => Promise<T>, limit: Millis): Promise<T> =>
    new Promise((resolve, reject) => {
      const silent = new AirlockError('medium.silent', { drive: name })
      if (pulled.aborted) return reject(pulled.reason)
      if (owed) return reject(silent)
      const whenPulled = (): void => reject(pulled.reason)
      const whenLate = (): void => {
        owed = true
        reject(silent)
      }
      pulled.addEventListener('abort', whenPulled)
      const timer = setTimeout(whenLate, limit)
      const answered = (): void => {
        owed = false
        clearTimeout(timer)
        pulled.removeEventListener('abort', whenPulled)
      }
      work().then(resolve, reject).finally(answered)
    })
  return {
    ask(work, kind = 'asked') {
      const turn = line.then(() => run(work, within[kind]))
      line = turn.catch(() => undefined)
      return turn
    },
    silent: () => owed,
  }
}
