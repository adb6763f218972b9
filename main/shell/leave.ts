// SPDX-License-Identifier: Apache-2.0

/** What leaving needs: how many devices are being written, a question to the person, the station's end, the end. */
export type LeaveGround = {
  readonly writing: () => number
  /** Asks whether to leave although so many devices are being written. */
  readonly confirm: (devices: number) => Promise<boolean>
  /** A person said so: it goes into the log before the station ends. */
  readonly forced: (devices: number) => void
  readonly stop: () => Promise<void>
  readonly exit: () => void
}

/** How the app ends: not while a device is being written unless a person says so, and never before the station has. */
export type Leave = {
  /** Whether the app is on its way out: a window may close. */
  readonly leaving: () => boolean
  /** A person wants to leave. Asks at most one question at a time. */
  asked(): Promise<void>
}

/** Leaves once; asked again on the way out or while the question stands, it does nothing. */
export const createLeave = ({ writing, confirm, forced, stop, exit }: LeaveGround): Leave => {
  let state: 'here' | 'asking' | 'leaving' = 'here'
  const mayLeave = async (): Promise<boolean> => {
    if (writing() === 0) return true
    const yes = await confirm(writing())
    // What ended while the question stood is not stopped any more.
    if (yes && writing() > 0) forced(writing())
    return yes
  }
  return {
    leaving: () => state === 'leaving',
    async asked() {
      if (state !== 'here') return
      state = 'asking'
      // A question that could not be asked is no answer: the next one stands.
      if (!(await mayLeave().finally(() => void (state = 'here')))) return
      state = 'leaving'
      try {
        await stop()
      } finally {
        exit()
      }
    },
  }
}
