// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { canonicalize } from '../../../../shared/formats/canonical-json.ts'

/**
 * One sanitized table as it will be read outside: NDJSON, one canonical JSON object a line, each ended by a line feed.
 * `bytes` is the content itself, or gives it in pieces, from the start at each call, for what does not fit in memory.
 */
export type ClearTable = {
  /** `points.ndjson`, `events.ndjson`, … */
  readonly path: string
  readonly records: number
  readonly bytes: Uint8Array | (() => Iterable<Uint8Array>)
}

/** A path and the SHA-256 (lower-case hex) of the clear bytes behind it. */
export type ClearDigest = { readonly path: string; readonly sha256: string }

const pieceSize = 1024 * 1024

/** The bytes of a table in pieces of bounded size. */
export const piecesOf = function* ({ bytes }: Pick<ClearTable, 'bytes'>): Generator<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) {
    yield* bytes()
    return
  }
  for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize)
}

/** Path and digest of one table. */
export const clearDigest = (table: Pick<ClearTable, 'path' | 'bytes'>): ClearDigest => {
  const hash = createHash('sha256')
  for (const piece of piecesOf(table)) hash.update(piece)
  return { path: table.path, sha256: hash.digest('hex') }
}

/**
 * What a person approves: the SHA-256 of the canonical JSON of `[{"path":…,"sha256":…},…]`, sorted by path
 * (docs/formats/telemetry-archive.md, content digest).
 */
export const digestOfList = (list: readonly ClearDigest[]): string => {
  const sorted = list
    .map(({ path, sha256 }) => ({ path, sha256 }))
    .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  return createHash('sha256').update(canonicalize(sorted)).digest('hex')
}
