// SPDX-License-Identifier: Apache-2.0
/** Rows 124 and 125 of docs/formats/refusals.md, and the schema of recall lists. */
import { describe, expect, it } from 'vitest'
import { recallSchema } from '../../../shared/formats/recall.ts'
import { trustPolicySchema } from '../../../shared/formats/trust-policy.ts'

const hex = (digit: string): string => digit.repeat(64)
const pin = (digit: string) => ({
  spki: hex(digit),
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
})
const role = (...digits: string[]) => ({ threshold: 1, keys: digits.map(pin), cas: [], pqKeys: [], products: ['*'] })
const policy = {
  kind: 'airlock.trust-policy',
  schema: 1,
  version: 1,
  issuedAt: '2026-01-01T00:00:00Z',
  expires: '2027-01-01T00:00:00Z',
  graceDays: 0,
  roles: { root: role('1', '2'), release: role('3'), recall: role('4'), qa: role('5') },
  require: { production: ['release', 'qa'], pilot: ['release'] },
  exclusive: [['release', 'qa']],
  revokedKeys: [
    { spki: hex('a'), reason: 'lost' },
    { spki: hex('b'), reason: 'lost' },
  ],
  counters: { pump: 3 },
  recipients: ['age1example'],
  sanitization: hex('0'),
  pq: 'off',
  limits: { maxBundleBytes: 1, expiredBundle: 'warn', minPolicy: 0 },
  weakens: ['counter:pump', `revoked:${hex('c')}`],
}
const { roles } = policy
const pqKey = Buffer.alloc(2592, 1).toString('base64')
const fits = (change: object): boolean => trustPolicySchema.safeParse({ ...policy, ...change }).success
const root = (change: object): boolean => fits({ roles: { ...roles, root: { ...roles.root, ...change } } })

describe('trustPolicySchema', () => {
  it('takes a good policy', () => {
    expect(fits({})).toBe(true)
    expect(root({ threshold: 2 })).toBe(true)
    expect(root({ keys: [], cas: [pin('1')], threshold: 8 })).toBe(true)
  })

  it.each([[0], [-1], [1.5], [3], [9], ['1'], [null]])('124: refuses a threshold of %j for two keys', (threshold) => {
    expect(root({ threshold })).toBe(false)
  })

  it.each([
    ['a key twice in a role', { roles: { ...roles, root: role('1', '1') } }],
    ['keys that are not sorted', { roles: { ...roles, root: role('2', '1') } }],
    ['a key that is a CA of the role too', { roles: { ...roles, root: { ...roles.root, cas: [pin('1')] } } }],
    ['a key in two exclusive roles', { roles: { ...roles, qa: role('3') } }],
  ])('125: refuses %s', (_what, change) => {
    expect(fits(change)).toBe(false)
  })

  it.each([
    ['another kind', { kind: 'airlock.recall' }],
    ['another schema', { schema: 2 }],
    ['version 0', { version: 0 }],
    ['a field that is unknown', { comment: '' }],
    ['a role that is unknown', { roles: { ...roles, boss: role('6') } }],
    ['no recall role', { roles: { root: roles.root, release: roles.release } }],
    ['an empty list of products', { roles: { ...roles, qa: { ...roles.qa, products: [] } } }],
    ['a requirement of nobody', { require: { production: [] } }],
    ['a requirement of a role that is not there', { require: { production: ['privacy'] } }],
    ['a role required twice', { require: { production: ['qa', 'qa'] } }],
    ['revoked keys that are not sorted', { revokedKeys: [...policy.revokedKeys].reverse() }],
    ['a revoked key twice', { revokedKeys: [policy.revokedKeys[0], policy.revokedKeys[0]] }],
    ['a counter below 0', { counters: { pump: -1 } }],
    ['a counter of no name', { counters: { Pump: 1 } }],
    ['a weakening of another form', { weakens: ['pump'] }],
    ['counter-signatures required without keys', { pq: 'required' }],
    ['a counter-signature key that is short', { roles: { ...roles, qa: { ...roles.qa, pqKeys: [pqKey.slice(4)] } } }],
  ])('refuses %s', (_what, change) => {
    expect(fits(change)).toBe(false)
  })

  it('takes required counter-signatures where every required role has the keys', () => {
    const withKey = (pinned: typeof roles.qa) => ({ ...pinned, pqKeys: [pqKey] })
    const both = { ...roles, release: withKey(roles.release), qa: withKey(roles.qa) }
    expect(fits({ pq: 'required', roles: both })).toBe(true)
    expect(fits({ pq: 'required', roles: { ...both, qa: roles.qa } })).toBe(false)
  })

  it.each(Object.keys(policy))('wants %s', (field) => {
    expect(fits({ [field]: undefined })).toBe(false)
  })
})

describe('recallSchema', () => {
  const entry = (id: string, match: object = { bundle: hex('1') }) => ({
    id,
    match,
    reason: 'r',
    severity: 'high',
    instead: 'i',
  })
  const list = (...entries: object[]) => ({
    kind: 'airlock.recall',
    schema: 1,
    version: 1,
    issuedAt: '2026-01-01T00:00:00Z',
    entries,
  })
  const takes = (value: object): boolean => recallSchema.safeParse(value).success

  it('takes each kind of match, alone', () => {
    const uuid = '01234567-89ab-4def-8123-456789abcdef'
    const matches = [
      { bundleId: uuid },
      { payload: hex('2') },
      { signer: hex('3') },
      { belowCounter: { product: 'pump', counter: 4 } },
    ]
    for (const match of matches) expect(takes(list(entry('A-1', match)))).toBe(true)
    expect(takes(list(entry('A', { ...matches[0], ...matches[1] })))).toBe(false)
    expect(takes(list(entry('A', {})))).toBe(false)
  })

  it('wants ids in order, each once', () => {
    expect(takes(list())).toBe(true)
    expect(takes(list(entry('A'), entry('B')))).toBe(true)
    expect(takes(list(entry('B'), entry('A')))).toBe(false)
    expect(takes(list(entry('A'), entry('A')))).toBe(false)
    expect(takes(list(entry('a')))).toBe(false)
    expect(takes({ ...list(), version: 0 })).toBe(false)
  })
})
