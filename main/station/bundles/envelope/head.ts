// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import type { SignatureRole } from '../../trust/roles.ts'
import { bad, good, type Answer } from '../answer.ts'
import { blockSize, isZero, paddingOf, parseHeader } from './header.ts'
import type { Entry, Sequence } from './sequence.ts'
import type { Tape } from './tape.ts'

/** One signature file as it lies in the envelope. */
export type SignatureBytes = { readonly name: string; readonly role: SignatureRole; readonly bytes: Uint8Array }

/** Everything before the contents: all that is read before a signature is known good. */
export type Head = {
  readonly manifest: Uint8Array
  /** Lower-case hex SHA-256 of the manifest: the identity of what is signed. */
  readonly manifestDigest: string
  /** CMS files in file order, at least one. */
  readonly cms: readonly SignatureBytes[]
  /** ML-DSA files in file order; each has its CMS file of the same name. */
  readonly pq: readonly (SignatureBytes & { readonly cms: string })[]
  /** The first entry behind the signatures, already judged; undefined: the end's first zero block stands there. */
  readonly next: Entry | undefined
  /** Where that entry's header, or the end, begins. */
  readonly contentStart: number
}

/**
 * Reads manifest and signatures, and the header behind them (docs/formats/envelope.md, clause 2). At most about
 * 2 MiB are read, whatever the file's size.
 */
export const readHead = async (tape: Tape, sequence: Sequence): Promise<Answer<Head>> => {
  const first = await nextEntry(tape, sequence)
  if (!first.ok) return first
  if (first.value === undefined) return bad('container.not-ustar')
  const manifest = await readContent(tape, first.value)
  if (!manifest.ok) return manifest
  const cms: SignatureBytes[] = []
  const pq: (SignatureBytes & { cms: string })[] = []
  for (;;) {
    const contentStart = tape.position()
    const next = await nextEntry(tape, sequence)
    if (!next.ok) return next
    const is = next.value?.is
    if (next.value === undefined || is === undefined || is.kind === 'content' || is.kind === 'manifest') {
      if (cms.length === 0) return bad('sig.missing')
      const manifestDigest = createHash('sha256').update(manifest.value).digest('hex')
      return good({ manifest: manifest.value, manifestDigest, cms, pq, next: next.value, contentStart })
    }
    const bytes = await readContent(tape, next.value)
    if (!bytes.ok) return bytes
    const file = { name: next.value.name, role: is.role, bytes: bytes.value }
    if (is.kind === 'pq') pq.push({ ...file, cms: is.cms })
    else cms.push(file)
  }
}

/** The next header, judged by itself and by its place; undefined for a zero block, with which the end begins. */
export const nextEntry = async (tape: Tape, sequence: Sequence): Promise<Answer<Entry | undefined>> => {
  const block = await tape.take(blockSize)
  if (block === undefined) return bad('container.truncated')
  if (isZero(block)) return good(undefined)
  const header = parseHeader(block)
  return header.ok ? sequence.judge(header.value) : header
}

/** Whether `padding` is what may stand between an entry's end and the next block. */
export const judgePadding = (padding: Uint8Array | undefined, name: string): Answer<void> => {
  if (padding === undefined) return bad('container.truncated', name)
  return isZero(padding) ? good(undefined) : bad('container.trailing-data', name)
}

const readContent = async (tape: Tape, { name, size }: Entry): Promise<Answer<Uint8Array>> => {
  const bytes = await tape.take(size)
  if (bytes === undefined) return bad('container.truncated', name)
  const padding = judgePadding(await tape.take(paddingOf(size)), name)
  return padding.ok ? good(bytes) : padding
}
