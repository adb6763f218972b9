// SPDX-License-Identifier: Apache-2.0
import { pauseBetweenViews } from './jobs/wake.ts'
import type { Parts } from './parts.ts'
import { recentKept, type TailLine } from './telemetry/recent-lines.ts'

/** Lines that one view of the tail may bring: ten, five times a second, is more than anybody reads. */
const linesAView = 10

/** What came since the last view. */
export type TailView = {
  /** Whether the station listens to the device now. */
  readonly listens: boolean
  /** The list begins here: what was shown before is of another time. */
  readonly first: boolean
  readonly lines: TailLine[]
  /** Lines before these that were not shown, because they came faster than that. All of them are in the records. */
  readonly missed: number
}

/**
 * The last lines of a device, then new ones as they come, until the signal aborts. It looks five times a second and
 * costs the ports nothing else: a device that floods its line is cut here, and what was left out is counted.
 */
export const followTail = async (
  { captures, telemetry, clock }: Pick<Parts, 'captures' | 'telemetry' | 'clock'>,
  device: string,
  emit: (view: TailView) => void,
  signal: AbortSignal,
): Promise<void> => {
  const before = captures.of(device)?.opened ?? Number.MAX_SAFE_INTEGER
  emit({
    listens: before < Number.MAX_SAFE_INTEGER,
    first: true,
    lines: telemetry.tailOf({ device, before, limit: recentKept }),
    missed: 0,
  })
  let told = { capture: captures.of(device), count: 0 }
  while (!signal.aborted) {
    const capture = captures.of(device)
    const same = capture === told.capture
    const from = same ? told.count : 0
    const count = capture?.recent.count ?? 0
    if (!same || count > from) {
      // What a port has said before somebody looked may come at once.
      const lines = capture?.recent.since(from, from === 0 ? recentKept : linesAView) ?? []
      emit({
        listens: capture !== undefined,
        first: false,
        lines,
        missed: from === 0 ? 0 : count - from - lines.length,
      })
    }
    told = { capture, count }
    await pauseBetweenViews(clock, signal)
  }
}
