// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { recallSchema } from '../../../shared/formats/recall.ts'
import { trustPolicySchema } from '../../../shared/formats/trust-policy.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { readJsonFile } from '../bundle/context.ts'
import { saveNewDocument } from './save-document.ts'

/**
 * Makes an unsigned `.airtrust` from a policy or recall list written as plain JSON; gives the digest to sign.
 * Errors: `file.unusable` (no JSON; there is a file already, but for `force`), `policy.schema`, `manifest.schema` (a recall
 * list), `manifest.kind`.
 */
export const packTrust = (source: string, out: string, force = false): { digest: string; version: number } => {
  const value = readJsonFile(source)
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  const isPolicy = kind === 'airlock.trust-policy'
  if (!isPolicy && kind !== 'airlock.recall') throw new AirlockError('manifest.kind')
  const parsed = isPolicy ? trustPolicySchema.safeParse(value) : recallSchema.safeParse(value)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new AirlockError(isPolicy ? 'policy.schema' : 'manifest.schema', { field })
  }
  const manifest = canonicalBytes(parsed.data)
  saveNewDocument(out, manifest, force)
  return { digest: sha256Hex(manifest), version: parsed.data.version }
}
