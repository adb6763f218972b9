// SPDX-License-Identifier: Apache-2.0
import { bytes, millis } from '../../shared/units.ts'

export { appVersion } from '../../shared/app-version.ts'

/** Limits of the station, each with its unit and its reason. */
export const limits = {
  /** Calls that one port may have open: a page has a handful, a runaway loop has thousands. */
  callsInFlight: 64,
  /** Calls a second on one port: the page sends a few, and watches instead of asking again. */
  callsPerSecond: 200,
  /** Jobs that a list shows. */
  jobsListed: 200,
  /** An export covers at most this much time: 400 days, the longest that a site waits between two sticks. */
  exportPeriod: millis(400 * 86_400_000),
  /** A small document on a drive (trust policy, certificate): a manifest of 1 MiB and eight signatures of 64 KiB fit. */
  document: bytes(2 * 1024 * 1024),
  /** How often a closing station looks whether cancelled work has ended. */
  settle: millis(50),
  /** How long an application may take to say who it is after a reset: boot loader 1.5 s, start-up, one banner. */
  banner: millis(8_000),
} as const
