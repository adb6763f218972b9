// SPDX-License-Identifier: Apache-2.0
/** The fuzz targets of a bundle and of the trust documents: no crash, no hang, nothing taken that was not signed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isErrorCode } from '../../shared/error-codes.ts'
import { canonicalBytes, canonicalize, parseCanonical } from '../../shared/formats/canonical-json.ts'
import { enrolmentSchema, stationCertificateSchema } from '../../shared/formats/enrolment.ts'
import { firmwareSchema } from '../../shared/formats/firmware.ts'
import { recallSchema } from '../../shared/formats/recall.ts'
import { trustPolicySchema } from '../../shared/formats/trust-policy.ts'
import type { Verdict } from '../../shared/verdict.ts'
import { checksumOf } from '../../main/station/bundles/envelope/header.ts'
import { verifyPolicy, verifyRecall } from '../../main/station/bundles/verify-trust.ts'
import { verifyCms } from '../../main/station/trust/cms.ts'
import { judgeSigner } from '../../main/station/trust/questions.ts'
import type { SignatureRole } from '../../main/station/trust/roles.ts'
import {
  bundleEntries,
  firmwareManifest,
  goodBundle,
  memoryFile,
  sha256,
  tarOf,
  testContents,
} from '../support/bundle.ts'
import {
  certificateManifest,
  certificateSigners,
  judgeCertificate,
  judgeRequest,
  requestManifest,
  requestSigners,
} from '../support/enrolment.ts'
import { fuzz, mutants, valueMutants } from '../support/fuzz.ts'
import { judgeBytes, type Signers } from '../support/judge.ts'
import { pkiTimes, signManifest, testPki } from '../support/pki.ts'

const timeout = 7_200_000
const { policy, release } = testPki()

/** A verdict in a word; whatever it is, it is no fault of ours. */
const answerOf = ({ verdict, code }: Verdict): string => {
  if (verdict === 'refused') expect(isErrorCode(code ?? '') && code !== 'internal', String(code)).toBe(true)
  return code ?? verdict
}

describe('the tar reader', () => {
  const good = goodBundle()
  const headers = Array.from({ length: good.length / 512 }, (_, n) => n * 512).filter(
    (at) => Buffer.from(good.subarray(at + 257, at + 262)).toString() === 'ustar',
  )
  /** Without what the format does not interpret: mode, owner, time, the size's last byte, checksum, names of owners. */
  const essence = (file: Uint8Array): string => {
    const bytes = Buffer.from(file)
    for (const at of headers)
      bytes
        .fill(0, at + 100, at + 124)
        .fill(0, at + 135, at + 156)
        .fill(0, at + 265, at + 345)
    return bytes.toString('latin1').replace(/\0+$/, '')
  }
  const repaired = (file: Uint8Array): Uint8Array => {
    const bytes = Uint8Array.from(file)
    for (let at = 0; at + 512 <= bytes.length; at += 512)
      if (Buffer.from(bytes.subarray(at + 257, at + 262)).toString() === 'ustar')
        bytes.set(Buffer.from(checksumOf(bytes.subarray(at, at + 512))), at + 148)
    return bytes
  }

  it('takes no bytes but those that were signed', { timeout }, () => {
    const files = fc.tuple(mutants(good), fc.boolean()).map(([file, repair]) => (repair ? repaired(file) : file))
    return fuzz('tar reader', 300, files, async (file) => {
      const answer = answerOf(await judgeBytes(file))
      if (answer === 'accepted') expect(essence(file)).toBe(essence(good))
      return answer
    })
  })
})

