// SPDX-License-Identifier: Apache-2.0

/** How a drive stands, in one word; beside it stand whether it is write-protected and how much room it has. */
export type DriveState = 'reading' | 'ready' | 'nothing' | 'unreadable' | 'silent' | 'input-device' | 'in-use' | 'safe'

/** What is known of a drive; `files`: how many Airlock can use, undefined before the first look. */
export type DriveFacts = {
  readonly inputDevice: boolean
  readonly silent: boolean
  readonly unreadable: boolean
  readonly held: boolean
  readonly flushed: boolean
  readonly files: number | undefined
}

/** The one state that counts, the gravest first: what must not be used, what must not be pulled, what it is good for. */
export const driveState = ({ inputDevice, silent, unreadable, held, flushed, files }: DriveFacts): DriveState => {
  if (inputDevice) return 'input-device'
  if (silent) return 'silent'
  if (unreadable) return 'unreadable'
  if (held) return 'in-use'
  if (flushed) return 'safe'
  if (files === undefined) return 'reading'
  return files === 0 ? 'nothing' : 'ready'
}
