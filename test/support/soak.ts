// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'

/**
 * `npm test` runs a seeded sample of every campaign, the same each time; `npm run soak` runs the same campaigns
 * AIRLOCK_SOAK times as long with a seed that it prints.
 */
export const soakFactor = Number(process.env['AIRLOCK_SOAK'] ?? '1')

/** The seed of this run; 20260601 in `npm test`. */
export const soakSeed = Number(process.env['AIRLOCK_SEED'] ?? '20260601')

fc.configureGlobal({
  seed: soakSeed,
  numRuns: 100 * soakFactor,
  ...(soakFactor > 1 ? { interruptAfterTimeLimit: 600_000 } : {}),
})
