// SPDX-License-Identifier: Apache-2.0
/** Rows 120 to 123 and 127 of docs/formats/refusals.md: sequences of policies, refusals and successes mixed. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { readPemCertificate } from '../../../main/station/trust/issue-certificate.ts'
import { judgePolicyStep, type PolicyDocument } from '../../../main/station/trust/policy-step.ts'
import { judgeSigner } from '../../../main/station/trust/questions.ts'
import type { SignatureFile } from '../../../main/station/trust/standing.ts'
import { buildCms } from '../../support/cms-builder.ts'
import { makeHolder, roleOf, signManifest, testPki, type Holder } from '../../support/pki.ts'

const holders: Record<string, Holder> = Object.fromEntries(
  ['A', 'B', 'C', 'D', 'E', 'R', 'S', 'Q', 'T'].map((name) => [
    name,
    makeHolder('RSTQ'.includes(name) ? 'release' : 'root'),
  ]),
)
const holder = (name: string): Holder => holders[name] ?? testPki().root
const ca = makeHolder('ca')
const underCa = makeHolder('root', { issuer: ca })
holders['X'] = underCa

type Change = Omit<Partial<TrustPolicy>, 'roles'> & { root?: string; n?: number; cas?: Holder[]; roles?: object }

/** A policy in a few words: which keys are root, how many of them, what else differs. */
const policyOf = (version: number, change: Change = {}): PolicyDocument => {
  const { root = 'ABC', n = 2, cas = [], roles = {}, ...rest } = change
  const base = testPki().policy
  const policy = trustPolicySchema.parse({
    ...base,
    version,
    ...rest,
    roles: present({ ...base.roles, root: roleOf(root.split('').map(holder), cas, n), ...roles }),
  })
  return { policy, digest: createHash('sha256').update(canonicalBytes(policy)).digest('hex') }
}

const signedBy = ({ policy }: PolicyDocument, names: string): SignatureFile[] =>
  names.split('').map((name, n) => {
    const content = canonicalBytes(policy)
    const result = verifyCms(signManifest(policy, holder(name)), content)
    if (!result.ok) throw new Error(result.code)
    return { role: 'root', name: `manifest.json.root.${n + 1}.p7s`, signer: result.signer }
  })

/** The whole judgement of a step: stage 2 for each signature, then the step itself. */
const judge = (current: PolicyDocument | undefined, next: PolicyDocument, signers: string): string => {
  const files = signedBy(next, signers)
  const policies = current === undefined ? [next.policy] : [current.policy, next.policy]
  const fault = files.map((file) => judgeSigner(file, ...policies)).find((found) => found !== undefined)
  if (fault !== undefined) return fault.code
  const step = judgePolicyStep(current, next, files)
  return step.ok ? step.step : step.code
}

/** Roles that the test leaves undefined are not there at all. */
const present = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined))

/** Two root keys whose signatures count in this time only. */
const within = (validFrom: string, validUntil: string): object => {
  const root = roleOf([holder('A'), holder('B')], [], 2)
  return { root: { ...root, keys: root.keys.map((pin) => ({ ...pin, validFrom, validUntil })) } }
}

type Row = [what: string, signers: string, change: Change, code: string]

