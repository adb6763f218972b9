// SPDX-License-Identifier: Apache-2.0
import { recoverImports } from './bundles/import.ts'
import type { Exports } from './exports/exports.ts'
import { nextStep, type FlashRecord, type NextStep } from './flashing/record.ts'
import type { JobView } from './jobs/rows.ts'
import type { Parts } from './parts.ts'

/** One thing that the last run left undone and that was put right: a code and its facts; the page has the sentences. */
export type Recovered =
  | { readonly kind: 'exports' | 'imports' | 'contents' | 'captures' | 'accounts'; readonly count: number }
  | {
      readonly kind: 'flash'
      readonly product: string
      readonly version: string
      readonly port: string
      readonly stage: string
      readonly next: NextStep
    }

/** What the last run of the station left undone, put right. */
export type Recovery = { readonly interrupted: readonly JobView[]; readonly found: readonly Recovered[] }

const flashFact = (flash: FlashRecord): Recovered => {
  const { product, version, port, state: stage } = flash
  return { kind: 'flash', product, version, port: port.path, stage, next: nextStep(flash) }
}

/** Runs once at start, before anything is served. A log that is read-only is left as it is. */
export const recover = (parts: Parts, exports: Exports): Recovery => {
  if (parts.audit.fault() !== undefined) return { interrupted: [], found: [] }
  const left = recoverImports(parts)
  const flashes = parts.flashing.recoverJobs()
  const captures = parts.telemetry.recoverCaptures().captures.length
  const counted: readonly Recovered[] = [
    { kind: 'exports', count: exports.recover() },
    { kind: 'imports', count: left.stagings },
    { kind: 'contents', count: left.contents },
    { kind: 'captures', count: captures },
    { kind: 'accounts', count: parts.identity.repaired },
  ]
  const found = counted.filter((fact) => fact.kind !== 'flash' && fact.count > 0)
  const interrupted = parts.jobs.recover()
  // The bench says what became of a run, and asks how it goes on.
  parts.runs.recover()
  return { interrupted, found: [...found, ...flashes.map(flashFact)] }
}
