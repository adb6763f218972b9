// SPDX-License-Identifier: Apache-2.0
/** No change of a signature is ever accepted, and whatever comes in, the answer is a code, never an exception. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyCms } from '../../main/station/trust/cms.ts'
import { decodeDer, oidOf } from '../../main/station/trust/der.ts'
import { element, oid, sequence, setOf, unsigned } from '../../main/station/trust/der-writer.ts'
import { judgeSigner } from '../../main/station/trust/questions.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import { opensslSign } from '../support/openssl.ts'
import { makeHolder, roleOf, signManifest, testPki, type Holder } from '../support/pki.ts'

const content = new TextEncoder().encode('{"a":1}')
const ca = makeHolder('ca')
const good = signManifest(content, makeHolder('release', { issuer: ca }))
const codeOf = (der: Uint8Array): string => {
  const result = verifyCms(der, content)
  return result.ok ? 'accepted' : result.code
}
const refusal =
  /^sig\.(parse|not-der|signer-count|not-detached|content-type|attributes|algorithm|certificate|key|digest|invalid)$/

/** The whole judgement of a signature: the profile, then the signer under a policy that pins it. */
const judge = (der: Uint8Array, policy: TrustPolicy): string => {
  const result = verifyCms(der, content)
  if (!result.ok) return result.code
  return judgeSigner({ role: 'release', name: 'x', signer: result.signer }, policy)?.code ?? 'accepted'
}
const policyOf = (keys: Holder[], cas: Holder[] = []): TrustPolicy => {
  const { policy } = testPki()
  return { ...policy, roles: { ...policy.roles, release: roleOf(keys, cas) } }
}

describe('verifyCms and judgeSigner', () => {
  const rsa = makeHolder('release', { kind: 'RSA-3072' })
  const own = makeHolder('release', { kind: 'P-256' })

  it.each([
    ['a pinned key with a self-signed certificate', () => signManifest(content, rsa), policyOf([rsa])],
    ['a certificate of a pinned CA', () => good, policyOf([], [ca])],
    ['a key that openssl signed with', () => opensslSign(content, own, '-md', 'sha256', '-keyid'), policyOf([own])],
  ])('refuse every bit that is flipped in a signature by %s', (_what, make, policy) => {
    const signature = make()
    expect(judge(signature, policy)).toBe('accepted')
    const codes = new Set<string>()
    for (let bit = 0; bit < signature.length * 8; bit += 1) {
      const changed = Buffer.from(signature)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const code = judge(changed, policy)
      expect(code, `bit ${bit}`).not.toBe('accepted')
      codes.add(code)
    }
    for (const code of codes) expect(code).toMatch(/^(sig|trust)\.[a-z-]+$/)
    expect(codes.size).toBeGreaterThan(8)
  })

  it('refuses every cut', () => {
    for (let length = 0; length < good.length; length += 1) expect(codeOf(good.subarray(0, length))).toBe('sig.parse')
  })

  it('answers any bytes with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(codeOf(bytes)).toMatch(refusal)
        expect(codeOf(sequence(bytes))).toMatch(refusal)
      }),
      { numRuns: 3000 },
    )
  })

  it('answers any splice of a good signature with a code', () => {
    const place = fc.nat({ max: good.length - 1 })
    fc.assert(
      fc.property(place, place, fc.uint8Array({ minLength: 1, maxLength: 12 }), (from, to, middle) => {
        const spliced = Buffer.concat([good.subarray(0, from), middle, good.subarray(to)])
        fc.pre(!spliced.equals(good))
        expect(codeOf(spliced)).toMatch(/^(accepted|sig\..*)$/)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('DER', () => {
  const tree = fc.letrec<{ node: Uint8Array; leaf: Uint8Array }>((tie) => ({
    leaf: fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => element(0x04, bytes)),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => unsigned(bytes)),
    ),
    node: fc.oneof(
      { depthSize: 'small', maxDepth: 6 },
      tie('leaf'),
      fc.array(tie('node'), { maxLength: 4 }).map((members) => sequence(...members)),
      fc.array(tie('node'), { maxLength: 4 }).map((members) => setOf(members)),
    ),
  })).node

  it('is read as it was written, and its elements are whole', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 5 }), (members) => {
        const result = decodeDer(sequence(...members))
        expect(result.ok && result.node.children.map(({ raw }) => Buffer.from(raw).toString('hex'))).toEqual(
          members.map((member) => Buffer.from(member).toString('hex')),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('gives object identifiers back', () => {
    const arcs = fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.constantFrom('0', '1', '2'), fc.nat({ max: 39 }), arcs, (top, second, rest) => {
        const text = [top, second, ...rest].join('.')
        const result = decodeDer(sequence(oid(text)))
        expect(result.ok && oidOf(result.node.children[0])).toBe(text)
      }),
    )
  })
})