describe('the root role from version 1 (2 of A B C) to version 2', () => {
  const [start, end] = ['2026-01-01T00:00:00Z', '2036-01-01T00:00:00Z']
  const rows: Row[] = [
    ['the same keys', 'AB', {}, 'step'],
    ['all three keys', 'ABC', {}, 'step'],
    ['one signature', 'A', {}, 'policy.old-threshold'],
    ['one key twice', 'AA', {}, 'policy.old-threshold'],
    ['nobody', '', {}, 'policy.old-threshold'],
    ['a key added', 'AB', { root: 'ABCD' }, 'step'],
    ['a key added that signs with one old', 'AD', { root: 'ABCD' }, 'policy.old-threshold'],
    ['a key removed', 'AB', { root: 'AB' }, 'step'],
    ['a key removed whose signature the new threshold lacks', 'AC', { root: 'AB' }, 'policy.new-threshold'],
    ['a key exchanged', 'AB', { root: 'ABD' }, 'step'],
    ['a key exchanged, signed by old and new', 'ABD', { root: 'ADE' }, 'step'],
    ['all keys exchanged, signed by the old only', 'AB', { root: 'DE' }, 'policy.new-threshold'],
    ['all keys exchanged, signed by the new only', 'DE', { root: 'DE' }, 'policy.old-threshold'],
    ['all keys exchanged, signed by both', 'ABDE', { root: 'DE' }, 'step'],
    ['the threshold raised and met', 'ABC', { n: 3 }, 'step'],
    ['the threshold raised and not met', 'AB', { n: 3 }, 'policy.new-threshold'],
    ['the threshold lowered, old one met', 'AB', { n: 1 }, 'step'],
    ['the threshold lowered, only the new one met', 'A', { n: 1 }, 'policy.old-threshold'],
    ['a stranger beside enough keys', 'ABE', {}, 'trust.unknown-signer'],
    ['a release key as root', 'ABR', { roles: { release: roleOf([holder('R')]) } }, 'trust.role'],
    ['a CA for root added', 'ABX', { root: 'AB', cas: [ca] }, 'step'],
    ['a CA for root counts for the new threshold only', 'AX', { root: 'AB', cas: [ca] }, 'policy.old-threshold'],
    [
      'keys that the step lets sign no more',
      'AB',
      { roles: within(start, '2026-05-01T00:00:00Z') },
      'policy.new-threshold',
    ],
    [
      'keys that the step lets sign later',
      'AB',
      { roles: within('2026-07-01T00:00:00Z', end) },
      'policy.new-threshold',
    ],
    ['keys that the step lets sign for longer', 'AB', { roles: within(start, '2040-01-01T00:00:00Z') }, 'step'],
    [
      'a key revoked by the step that signs it',
      'ABC',
      { revokedKeys: [{ spki: holder('C').spki, reason: 'lost' }] },
      'step',
    ],
    [
      'revoked keys do not count for the new threshold',
      'AC',
      { revokedKeys: [{ spki: holder('C').spki, reason: 'lost' }] },
      'policy.new-threshold',
    ],
  ]
  it.each(rows)('%s, signed by %s', (_what, signers, change, code) => {
    expect(judge(policyOf(1), policyOf(2, change), signers)).toBe(code)
  })

  it('refuses a key that the current policy has revoked, however many others sign', () => {
    const current = policyOf(1, { revokedKeys: [{ spki: holder('C').spki, reason: 'lost' }] })
    expect(judge(current, policyOf(2, { revokedKeys: current.policy.revokedKeys }), 'ABC')).toBe('trust.revoked')
    expect(judge(current, policyOf(2, { revokedKeys: current.policy.revokedKeys }), 'AB')).toBe('step')
  })
})

describe('a signer with two standings', () => {
  it('does not count under a CA that it encloses but that did not make its certificate', () => {
    const next = policyOf(2, { root: 'D', n: 2, cas: [ca] })
    const content = canonicalBytes(next.policy)
    const files = ['A', 'B', 'D'].map((name): SignatureFile => {
      const certificates = [holder(name), ca].map(({ certificate }) => readPemCertificate(certificate).der)
      const result = verifyCms(buildCms(content, holder(name), { certificates }), content)
      if (!result.ok) throw new Error(result.code)
      return { role: 'root', name, signer: result.signer }
    })
    const step = judgePolicyStep(policyOf(1), next, files)
    expect(step.ok ? 'step' : step.code).toBe('policy.new-threshold')
    expect(judge(policyOf(1), next, 'ABDX')).toBe('step')
  })
})

