// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { manifestName } from '../../station/bundles/envelope/names.ts'
import { entryOf, type EntrySource } from '../../station/bundles/envelope/writer.ts'
import { verifyCms } from '../../station/trust/cms.ts'
import type { SignatureRole } from '../../station/trust/roles.ts'
import { readDraft, saveEnvelope, withFile } from './draft.ts'

/** A signature made elsewhere. `kind`: CMS in DER, or raw ML-DSA-87 beside the CMS file of the same role and number. */
export type Attachment = {
  readonly role: SignatureRole
  readonly kind: 'cms' | 'pq'
  readonly bytes: Uint8Array
  /** 1 to 8; absent: the plain name, or the first free number where that is taken. */
  readonly number?: number
  /** Signatures of the role that are there go. */
  readonly replace?: boolean
}

/** The manifest of an envelope, signed or not: the bytes to sign. Errors: `container.*`, `file.unusable`. */
export const manifestOf = (path: string): Uint8Array => withFile(path, (file) => readDraft(file).manifest)

/**
 * Adds a signature file in its place and writes the envelope anew; gives the entry's name. A CMS file has to verify
 * over the manifest. Errors: `sig.*`, `usage` (the name is taken), `container.*`, `limit.*`.
 */
export const attachSignature = (path: string, attachment: Attachment): string =>
  withFile(path, (file) => {
    const draft = readDraft(file)
    if (attachment.kind === 'cms') {
      const result = verifyCms(attachment.bytes, draft.manifest)
      if (!result.ok) throw new AirlockError(result.code)
    }
    const stays = draft.entries.filter(
      ({ name }) => attachment.replace !== true || !name.startsWith(`${manifestName}.${attachment.role}.`),
    )
    const name = freeName(attachment, new Set(stays.map((entry) => entry.name)))
    const old = stays.map((entry): EntrySource & { rank: string } => ({
      name: entry.name,
      size: entry.size,
      chunks: draft.chunksOf(entry),
      rank: rankOf(entry.name),
    }))
    const added = { ...entryOf(name, attachment.bytes), rank: rankOf(name) }
    // A stable sort: contents keep the order that the manifest gives them.
    saveEnvelope(path, [...old, added].sort(byRank), true)
    return name
  })

/** Manifest, CMS files by name, ML-DSA files by name, contents. */
const rankOf = (name: string): string => {
  if (name === manifestName) return '0'
  if (!name.startsWith(manifestName)) return '3'
  return `${name.endsWith('.p7s') ? '1' : '2'}${name}`
}

const byRank = (a: { rank: string }, b: { rank: string }): number => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0)

const freeName = ({ role, kind, number }: Attachment, taken: ReadonlySet<string>): string => {
  const suffix = kind === 'cms' ? 'p7s' : 'mldsa87.sig'
  const stem = `${manifestName}.${role}`
  const numbered = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${stem}.${n}.${suffix}`)
  const candidates = number === undefined ? [`${stem}.${suffix}`, ...numbered] : [`${stem}.${number}.${suffix}`]
  const name = candidates.find((candidate) => !taken.has(candidate))
  if (name === undefined) throw new AirlockError('usage', { taken: candidates[0] ?? '' })
  return name
}
