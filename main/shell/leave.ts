// SPDX-License-Identifier: Apache-2.0

/** What leaving needs: whether a device is being written, a question to the person, the station's end, the end. */
export type LeaveGround = {
  readonly writing: () => boolean
  /** Asks whether to leave although a device is being written. */
  readonly confirm: () => boolean
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

/** Leaves once; asked again on the way out, it does nothing. */
export const createLeave = ({ writing, confirm, stop, exit }: LeaveGround): Leave => {
  let leaving = false
  return {
    leaving: () => leaving,
    async asked() {
      if (leaving || (writing() && !confirm())) return
      leaving = true
      try {
        await stop()
      } finally {
        exit()
      }
    },
  }
}
