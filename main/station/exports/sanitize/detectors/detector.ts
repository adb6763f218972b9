// SPDX-License-Identifier: Apache-2.0

/** One sensitive value in a text: where it stands, and the form that is the same however it was spelled. */
export type Finding = {
  readonly start: number
  readonly end: number
  readonly rule: string
  /** Canonical value: what a pseudonym is made of. */
  readonly value: string
}

/** Takes a finding, relative to the text that the detector was given. */
export type Emit = (start: number, end: number, value: string) => void

/**
 * A rule that finds one kind of value. A change of what it finds is a new version; the versions are in every archive.
 * `needs` are features (features.ts) that the piece must have, all of them, before the rule is asked at all: a piece
 * is a run without blanks (`chunk`) or the whole text (`text`). `before` is up to 32 characters that precede the piece.
 */
export type Detector = {
  readonly id: string
  readonly version: number
  readonly scope: 'chunk' | 'text'
  readonly needs: number
  find(piece: string, emit: Emit, before: string): void
}

/** Emits every match of `pattern` (global) that `canonical` has a value for; the group `v`, where there is one, is the span. */
export const matches =
  (pattern: RegExp, canonical: (match: RegExpExecArray, before: string) => string | undefined): Detector['find'] =>
  (piece, emit, before) => {
    pattern.lastIndex = 0
    for (let match = pattern.exec(piece); match !== null; match = pattern.exec(piece)) {
      const value = canonical(match, before)
      if (value === undefined || value === '') continue
      const span = match.groups?.['v'] ?? match[0]
      // Looked for from the end: a label before the value may hold the same text.
      const start = match.index + match[0].lastIndexOf(span)
      emit(start, start + span.length, value)
    }
  }

/** What stands before a match: the rest of the piece and what preceded it. */
export const lead = (match: RegExpExecArray, before: string): string => before + match.input.slice(0, match.index)
