// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { waitingFor } from '../../../renderer/state/waiting.ts'

const requests = [
  { state: 'requested', requestedBy: 'Tomas Keller' },
  { state: 'requested', requestedBy: 'Priya Singh' },
  { state: 'approved', requestedBy: 'Priya Singh' },
  { state: 'rejected', requestedBy: 'Tomas Keller' },
  { state: 'voided', requestedBy: 'Tomas Keller' },
  { state: 'written', requestedBy: 'Tomas Keller' },
] as const

describe('the number beside a screen', () => {
  it.each([
    ['an officer: what another asked for, and what has to be written', 'officer', 'Priya Singh', 2],
    ['another officer: also what the first one asked for', 'officer', 'Rosa Brandt', 3],
    ['a technician who asked', 'technician', 'Tomas Keller', 0],
    ['an administrator', 'administrator', 'Ada Castellanos', 0],
    ['an auditor', 'auditor', 'Ana Ruiz', 0],
  ] as const)('counts what waits for %s (ux 4)', (_who, role, name, expected) => {
    expect(waitingFor({ roles: [role], name }, 'exports', { requests })).toBe(expected)
  })

  it.each([
    ['officer', 'Priya Singh', 1],
    ['officer', 'Rosa Brandt', 2],
    ['technician', 'Tomas Keller', 0],
  ] as const)('counts the exceptions that somebody else asked for (%s, %s) (ux 4)', (role, name, expected) => {
    const made = { granted: true, by: 'Rosa Brandt', at: 0, reason: 'asked' }
    const exceptions = [
      { decision: null, askedBy: 'Tomas Keller' },
      { decision: null, askedBy: 'Priya Singh' },
      { decision: made, askedBy: 'Tomas Keller' },
    ]
    expect(waitingFor({ roles: [role], name }, 'bundles', { requests, overrides: exceptions })).toBe(expected)
  })

  it.each([
    ['officer', 'Priya Singh', 1, 1],
    ['administrator', 'Ada Castellanos', 1, 0],
    ['administrator', 'Olu Adeyemi', 1, 0],
    ['technician', 'Tomas Keller', 0, 0],
  ] as const)(
    'counts the withdrawals that wait for the second signature of %s %s (ux 4)',
    (role, name, keys, bundles) => {
      const made = { outcome: 'signed' as const, by: 'Rosa Brandt', at: 0, reason: 'seen' }
      const byAdmin = { askedBy: 'Ada Castellanos', signers: ['officer' as const] }
      const byOfficer = { askedBy: 'Priya Singh', signers: ['officer' as const, 'administrator' as const] }
      const withdrawals = [
        { kind: 'key' as const, decision: null, ...byAdmin },
        { kind: 'key' as const, decision: null, ...byOfficer },
        { kind: 'key' as const, decision: made, ...byAdmin },
        { kind: 'bundle' as const, decision: null, ...byAdmin },
      ]
      expect(waitingFor({ roles: [role], name }, 'keys', { withdrawals })).toBe(keys)
      expect(waitingFor({ roles: [role], name }, 'bundles', { withdrawals })).toBe(bundles)
    },
  )

  it.each([
    ['officer', 'Priya Singh', 1],
    ['administrator', 'Ada Castellanos', 0],
    ['technician', 'Tomas Keller', 0],
  ] as const)('counts a policy that somebody else brought (%s) (ux 4)', (role, name, expected) => {
    const waitingPolicy = { broughtBy: 'Tomas Keller', signers: ['officer' as const] }
    expect(waitingFor({ roles: [role], name }, 'keys', { waitingPolicy })).toBe(expected)
  })

  it('stands beside no other screen', () => {
    expect(waitingFor({ roles: ['officer'], name: 'Rosa Brandt' }, 'bench', { requests })).toBe(0)
  })
})
