// SPDX-License-Identifier: Apache-2.0
/** What stands in the tables of migration 1, parsed: the only file that knows their columns. */
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'
import { grow, leafHash, type Frontier, type Nodes } from './merkle.ts'

/** A stored leaf with its stored hash and those of the subtrees that it completes, lowest first, joined (hex). */
export type LeafRow = { readonly seq: number; readonly leaf: Uint8Array; readonly hashes: string }

const headSchema = z.strictObject({ size: z.int(), root: z.string(), note: z.string() })
/** The stored head: entries, root (hex), signed note. */
export type HeadRow = z.infer<typeof headSchema>

const anchorSchema = z.strictObject({ size: z.int(), kind: z.string(), at_ms: z.int(), note: z.string() })
/** A head that was kept: at an export, a print, a sign-off, a shutdown. */
export type AnchorRow = z.infer<typeof anchorSchema>

const countSchema = z.strictObject({ count: z.int() })

// Hand-written guards: these are asked for every row of a verification.
const isLeafRow = (row: unknown): row is LeafRow =>
  typeof row === 'object' &&
  row !== null &&
  'seq' in row &&
  typeof row.seq === 'number' &&
  'leaf' in row &&
  row.leaf instanceof Uint8Array &&
  'hashes' in row &&
  typeof row.hashes === 'string'

const isHashRow = (row: unknown): row is { readonly hash: string } =>
  typeof row === 'object' && row !== null && 'hash' in row && typeof row.hash === 'string' && row.hash.length === 64

/** The stored head, or undefined before the first entry. */
export const readHead = (read: ReadHandle): HeadRow | undefined => {
  const row = read.get('SELECT size, lower(hex(root)) AS root, note FROM audit_head')
  return row === undefined ? undefined : headSchema.parse(row)
}

/** Whether this note is the stored head. */
export const isHead = (read: ReadHandle, note: string): boolean =>
  read.get('SELECT 1 FROM audit_head WHERE note = ?', note) !== undefined

/** One more than the last stored seq. */
export const countLeaves = (read: ReadHandle): number =>
  countSchema.parse(read.get('SELECT coalesce(max(seq) + 1, 0) AS count FROM audit_leaf')).count

/** Stored leaves with from ≤ seq < to, in order; fewer where some are missing. */
export const readLeaves = (read: ReadHandle, from: number, to: number): LeafRow[] => {
  const rows = read.all(
    'SELECT seq, leaf, lower(hex(hashes)) AS hashes FROM audit_leaf WHERE seq >= ? AND seq < ? ORDER BY seq',
    from,
    to,
  )
  return rows.filter(isLeafRow)
}

/** Stored hashes by level and index. Errors: `audit.unreadable` where one is missing. */
export const storedNodes =
  (read: ReadHandle): Nodes =>
  (level, index) => {
    // A subtree's hash stands in the row of the leaf that completes it.
    const seq = (index + 1) * 2 ** level - 1
    const row = read.get(
      'SELECT lower(hex(substr(hashes, ?, 32))) AS hash FROM audit_leaf WHERE seq = ?',
      level * 32 + 1,
      seq,
    )
    if (!isHashRow(row)) throw new AirlockError('audit.unreadable', { level, index })
    return row.hash
  }

/** Appends a leaf with its hashes and moves the frontier on. */
export const appendLeaf = (tx: WriteHandle, frontier: Frontier, leaf: Uint8Array): void => {
  const seq = frontier.size
  const digest = leafHash(leaf)
  const hashes = digest + grow(frontier, digest).join('')
  tx.run('INSERT INTO audit_leaf (seq, leaf, hashes) VALUES (?, ?, unhex(?))', seq, leaf, hashes)
}

/** Puts a newer head in the place of the one before. */
export const writeHead = (tx: WriteHandle, { size, root, note }: HeadRow): void => {
  const changed = tx.run('UPDATE audit_head SET size = ?, root = unhex(?), note = ?', size, root, note)
  if (changed === 0)
    tx.run('INSERT INTO audit_head (one, size, root, note) VALUES (1, ?, unhex(?), ?)', size, root, note)
}

/** Keeps a head; one that is kept already for the same occasion stays as it is. */
export const writeAnchor = (tx: WriteHandle, { size, kind, at_ms, note }: AnchorRow): void =>
  void tx.run('INSERT INTO audit_anchor (size, kind, at_ms, note) VALUES (?, ?, ?, ?)', size, kind, at_ms, note)

/** The heads that were kept, oldest first. */
export const readAnchors = (read: ReadHandle): AnchorRow[] =>
  read.all('SELECT size, kind, at_ms, note FROM audit_anchor ORDER BY size, kind').map((row) => anchorSchema.parse(row))