describe('the other roles', () => {
  const release = (names: string, n = 1) => ({ release: roleOf(names.split('').map(holder), [], n) })
  const before = { roles: release('RS') }
  const rows: Row[] = [
    ['a release key added', 'AB', { roles: release('RSQ') }, 'step'],
    ['a release key removed', 'AB', { roles: release('R') }, 'step'],
    ['all release keys exchanged', 'AB', { roles: release('QT') }, 'step'],
    ['the release threshold raised', 'AB', { roles: release('RS', 2) }, 'step'],
    ['release keys signed the step', 'RS', { roles: release('RSQ') }, 'trust.role'],
    ['one root signed a change of release keys', 'A', { roles: release('Q') }, 'policy.old-threshold'],
    ['a role dropped', 'AB', { roles: { ...release('RS'), witness: undefined } }, 'step'],
    ['a release CA instead of keys', 'AB', { roles: { release: roleOf([], [ca]) } }, 'step'],
    ['a release key becomes root', 'AB', { root: 'ABC', roles: release('S') }, 'step'],
    ['a requirement dropped', 'AB', { ...before, require: { production: ['release'] } }, 'step'],
    ['a step that nobody signed', '', { roles: release('T') }, 'policy.old-threshold'],
  ]
  it.each(rows)('%s, signed by %s', (_what, signers, change, code) => {
    expect(judge(policyOf(1, before), policyOf(2, change), signers)).toBe(code)
  })
})

describe('versions', () => {
  it('122, 123: wants exactly the next one', () => {
    const current = policyOf(5)
    expect(judge(current, policyOf(4), 'ABC')).toBe('policy.rollback')
    expect(judge(current, policyOf(1), '')).toBe('policy.rollback')
    expect(judge(current, policyOf(5, { graceDays: 7 }), 'ABC')).toBe('policy.equivocation')
    expect(judge(current, policyOf(7), 'ABC')).toBe('policy.gap')
    expect(judge(current, policyOf(6), 'ABC')).toBe('step')
  })

  it('takes the current one again, whoever signed', () => {
    expect(judge(policyOf(5), policyOf(5), '')).toBe('same')
  })

  it('takes a first policy of any version that meets its own threshold', () => {
    expect(judge(undefined, policyOf(9), 'AB')).toBe('step')
    expect(judge(undefined, policyOf(9), 'A')).toBe('policy.new-threshold')
    expect(judge(undefined, policyOf(9), 'AD')).toBe('trust.unknown-signer')
  })

  it('walks a chain of steps that hands all keys over', () => {
    const chain = [policyOf(1), policyOf(2, { root: 'BCD' }), policyOf(3, { root: 'CDE' }), policyOf(4, { root: 'DE' })]
    const signers = ['AB', 'BC', 'CD', 'DE']
    chain.forEach((next, n) => expect(judge(chain[n - 1], next, signers[n] ?? ''), `${n}`).toBe('step'))
    expect(judge(chain[0], chain[3] ?? policyOf(1), 'ABDE')).toBe('policy.gap')
  })
})

describe('weakening (row 127)', () => {
  const lost = holder('E').spki
  const current = policyOf(1, { counters: { pump: 5, constructor: 1 }, revokedKeys: [{ spki: lost, reason: 'lost' }] })
  const same = { counters: current.policy.counters, revokedKeys: current.policy.revokedKeys }
  it.each([
    ['nothing weaker', same, 'step'],
    ['a counter raised, one added', { ...same, counters: { pump: 6, constructor: 1, valve: 1 } }, 'step'],
    ['a counter lowered', { ...same, counters: { pump: 4, constructor: 1 } }, 'policy.weakening'],
    [
      'a counter lowered by name',
      { ...same, counters: { pump: 4, constructor: 1 }, weakens: ['counter:pump'] },
      'step',
    ],
    ['a counter dropped', { ...same, counters: { constructor: 1 } }, 'policy.weakening'],
    ['a counter dropped whose name every object has', { ...same, counters: { pump: 5 } }, 'policy.weakening'],
    [
      'a counter dropped, another named',
      { ...same, counters: { constructor: 1 }, weakens: ['counter:valve'] },
      'policy.weakening',
    ],
    ['a revoked key dropped', { ...same, revokedKeys: [] }, 'policy.weakening'],
    ['a revoked key dropped by name', { ...same, revokedKeys: [], weakens: [`revoked:${lost}`] }, 'step'],
    ['two weakened, one named', { counters: {}, revokedKeys: [], weakens: [`revoked:${lost}`] }, 'policy.weakening'],
  ])('%s', (_what, change, code) => {
    expect(judge(current, policyOf(2, change), 'AB')).toBe(code)
  })
})
