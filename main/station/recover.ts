// SPDX-License-Identifier: Apache-2.0
import { recoverImports } from './bundles/import.ts'
import type { Exports } from './exports/exports.ts'
import { nextStep, type FlashRecord, type NextStep } from './flashing/record.ts'
import type { JobView } from './jobs/rows.ts'
import type { Parts } from './parts.ts'

/** What the last run of the station left undone, put right and said in plain words. */
export type Recovery = { readonly interrupted: readonly JobView[]; readonly sentences: readonly string[] }

const many = (count: number, one: string, more: string): string[] =>
  count === 0 ? [] : [count === 1 ? one : `${count} ${more}`]

/** What a person does next, and that it is safe. */
const advice: Readonly<Record<NextStep, string>> = {
  'start-again': 'nothing was written; start it again.',
  continue: 'start it again: what is already written is kept.',
  'check-version': 'all of it was written and read back; start it again to hear from the device what it runs.',
  none: 'nothing is left to do.',
}

const flashSentence = (flash: FlashRecord): string =>
  `Writing ${flash.product} ${flash.version} to ${flash.port.path} was cut off in step ${flash.state}: ${advice[nextStep(flash)]}`

/** Runs once at start, before anything is served. A log that is read-only is left as it is. */
export const recover = (parts: Parts, exports: Exports): Recovery => {
  if (parts.audit.fault() !== undefined) return { interrupted: [], sentences: [] }
  const left = recoverImports(parts)
  const flashes = parts.flashing.recoverJobs()
  const captures = parts.telemetry.recoverCaptures()
  const halfMade = exports.recover()
  const interrupted = parts.jobs.recover()
  return {
    interrupted,
    sentences: [
      ...many(halfMade, 'A half-made export was removed.', 'half-made parts of exports were removed.'),
      ...many(
        left.stagings,
        'An import was cut off; nothing of it was kept.',
        'imports were cut off; nothing of them was kept.',
      ),
      ...many(left.contents, 'A file without a bundle was removed.', 'files without a bundle were removed.'),
      ...flashes.map(flashSentence),
      ...many(
        captures.captures.length,
        'A capture was cut off; what was acknowledged is kept.',
        'captures were cut off; what was acknowledged is kept.',
      ),
    ],
  }
}
