// SPDX-License-Identifier: Apache-2.0
/** Rows 74 to 76, 79 to 81, 83, 84, 99, 100 and 126 of docs/formats/refusals.md. */
import { describe, expect, it } from 'vitest'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { judgeChannel, judgeProducts, judgeThresholds, judgeTimes } from '../../../main/station/trust/questions.ts'
import type { SignatureRole } from '../../../main/station/trust/roles.ts'
import type { SignatureFile } from '../../../main/station/trust/standing.ts'
import { judgeClock, judgePolicyExpiry, trustedTimeOf } from '../../../main/station/trust/trusted-time.ts'
import { makeHolder, pinOf, roleOf, signManifest, testPki, type Holder } from '../../support/pki.ts'

const content = new TextEncoder().encode('{"a":1}')
const at = (time: string): number => Date.parse(time)
const june = at('2026-06-01T00:00:00Z')
const hour = 3_600_000

const fileBy = (holder: Holder, role: SignatureRole = 'release', signed = june): SignatureFile => {
  const result = verifyCms(signManifest(content, holder, signed), content)
  if (!result.ok) throw new Error(result.code)
  return { role, name: `manifest.json.${role}.p7s`, signer: result.signer }
}
const policyWith = (roles: Partial<TrustPolicy['roles']>, change: Partial<TrustPolicy> = {}): TrustPolicy =>
  trustPolicySchema.parse({
    ...testPki().policy,
    exclusive: [],
    ...change,
    roles: { ...testPki().policy.roles, ...roles },
  })

describe('judgeTimes', () => {
  const validity = { validFrom: at('2026-03-01T00:00:00Z'), validUntil: at('2026-09-01T00:00:00Z') }
  const judged = (holder: Holder, signed: number, policy: TrustPolicy, trustedTime = june): string =>
    judgeTimes(fileBy(holder, 'release', signed), { documentTime: june, trustedTime }, policy)?.code ?? 'fine'

  it('74, 75: wants the signing time inside the certificate, both ends included', () => {
    const holder = makeHolder('release', validity)
    const policy = policyWith({ release: roleOf([holder]) })
    expect(judged(holder, validity.validFrom, policy)).toBe('fine')
    expect(judged(holder, validity.validFrom - 1000, policy)).toBe('trust.not-yet-valid')
    expect(judged(holder, validity.validUntil, policy, validity.validUntil)).toBe('fine')
    expect(judged(holder, validity.validUntil + 1000, policy, validity.validUntil)).toBe('trust.expired')
  })

  it("74, 75: wants it inside the CA's certificate, after the signer's", () => {
    const ca = makeHolder('ca', validity)
    const policy = policyWith({ release: roleOf([], [ca]) })
    expect(judged(makeHolder('release', { issuer: ca }), validity.validFrom - 1000, policy)).toBe('trust.not-yet-valid')
    expect(judged(makeHolder('release', { issuer: ca }), validity.validUntil + 1000, policy, validity.validUntil)).toBe(
      'trust.expired',
    )
    const old = makeHolder('release', { issuer: ca, validUntil: at('2026-02-01T00:00:00Z') })
    expect(judged(old, at('2026-02-02T00:00:00Z'), policy)).toBe('trust.expired')
  })

  it("76: wants it inside the pin's window, and at most a day above trusted time", () => {
    const { release } = testPki()
    const window = { ...pinOf(release), validFrom: '2026-05-01T00:00:00Z', validUntil: '2026-06-30T00:00:00Z' }
    const policy = policyWith({ release: { ...roleOf([release]), keys: [window] } })
    expect(judged(release, at('2026-05-01T00:00:00Z'), policy)).toBe('fine')
    expect(judged(release, at('2026-04-30T23:59:59Z'), policy)).toBe('trust.signing-time')
    expect(judged(release, at('2026-06-30T00:00:01Z'), policy, at('2026-07-30T00:00:00Z'))).toBe('trust.signing-time')
    expect(judged(release, june + 24 * hour, policy)).toBe('fine')
    expect(judged(release, june + 24 * hour + 1000, policy)).toBe('trust.signing-time')
  })

  it("takes the document's time where the signature has none", () => {
    const file = fileBy(testPki().release)
    const { signingTime: _, ...signer } = file.signer
    const early = { documentTime: at('2025-12-31T00:00:00Z'), trustedTime: june }
    expect(judgeTimes({ ...file, signer }, early, testPki().policy)?.code).toBe('trust.not-yet-valid')
  })
})

