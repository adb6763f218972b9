// SPDX-License-Identifier: Apache-2.0
import { setTimeout } from 'node:timers/promises'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { factsOf, readWhole, replaceFile, writeDurable } from '../platform/files.ts'
import { noteLimit } from './note.ts'

/**
 * The newest signed head, outside the database and in another folder: a database that was cut or put back is behind it.
 * It is written right after each commit without holding up the next one, so a crash may leave it a few entries behind,
 * never ahead.
 */
export type HeadFile = {
  /** The note, or undefined where there is no file. */
  read(): Uint8Array | undefined
  /** Writes now and waits: the first head of a log. */
  writeNow(note: string): void
  /** Writes as soon as the write before is done; in a burst only the newest is written. */
  writeSoon(note: string): void
  /** Tries again what failed. Errors: `storage.io` when it fails again; the log must not run ahead for long. */
  settle(): void
  /** Resolves when nothing is left to write. Errors: `storage.io`. */
  flush(): Promise<void>
}

/** Milliseconds between two writes: in a burst of entries the disk is left to the entries. */
const pause = 20

/** The head file at `path`; its folder exists. */
export const openHeadFile = (path: string): HeadFile => {
  let waiting: string | undefined
  let running: Promise<void> | undefined
  let failed = false

  const run = async (): Promise<void> => {
    while (waiting !== undefined && !failed) {
      const note = waiting
      waiting = undefined
      try {
        await replaceFile(path, note)
        await setTimeout(pause)
      } catch {
        // Not lost: `settle` writes it again before the next entry and reports what is wrong then.
        waiting ??= note
        failed = true
      }
    }
    running = undefined
  }

  const settle = (): void => {
    if (!failed || waiting === undefined) return
    try {
      writeDurable(path, waiting)
    } catch (cause) {
      throw new AirlockError('storage.io', { what: 'head file' }, { cause })
    }
    waiting = undefined
    failed = false
  }

  return {
    read: () => (factsOf(path) === undefined ? undefined : readWhole(path, bytes(noteLimit))),
    writeNow: (note) => writeDurable(path, note),
    writeSoon(note) {
      waiting = note
      running ??= run()
    },
    settle,
    async flush() {
      await running
      settle()
    },
  }
}