describe('the CMS profile', () => {
  it('takes no other key, time or bytes than those that were signed', { timeout }, () => {
    const content = new TextEncoder().encode('{"a":1}')
    const good = signManifest(content, 'release')
    return fuzz('CMS profile', 1000, mutants(good), (der) => {
      const result = verifyCms(der, content)
      if (!result.ok) return result.code
      const { signer } = result
      // The signature bytes may be others (n − s), and so may the certificate of a pinned key whose issuer is not
      // enclosed (docs/formats/signature-profile.md, 5.3): neither makes another signature of it.
      const fault = judgeSigner({ role: 'release', name: 'x', signer }, policy)
      if (fault === undefined) expect([signer.spki, signer.signingTime]).toEqual([release.spki, pkiTimes.signed])
      return fault?.code ?? 'accepted'
    })
  })
})

describe('canonical JSON', () => {
  it('takes one form of a value and no other', { timeout }, () => {
    const texts = fc.json().map((text) => new TextEncoder().encode(text))
    const documents = fc.oneof(mutants(canonicalBytes(firmwareManifest())), mutants(canonicalBytes(policy)), texts)
    return fuzz('canonical JSON', 1000, documents, (bytes) => {
      const result = parseCanonical(bytes)
      if (!result.ok) return result.code
      expect(Buffer.compare(canonicalBytes(result.value), bytes)).toBe(0)
      return 'read'
    })
  })
})

describe('the schemas', () => {
  const clock = { now: Date.parse('2026-06-01T12:00:00Z'), lastSignedTime: undefined, lastAuditTime: undefined }
  const list = {
    kind: 'airlock.recall',
    schema: 1,
    version: 2,
    issuedAt: '2026-05-01T00:00:00Z',
    entries: [
      { id: 'R-1', match: { payload: '0'.repeat(64) }, reason: 'it leaks', severity: 'low', instead: 'use 2.1.0' },
      {
        id: 'R-2',
        match: { belowCounter: { product: 'pump', counter: 3 } },
        reason: 'x',
        severity: 'high',
        instead: 'y',
      },
    ],
  }
  const next = { ...policy, version: 2, counters: { pump: 2 }, revokedKeys: [{ spki: '0'.repeat(64), reason: 'lost' }] }
  const inForce = { policy, digest: sha256(canonicalBytes(policy)) }
  const trust = { policy: inForce, recall: undefined, clock }
  const signedBy = (...roles: SignatureRole[]): Signers => roles.map((role) => [role, role])
  const targets = [
    ['manifest schema', firmwareManifest(), firmwareSchema, signedBy('qa', 'release'), judgeBytes],
    ['request', requestManifest(), enrolmentSchema, requestSigners(), judgeRequest],
    ['certificate', certificateManifest(), stationCertificateSchema, certificateSigners(), judgeCertificate],
    [
      'policy',
      next,
      trustPolicySchema,
      signedBy('root'),
      async (file: Uint8Array) => (await verifyPolicy(memoryFile(file), trust)).verdict,
    ],
    [
      'recall',
      list,
      recallSchema,
      signedBy('recall'),
      async (file: Uint8Array) => (await verifyRecall(memoryFile(file), { ...trust, policy: inForce })).verdict,
    ],
  ] as const

  it.each(targets)('%s: takes no document whose signatures are another one’s', { timeout }, (...target) => {
    const [name, good, schema, signers, judge] = target
    const contents = schema === firmwareSchema ? testContents : {}
    const entriesOf = (document: unknown) => bundleEntries(document, contents, signers)
    const signed = entriesOf(good)
    const inputs = fc.tuple(valueMutants(good), fc.boolean())
    return fuzz(name, 300, inputs, async ([value, signAnew]) => {
      const parsed = schema.safeParse(value)
      // Nothing is dropped, defaulted or changed on the way in.
      if (parsed.success) expect(canonicalize(parsed.data)).toBe(canonicalize(value))
      const document = canonicalBytes(value)
      const stale = signed.map((entry) => (entry.name === 'manifest.json' ? { ...entry, content: document } : entry))
      const answer = answerOf(await judge(tarOf(signAnew ? entriesOf(document) : stale)))
      if (answer === 'accepted') expect(parsed.success).toBe(true)
      if (!signAnew && canonicalize(value) !== canonicalize(good)) expect(answer).toBe('sig.digest')
      return answer
    })
  })
})
