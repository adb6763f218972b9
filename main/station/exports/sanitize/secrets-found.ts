// SPDX-License-Identifier: Apache-2.0

/** What a run must keep inside. Lives in memory for the run and its leak scan, and nowhere else. */
export type FoundValues = {
  /** Values that a detector found or that got a pseudonym → what stands in their place. */
  readonly found: Map<string, string>
  /** Other strings that were dropped, of six characters or more. */
  readonly dropped: Set<string>
  /** Values that a public field let out: no secret, whatever else dropped the same text. */
  readonly open: Set<string>
}

/** Nothing found yet. */
export const noFoundValues = (): FoundValues => ({ found: new Map(), dropped: new Set(), open: new Set() })

/** Numbers, addresses in memory, dates, clock times and versions of up to three parts name nobody: they occur everywhere. */
const measurement =
  /^(?:[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?%?|0x[0-9a-f]+|(?:\d{4}-\d\d-\d\d)?[T ]?(?:\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)*)?Z?|v?\d+(?:\.\d+){1,2}(?:[-+][\w.]+)?)$/i

/** Notes a string that does not leave. */
export const noteDropped = (values: FoundValues, text: string): void => {
  // A long text is no measurement: the look at its form is for short ones.
  if (text.length >= 6 && (text.length > 40 || !measurement.test(text))) values.dropped.add(text)
}

/** Notes a value that was replaced, in the spelling that it had. Of several replacements the order of work must not choose. */
export const noteFound = (values: FoundValues, text: string, replacement: string): void => {
  if (text.length < 2) return
  const known = values.found.get(text)
  if (known === undefined || replacement < known) values.found.set(text, replacement)
}
