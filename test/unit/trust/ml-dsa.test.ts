// SPDX-License-Identifier: Apache-2.0
/** Rows 85 and 86 of docs/formats/refusals.md. OpenSSL signs, the product's library verifies. */
import { createPrivateKey, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { makeMlDsaKey, mlDsaPublicKey, signMlDsa, verifyMlDsa } from '../../../main/station/trust/ml-dsa.ts'
import { judgePqFiles, judgePqThresholds, type PqFile } from '../../../main/station/trust/pq.ts'
import { makeHolder, makeKey, roleOf, testPki } from '../../support/pki.ts'

const manifest = Buffer.from('{"a":1}')
const [first, second, stranger] = [makeMlDsaKey(), makeMlDsaKey(), makeMlDsaKey()]
const signature = signMlDsa(manifest, first)
const fileOf = (bytes: Uint8Array, role: PqFile['role'] = 'release'): PqFile => ({ role, name: 'x.mldsa87.sig', bytes })
const signedIn = (context?: Uint8Array): Uint8Array =>
  sign(null, manifest, { key: createPrivateKey(first), ...(context === undefined ? {} : { context }) })
const flipped = (at: number): Uint8Array => signature.map((byte, index) => (index === at ? byte ^ 1 : byte))

const policy = (pq: TrustPolicy['pq'], threshold = 1): TrustPolicy =>
  trustPolicySchema.parse({
    ...testPki().policy,
    exclusive: [],
    require: { production: ['release'] },
    pq,
    roles: {
      ...testPki().policy.roles,
      release: {
        ...roleOf([testPki().release, makeHolder('release')], [], threshold),
        pqKeys: [mlDsaPublicKey(first), mlDsaPublicKey(second)],
      },
    },
  })

describe('ML-DSA-87', () => {
  it('verifies what another implementation signed', () => {
    expect(verifyMlDsa(Buffer.from(mlDsaPublicKey(first), 'base64'), manifest, signature)).toBe(true)
  })

  it('says no to keys and signatures of any length, and throws nothing', () => {
    const key = Buffer.from(mlDsaPublicKey(first), 'base64')
    for (const wrong of [Buffer.alloc(0), key.subarray(1), Buffer.concat([key, key]), Buffer.alloc(2592, 0xff)]) {
      expect(verifyMlDsa(wrong, manifest, signature)).toBe(false)
      expect(verifyMlDsa(key, manifest, wrong)).toBe(false)
    }
    expect(verifyMlDsa(key, manifest, Buffer.alloc(4627, 0xff))).toBe(false)
  })

  it('signs with no other kind of key', () => {
    expect(() => signMlDsa(manifest, makeKey())).toThrow('sig.key')
  })
})

describe('judgePqFiles', () => {
  it.each([
    ['a signature over another manifest', signMlDsa(Buffer.from('{"a":2}'), first)],
    ['no context', signedIn()],
    ['another context', signedIn(Buffer.from('airlock/manifest/v2'))],
    ['the context as a prefix of the message', signMlDsa(Buffer.from('airlock/manifest/v1{"a":1}'), first)],
    ['a key that the role does not have', signMlDsa(manifest, stranger)],
    ['a bit changed at the front', flipped(0)],
    ['a bit changed in the middle', flipped(2400)],
    ['a bit changed at the end', flipped(4626)],
    ['a byte less', signature.subarray(1)],
    ['a byte more', Buffer.concat([signature, Buffer.alloc(1)])],
    ['nothing', Buffer.alloc(0)],
  ])('row 86: refuses %s where the policy looks, and does not look where it is off', (_what, bytes) => {
    expect(judgePqFiles([fileOf(bytes)], manifest, policy('if-present'))?.code).toBe('sig.pq-invalid')
    expect(judgePqFiles([fileOf(signature), fileOf(bytes)], manifest, policy('required'))?.code).toBe('sig.pq-invalid')
    expect(judgePqFiles([fileOf(bytes)], manifest, policy('off'))).toBeUndefined()
  })

  it('row 86: looks a key up under the role of the file', () => {
    expect(judgePqFiles([fileOf(signature)], manifest, policy('if-present'))).toBeUndefined()
    expect(judgePqFiles([fileOf(signature, 'qa')], manifest, policy('if-present'))?.code).toBe('sig.pq-invalid')
    expect(judgePqFiles([fileOf(signature, 'station')], manifest, policy('if-present'))?.code).toBe('sig.pq-invalid')
  })
})

describe('judgePqThresholds', () => {
  const asked = (files: PqFile[], under: TrustPolicy) => judgePqThresholds(files, manifest, under, ['release'])?.code
  const other = fileOf(signMlDsa(manifest, second))

  it('row 85: wants as many different keys as the threshold where they are required', () => {
    expect(asked([], policy('required'))).toBe('trust.pq-missing')
    expect(asked([], policy('if-present'))).toBeUndefined()
    expect(asked([fileOf(signature)], policy('required'))).toBeUndefined()
    expect(asked([fileOf(signature), fileOf(signMlDsa(manifest, first))], policy('required', 2))).toBe(
      'trust.pq-missing',
    )
    expect(asked([fileOf(signature), other], policy('required', 2))).toBeUndefined()
  })
})
