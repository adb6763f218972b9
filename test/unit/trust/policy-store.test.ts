// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import type { Actor } from '../../../main/station/audit/entry.ts'
import { auditMigration } from '../../../main/station/store/migrations/0001-audit.ts'
import { trust } from '../../../main/station/store/migrations/0004-trust.ts'
import { sha256Hex } from '../../../main/station/trust/certificate.ts'
import { fingerprintOf } from '../../../main/station/trust/fingerprint.ts'
import {
  insertPolicy,
  openTrustStore,
  type AcceptedDocument,
  type Confirmation,
  type TrustStore,
} from '../../../main/station/trust/policy-store.ts'
import { openTestLog, testLogKey, type TestLog } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'
import { testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const actor = (login: string): Actor => ({ uid: login, login, name: login, role: 'officer' })
const [anna, ben] = [actor('anna'), actor('ben')]
const policyBytes = (version: number): Uint8Array => canonicalBytes({ ...testPki().policy, version })
const document = (version: number, signedAt = 1000) => ({ manifest: policyBytes(version), signedAt })
const recallBytes = (version: number): Uint8Array =>
  canonicalBytes({ kind: 'airlock.recall', schema: 1, version, issuedAt: '2026-05-01T00:00:00Z', entries: [] })

// The tables of the layers between do not matter here, but migrations count without gaps.
const between = [2, 3].map((id) => ({ id, name: `${id}`, sql: 'SELECT 1' }))

const open = (): { log: TestLog; store: TrustStore; put: (given: AcceptedDocument) => void } => {
  const clock = testClock()
  const log = openTestLog(tempFolder(), testLogKey(), clock, [auditMigration, ...between, trust])
  const put = (given: AcceptedDocument): void => log.store.transact((tx) => insertPolicy(tx, given, 0))
  return { log, store: openTrustStore({ ...log, clock }), put }
}

const answer = (who: Actor, manifest: Uint8Array, places = [0, 3, 5, 11]): Confirmation => {
  const words = fingerprintOf(sha256Hex(manifest))
  return { actor: who, places, words: places.map((place) => words[place] ?? '') }
}

describe('the trust store', () => {
  it('has nothing in force before the first policy', () => {
    const { store } = open()
    expect(store.policy()).toBeUndefined()
    expect(store.recall()).toBeUndefined()
    expect(store.lastSignedTime()).toBeUndefined()
  })

  it('131: takes a first policy that two people compared, and writes it down', () => {
    const { log, store } = open()
    const first = document(7)
    store.confirmFirstPolicy(first, [answer(anna, first.manifest), answer(ben, first.manifest, [1, 2, 3, 4])])
    expect(store.policy()).toEqual({ policy: { ...testPki().policy, version: 7 }, digest: sha256Hex(first.manifest) })
    expect(store.lastSignedTime()).toBe(1000)
    const { leaf } = log.audit.prove(log.audit.head().size - 1)
    expect(JSON.parse(Buffer.from(leaf).toString())).toMatchObject({
      action: 'policy.confirm',
      outcome: 'ok',
      object: { type: 'trust-policy', id: sha256Hex(first.manifest) },
    })
  })

  it('131: refuses words of another policy, one person twice, too few places, a second first policy', () => {
    const { log, store } = open()
    const [first, other] = [document(1), document(2)]
    const good = answer(anna, first.manifest)
    const refuse = (second: Confirmation, code: string): void => {
      expect(() => store.confirmFirstPolicy(first, [good, second])).toThrow(code)
      expect(store.policy()).toBeUndefined()
    }
    const before = log.audit.head().size
    refuse(answer(ben, other.manifest), 'policy.fingerprint')
    expect(log.audit.head().size).toBe(before + 1)
    refuse(answer(anna, first.manifest), 'policy.same-person')
    refuse(answer(ben, first.manifest, [1, 2, 3]), 'policy.fingerprint')
    refuse(answer(ben, first.manifest, [1, 1, 1, 1]), 'policy.fingerprint')
    store.confirmFirstPolicy(first, [good, answer(ben, first.manifest)])
    expect(() => store.confirmFirstPolicy(other, [answer(anna, other.manifest), answer(ben, other.manifest)])).toThrow(
      'policy.equivocation',
    )
  })

  it('puts steps and recall lists in force, and keeps the newest signing time', () => {
    const { store, put } = open()
    put(document(1, 5000))
    put(document(2, 9000))
    store.acceptRecall({ manifest: recallBytes(3), signedAt: 7000 }, anna)
    expect(store.policy()?.policy.version).toBe(2)
    expect(store.recall()?.list.version).toBe(3)
    expect(store.lastSignedTime()).toBe(9000)
  })

  it('never takes a lower version, whoever asks; the log says nothing of it then', () => {
    const { log, store, put } = open()
    put(document(2))
    store.acceptRecall({ manifest: recallBytes(3), signedAt: 7000 }, anna)
    const { size } = log.audit.head()
    expect(() => put(document(1))).toThrow()
    expect(() => put(document(2))).toThrow()
    expect(() => store.acceptRecall({ manifest: recallBytes(2), signedAt: 7000 }, anna)).toThrow()
    expect(log.audit.head().size).toBe(size)
    expect(() => log.store.transact((tx) => tx.run('DELETE FROM trust_policy'))).toThrow('append only')
    expect(() => log.store.transact((tx) => tx.run('UPDATE trust_policy SET version = 9'))).toThrow('append only')
  })

  it('finds stored bytes that were changed', () => {
    const { log, store, put } = open()
    put(document(1))
    log.store.transact((tx) => {
      tx.run('DROP TRIGGER trust_policy_update')
      tx.run('UPDATE trust_policy SET manifest = ?', policyBytes(2))
    })
    expect(() => store.policy()).toThrow('policy.equivocation')
  })
})
