// SPDX-License-Identifier: Apache-2.0
import { bytes, millis } from '../../shared/units.ts'

export { appVersion } from '../../shared/app-version.ts'

/** Limits of the station, each with its unit and its reason. */
export const limits = {
  /** A key whose time ends within this is shown as ending soon: policies travel on sticks. Milliseconds. */
  keyEndsSoon: 60 * 86_400_000,
  /** Policies of the past that are listed. */
  policiesListed: 100,
  /** Calls that one port may have open: a page has a handful, a runaway loop has thousands. */
  callsInFlight: 64,
  /** Calls a second on one port: the page sends a few, and watches instead of asking again. */
  callsPerSecond: 200,
  /** Weight of one call's parameters: the longest that a page sends is a dictionary of some 20 000 words. */
  callWeight: bytes(1024 * 1024),
  /** Jobs that a list shows. */
  jobsListed: 200,
  /** An export covers at most this much time: 400 days, the longest that a site waits between two sticks. */
  exportPeriod: millis(400 * 86_400_000),
  /** First policies that people may be comparing at the same time: one, and those that turned out to be the wrong ones. */
  ceremonies: 8,
  /** Free bytes below which storage counts as low, and as full, where nobody has set it; a tenth and a 25th of a small disk. */
  storageLow: bytes(2_000_000_000),
  storageFull: bytes(500_000_000),
  /** What the log keeps for itself: some ten thousand entries, enough for every act of the days until there is room. */
  logReserve: bytes(16_000_000),
  /** How often the station looks at its clock, its storage and its log. */
  lookEvery: millis(5_000),
  /** How long work goes on while the storage does not answer for the log. */
  silentLog: millis(15 * 60_000),
  /** How often a closing station looks whether cancelled work has ended. */
  settle: millis(50),
  /** How long it waits for that: the longest step of a job on a port ends by its own time-outs within a few seconds. */
  settleWithin: millis(15_000),
  /** How long a station that is told to end may still take to open. */
  openWithin: millis(10_000),
} as const
