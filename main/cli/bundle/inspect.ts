// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { firmwareSchema } from '../../../shared/formats/firmware.ts'
import type { ParsedPayload } from '../../station/bundles/payload/facts.ts'
import { lookIntoPayload } from '../../station/bundles/payload/look-into.ts'
import type { FileReader } from '../../station/platform/files.ts'
import { verifyCms } from '../../station/trust/cms.ts'
import { toTime } from '../../station/platform/clock.ts'
import { millis } from '../../../shared/units.ts'
import { readDraft, withFile, type Draft } from './draft.ts'

/** An envelope as it lies there: nothing of it is trusted. */
export type Inspected = {
  readonly digest: string
  readonly manifest: unknown
  readonly signatures: readonly InspectedSignature[]
  readonly entries: readonly { readonly name: string; readonly size: number }[]
  /** What payloads of a firmware manifest say of themselves, by their path. */
  readonly payloads: Readonly<Record<string, ParsedPayload>>
}

/** A CMS file: whose key it is, or why it does not verify. */
export type InspectedSignature = {
  readonly name: string
  readonly spki?: string
  readonly signingTime?: string
  readonly code?: string
}

/** Lists manifest, signatures and entries of any kind of envelope, signed or not. Errors: `container.*`, `manifest.*`. */
export const inspectEnvelope = (path: string): Inspected =>
  withFile(path, (file) => {
    const draft = readDraft(file)
    const document = parseCanonical(draft.manifest)
    if (!document.ok) throw new AirlockError(document.code)
    const signatures = draft.entries
      .filter(({ is }) => is.kind === 'cms')
      .map((entry) => inspectSignature(entry.name, draft.bytesOf(entry), draft.manifest))
    return {
      digest: createHash('sha256').update(draft.manifest).digest('hex'),
      manifest: document.value,
      signatures,
      entries: draft.entries.map(({ name, size }) => ({ name, size })),
      payloads: payloadsOf(document.value, draft, file),
    }
  })

const payloadsOf = (document: unknown, draft: Draft, file: FileReader): Inspected['payloads'] => {
  const manifest = firmwareSchema.safeParse(document)
  if (!manifest.success) return {}
  return Object.fromEntries(
    manifest.data.payloads.flatMap((payload) => {
      const entry = draft.entries.find(({ name }) => name === payload.path)
      if (entry === undefined) return []
      const read = (offset: number, length: number): Uint8Array =>
        file.read(entry.position + offset, Math.min(length, entry.size - offset))
      return [[payload.path, lookIntoPayload(payload, { size: entry.size, read }, manifest.data)]]
    }),
  )
}

const inspectSignature = (name: string, bytes: Uint8Array, manifest: Uint8Array): InspectedSignature => {
  const result = verifyCms(bytes, manifest)
  if (!result.ok) return { name, code: result.code }
  const { spki, signingTime } = result.signer
  return { name, spki, ...(signingTime === undefined ? {} : { signingTime: toTime(millis(signingTime)) }) }
}
