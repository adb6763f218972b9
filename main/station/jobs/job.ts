// SPDX-License-Identifier: Apache-2.0
/** What long work gets from whoever started it. */
export type JobContext = {
  /** UUID; the `corr` of every audit entry that the work writes. */
  readonly id: string
  readonly signal: AbortSignal
  /** Tells watchers how far it is; cheap, kept in memory only, sent on at most five times a second. */
  progress(state: JobProgress): void
}

/** A stage with a name of its own kind of job, and how much of it is done, where that is known. */
export type JobProgress = {
  readonly stage: string
  readonly done?: number
  readonly total?: number
  /** Milliseconds that are left by the protocol's constants. */
  readonly etaMs?: number
  readonly note?: string
}
