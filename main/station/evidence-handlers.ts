// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { evidenceCalls } from '../../shared/contract/evidence-calls.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { FirmwareManifest, FirmwarePayload } from '../../shared/formats/firmware.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { evidenceLimit, summarizeEvidence } from './bundles/evidence.ts'
import { wholeLimit, type ParsedPayload } from './bundles/payload/facts.ts'
import { lookIntoPayload } from './bundles/payload/look-into.ts'
import { getBundle } from './bundles/rows.ts'
import type { Vault } from './bundles/vault.ts'
import type { Caller } from './caller.ts'
import type { Parts } from './parts.ts'

type EvidenceHandlers = Pick<Handlers<Contract, Caller>, keyof typeof evidenceCalls>

/** What is too large to be held is not looked into here; the digest was proven by the import. */
const look = (vault: Vault, payload: FirmwarePayload, manifest: FirmwareManifest): ParsedPayload => {
  if (payload.size > wholeLimit) return { ok: true, facts: { hashChecked: false } }
  const content = vault.read(payload.sha256, wholeLimit)
  const read = (offset: number, length: number): Uint8Array => content.subarray(offset, offset + length)
  return lookIntoPayload(payload, { size: content.length, read }, manifest)
}

/** Images and evidence of an imported bundle, from the vault. */
export const evidenceHandlers = ({ store, vault }: Parts): EvidenceHandlers => ({
  'bundles.contents': ({ id }) => {
    const { manifest } = getBundle(store.read, id)
    return {
      payloads: manifest.payloads.map((payload) => {
        const { path, component, format, driver, size, sha256 } = payload
        const found = look(vault, payload, manifest)
        const seen = found.ok ? { fault: null, facts: found.facts } : { fault: found.what, facts: {} }
        return { path, component, format, driver, size, sha256, ...seen }
      }),
      evidence: manifest.evidence.map((one) => ({ ...one })),
    }
  },
  'bundles.evidence': ({ id, path }) => {
    const found = getBundle(store.read, id).manifest.evidence.find((one) => one.path === path)
    if (found === undefined) throw new AirlockError('not-found', { path })
    if (found.size > evidenceLimit) return { kind: 'large' }
    return summarizeEvidence(found.type, vault.read(found.sha256, evidenceLimit))
  },
})
