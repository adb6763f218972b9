// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { isOwn, waitingFor } from '../../../renderer/state/waiting.ts'

const requests = [
  { state: 'requested', requestedById: 'tomas' },
  { state: 'requested', requestedById: 'priya' },
  { state: 'approved', requestedById: 'priya' },
  { state: 'rejected', requestedById: 'tomas' },
  { state: 'voided', requestedById: 'tomas' },
  { state: 'written', requestedById: 'tomas' },
] as const

describe('the number beside a screen', () => {
  it.each([
    ['an officer: what another asked for, and what has to be written', 'officer', 'priya', 2],
    ['another officer: also what the first one asked for', 'officer', 'rosa', 3],
    ['a technician who asked', 'technician', 'tomas', 0],
    ['an administrator', 'administrator', 'ada', 0],
    ['an auditor', 'auditor', 'ana', 0],
  ] as const)('counts what waits for %s (ux 4)', (_who, role, id, expected) => {
    expect(waitingFor({ roles: [role], id }, 'exports', { requests })).toBe(expected)
  })

  it.each([
    ['officer', 'priya', 1],
    ['officer', 'rosa', 2],
    ['technician', 'tomas', 0],
  ] as const)('counts the exceptions that somebody else asked for (%s, %s) (ux 4)', (role, id, expected) => {
    const made = { granted: true, by: 'Rosa Brandt', at: 0, reason: 'asked' }
    const exceptions = [
      { decision: null, askedById: 'tomas' },
      { decision: null, askedById: 'priya' },
      { decision: made, askedById: 'tomas' },
    ]
    expect(waitingFor({ roles: [role], id }, 'bundles', { requests, overrides: exceptions })).toBe(expected)
  })

  it.each([
    ['officer', 'priya', 1, 1],
    ['administrator', 'ada', 1, 0],
    ['administrator', 'olu', 1, 0],
    ['technician', 'tomas', 0, 0],
  ] as const)(
    'counts the withdrawals that wait for the second signature of %s %s (ux 4)',
    (role, id, keys, bundles) => {
      const made = { outcome: 'signed' as const, by: 'Rosa Brandt', at: 0, reason: 'seen' }
      const byAdmin = { askedById: 'ada', signers: ['officer' as const] }
      const byOfficer = { askedById: 'priya', signers: ['officer' as const, 'administrator' as const] }
      const withdrawals = [
        { kind: 'key' as const, decision: null, ...byAdmin },
        { kind: 'key' as const, decision: null, ...byOfficer },
        { kind: 'key' as const, decision: made, ...byAdmin },
        { kind: 'bundle' as const, decision: null, ...byAdmin },
      ]
      expect(waitingFor({ roles: [role], id }, 'keys', { withdrawals })).toBe(keys)
      expect(waitingFor({ roles: [role], id }, 'bundles', { withdrawals })).toBe(bundles)
    },
  )

  it.each([
    ['officer', 'priya', 1],
    ['administrator', 'ada', 0],
    ['technician', 'tomas', 0],
  ] as const)('counts a policy that somebody else brought (%s) (ux 4)', (role, id, expected) => {
    const waitingPolicy = { broughtById: 'tomas', signers: ['officer' as const] }
    expect(waitingFor({ roles: [role], id }, 'keys', { waitingPolicy })).toBe(expected)
  })

  it('tells two people apart who share a name, on every page that asks for a second one', () => {
    const [namesake, first] = ['another', 'tomas'].map((id) => ({
      id,
      name: 'Tomas Keller',
      roles: ['officer' as const],
    }))
    const signers = ['officer' as const]
    const asked = { kind: 'key' as const, decision: null, askedBy: 'Tomas Keller', askedById: 'tomas', signers }
    const request = { state: 'requested' as const, requestedBy: 'Tomas Keller', requestedById: 'tomas' }
    const waitingPolicy = { broughtBy: 'Tomas Keller', broughtById: 'tomas', signers }
    const things = { requests: [request], overrides: [asked], withdrawals: [asked], waitingPolicy }
    for (const thing of [request, asked, waitingPolicy]) expect(first && isOwn(first, thing)).toBe(true)
    for (const thing of [request, asked, waitingPolicy]) expect(namesake && isOwn(namesake, thing)).toBe(false)
    const counted = (['exports', 'bundles', 'keys'] as const).map((screen) => [
      first && waitingFor(first, screen, things),
      namesake && waitingFor(namesake, screen, things),
    ])
    expect(counted).toEqual([
      [0, 1],
      [0, 1],
      [0, 2],
    ])
  })

  it('stands beside no other screen', () => {
    expect(waitingFor({ roles: ['officer'], id: 'rosa' }, 'bench', { requests })).toBe(0)
  })
})
