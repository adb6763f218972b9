// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../main/station/audit/entry.ts'
import { readLeaves } from '../../../main/station/audit/tables.ts'
import { createFirstPolicy } from '../../../main/station/first-policy.ts'
import { auditMigration } from '../../../main/station/store/migrations/0001-audit.ts'
import { trust as trustMigration } from '../../../main/station/store/migrations/0004-trust.ts'
import { sha256Hex } from '../../../main/station/trust/certificate.ts'
import { fingerprintOf } from '../../../main/station/trust/fingerprint.ts'
import { openTrustStore } from '../../../main/station/trust/policy-store.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { floorOf } from '../../../shared/formats/trust-policy.ts'
import { testLog } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'
import { testPki } from '../../support/pki.ts'

const actor = (login: string): Actor => ({ uid: login, login, name: login, role: 'officer' })
const [anna, ben] = [actor('anna'), actor('ben')]
const manifest = canonicalBytes(testPki().policy)
const digest = sha256Hex(manifest)
const document = { manifest, signedAt: 1000 }
const paper = fingerprintOf(digest)
const between = [2, 3].map((id) => ({ id, name: `${id}`, sql: 'SELECT 1' }))

const begin = () => {
  const clock = testClock()
  const log = testLog(clock, [auditMigration, ...between, trustMigration])
  const trust = openTrustStore({ ...log, clock })
  const ceremony = createFirstPolicy({ trust, audit: log.audit })
  const answer = (who: Actor, words: readonly string[] = paper): number => {
    const typed = ceremony.places(digest, who.uid).map((place) => [place, words[place - 1] ?? ''] as const)
    return ceremony.confirm(digest, document, who, new Map(typed))
  }
  const entries = (): string[] =>
    readLeaves(log.store.read, 1, log.audit.head().size).map(({ leaf }) => {
      const {
        action,
        outcome,
        reason,
        actor: who,
      } = JSON.parse(Buffer.from(leaf).toString()) as {
        action: string
        outcome: string
        reason: string | null
        actor: Actor
      }
      return [who.login, action, outcome, reason ?? ''].join(' ').trim()
    })
  return { trust, ceremony, answer, entries }
}
const wrong = paper.map(() => 'zebra')

describe('the ceremony of a first policy', () => {
  it('puts it in force by the words of two people, each with an entry', () => {
    const { trust, answer, entries } = begin()
    expect(answer(anna)).toBe(1)
    expect(trust.policy()).toBeUndefined()
    expect(answer(ben)).toBe(2)
    expect(trust.policy()?.digest).toBe(digest)
    expect(entries()).toEqual(['anna policy.words ok', 'anna policy.confirm ok'])
  })

  it('tells the first person at once that the words are wrong, and lets them try again', () => {
    const { answer, entries } = begin()
    expect(() => answer(anna, wrong)).toThrow(expect.objectContaining({ code: 'policy.fingerprint' }))
    expect(answer(anna)).toBe(1)
    expect(answer(ben)).toBe(2)
    expect(entries()[0]).toBe('anna policy.words refused policy.fingerprint')
  })

  it('keeps the first person’s words when the second person’s are wrong', () => {
    const { trust, answer } = begin()
    expect(answer(anna)).toBe(1)
    expect(() => answer(ben, wrong)).toThrow(expect.objectContaining({ code: 'policy.fingerprint' }))
    expect(trust.policy()).toBeUndefined()
    expect(answer(ben)).toBe(2)
  })

  it('asks for the same places until they are right: nobody rolls for those that they know', () => {
    const { ceremony, answer } = begin()
    const before = ceremony.places(digest, 'anna')
    expect(() => answer(anna, wrong)).toThrow()
    expect(ceremony.places(digest, 'anna')).toEqual(before)
  })

  it('row 131: takes one person for one', () => {
    const { answer, entries } = begin()
    answer(anna)
    expect(() => answer(anna)).toThrow(expect.objectContaining({ code: 'policy.same-person' }))
    expect(entries()).toEqual(['anna policy.words ok', 'anna policy.words refused policy.same-person'])
  })

  it('row 131: takes no words before it has asked this person for them, and raises no alarm', () => {
    const { ceremony, answer, entries } = begin()
    const typed = new Map(paper.map((word, place) => [place + 1, word] as const))
    const unasked = expect.objectContaining({ code: 'policy.not-reviewed' }) as Error
    expect(() => ceremony.confirm(digest, document, anna, typed)).toThrow(unasked)
    answer(anna)
    expect(() => ceremony.confirm(digest, document, ben, typed)).toThrow(unasked)
    expect(entries()).toEqual(['anna policy.words ok'])
    expect(answer(ben)).toBe(2)
  })

  it('remembers a few policies only, whatever lies on the stick', () => {
    const { ceremony, answer } = begin()
    answer(anna)
    for (let n = 0; n < 20; n += 1) ceremony.places(sha256Hex(Uint8Array.of(n)), 'ben')
    expect(answer(ben)).toBe(1)
  })
})

describe('the floor of a product', () => {
  it('is its own entry, never what every object inherits', () => {
    expect(floorOf({ pump: 7 }, 'pump')).toBe(7)
    for (const product of ['constructor', 'valueOf', '__proto__', 'other'])
      expect(floorOf({ pump: 7 }, product)).toBe(0)
  })
})