describe('judgeThresholds', () => {
  const [first, second] = [makeHolder('release'), makeHolder('release')]
  const production = ['release', 'qa'] as const

  it('79, 83: wants every required role', () => {
    const { policy, release, qa } = testPki()
    const both = [fileBy(qa, 'qa'), fileBy(release)]
    expect(judgeThresholds(both, policy, production)).toBeUndefined()
    expect(judgeThresholds(both.slice(1), policy, production)).toEqual({
      code: 'trust.threshold',
      detail: 'qa',
      facts: { role: 'qa', needs: 1, has: 0 },
    })
    expect(judgeThresholds([], policy, production)).toMatchObject({ detail: 'release' })
    expect(judgeThresholds(both.slice(1), policy, ['release'])).toBeUndefined()
  })

  it('80: counts a key for one role only', () => {
    const policy = policyWith({ release: roleOf([first]), qa: roleOf([first]) })
    expect(judgeThresholds([fileBy(first), fileBy(first, 'qa')], policy, production)?.detail).toBe('qa')
  })

  it('81: counts a key once, whatever certificates it has', () => {
    const policy = policyWith({ release: roleOf([first, second], [], 2) })
    const again = makeHolder('release', { key: first.key, issuer: testPki().stationCa })
    expect(judgeThresholds([fileBy(first), fileBy(again)], policy, ['release'])?.code).toBe('trust.threshold')
    expect(judgeThresholds([fileBy(first), fileBy(second)], policy, ['release'])).toBeUndefined()
  })
})

describe('judgeProducts and judgeChannel', () => {
  it('84: keeps a role to its products', () => {
    const policy = policyWith({ release: { ...roleOf([testPki().release]), products: ['pump', 'valve'] } })
    const file = fileBy(testPki().release)
    expect(judgeProducts(file, 'pump', policy)).toBeUndefined()
    expect(judgeProducts(file, 'press', policy)?.code).toBe('trust.scope')
    expect(judgeProducts(file, 'press', testPki().policy)).toBeUndefined()
  })

  it('refuses a channel that nobody is required for', () => {
    const policy = policyWith({}, { require: { production: ['release'] } })
    expect(judgeChannel('production', policy)).toBeUndefined()
    expect(judgeChannel('lab', policy)?.code).toBe('trust.scope')
  })
})

describe('trusted time', () => {
  const known = { lastSignedTime: june - 10 * hour, lastAuditTime: june }
  const day = 24 * hour

  it('is the highest time known', () => {
    expect(trustedTimeOf({ now: june - hour, ...known })).toBe(june)
    expect(trustedTimeOf({ now: june + hour, ...known })).toBe(june + hour)
    expect(trustedTimeOf({ now: june, lastSignedTime: undefined, lastAuditTime: undefined })).toBe(june)
  })

  it.each([
    ['99 a day back', { now: june - day }, [], undefined],
    ['99 more than a day back', { now: june - day - 1 }, [], 'clock.rollback'],
    ['100 400 days ahead', { now: june + 400 * day }, [], undefined],
    ['100 more than 400 days ahead', { now: june + 400 * day + 1 }, [], 'clock.jump'],
    ['100 a document 400 days ahead', { now: june }, [june + 400 * day], undefined],
    ['100 a document more than 400 days ahead', { now: june }, [june, june + 400 * day + 1], 'clock.jump'],
  ])('%s', (_row, { now }, signed, code) => {
    expect(judgeClock({ now, ...known }, signed)?.code).toBe(code)
  })

  it('has nothing to compare on a fresh station', () => {
    const fresh = { now: june, lastSignedTime: undefined, lastAuditTime: undefined }
    expect(judgeClock(fresh, [june])).toBeUndefined()
    expect(judgeClock(fresh, [june + 401 * day])?.code).toBe('clock.jump')
  })

  it('126: lets a policy go on for its days of grace', () => {
    const policy = policyWith({}, { expires: '2026-06-01T00:00:00Z', graceDays: 3 })
    expect(judgePolicyExpiry(policy, june + 3 * day)).toBeUndefined()
    expect(judgePolicyExpiry(policy, june + 3 * day + 1)?.code).toBe('policy.expired')
  })
})
