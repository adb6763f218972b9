// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import type { CrashKind } from './reading.ts'

/** Frames that count: deeper ones differ by who called. */
const frames = 3
/** Addresses in a reason are of one run; the line number of an assertion is of the build, and stays. */
const address = /0x[0-9a-f]+/gi

/**
 * 32 hex digits that are equal for equal crashes on any device: SHA-256 over kind, build, reason without addresses and the top
 * frames. Nothing of the device is in it, so it survives pseudonyms and compares across sites.
 */
export const crashFingerprint = (crash: {
  kind: CrashKind
  build: string
  reason: string
  frames: readonly string[]
}): string => {
  const parts = [
    'airlock.crash/1',
    crash.kind,
    crash.build,
    crash.reason.replaceAll(address, '0x'),
    ...crash.frames.slice(0, frames),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
