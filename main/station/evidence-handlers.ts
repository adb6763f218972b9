// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { evidenceCalls } from '../../shared/contract/evidence-calls.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { FirmwareManifest, FirmwarePayload } from '../../shared/formats/firmware.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { evidenceLimit, summarizeEvidence } from './bundles/evidence.ts'
import { wholeLimit, type ParsedPayload } from './bundles/payload/facts.ts'
import { payloadSteps } from './bundles/payload/look-into.ts'
import { stepByStep } from './bundles/payload/steps.ts'
import { getBundle } from './bundles/rows.ts'
import type { Vault } from './bundles/vault.ts'
import type { Caller } from './caller.ts'
import type { Parts } from './parts.ts'

type EvidenceHandlers = Pick<Handlers<Contract, Caller>, keyof typeof evidenceCalls>

/** What is too large to be held is not looked into here; the digest was proven by the import. */
const look = async (vault: Vault, payload: FirmwarePayload, manifest: FirmwareManifest): Promise<ParsedPayload> => {
  if (payload.size > wholeLimit) return { ok: true, facts: { hashChecked: false } }
  const content = await vault.readCalmly(payload.sha256, wholeLimit)
  const read = (offset: number, length: number): Uint8Array => content.subarray(offset, offset + length)
  return stepByStep(payloadSteps(payload, { size: content.length, read }, manifest))
}

/** Images and evidence of an imported bundle, from the vault. */
export const evidenceHandlers = ({ store, vault }: Pick<Parts, 'store' | 'vault'>): EvidenceHandlers => {
  let before: Promise<unknown> = Promise.resolve()
  /** One bundle after the other, whoever asks: each image is held whole while it is looked into. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = before.then(work)
    before = turn.catch(() => undefined)
    return turn
  }
  return {
    'bundles.contents': ({ id }) =>
      inTurn(async () => {
        const { manifest } = getBundle(store.read, id)
        const payloads = []
        for (const payload of manifest.payloads) {
          const { path, component, format, driver, size, sha256 } = payload
          const found = await look(vault, payload, manifest)
          const seen = found.ok ? { fault: null, facts: found.facts } : { fault: found.what, facts: {} }
          payloads.push({ path, component, format, driver, size, sha256, ...seen })
        }
        return { payloads, evidence: manifest.evidence.map((one) => ({ ...one })) }
      }),
    'bundles.evidence': async ({ id, path }) => {
      const found = getBundle(store.read, id).manifest.evidence.find((one) => one.path === path)
      if (found === undefined) throw new AirlockError('not-found', { path })
      if (found.size > evidenceLimit) return { kind: 'large' }
      return summarizeEvidence(found.type, await vault.readCalmly(found.sha256, evidenceLimit))
    },
  }
}
