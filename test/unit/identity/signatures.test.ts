// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../main/station/audit/entry.ts'
import { identityLimits } from '../../../main/station/identity/identity.ts'
import type { Reauthentication, SignatureRecord } from '../../../main/station/identity/session.ts'
import { actorOf, testIdentity, testPassword, type TestIdentity } from '../../support/people.ts'

const object = { type: 'export', id: 'e-1' }
const digest = 'ab'.repeat(32)

const entry: AuditEntry = {
  actor: { uid: 'x', login: 'x', name: 'x', role: 'officer' },
  action: 'export.approve',
  object,
  outcome: 'ok',
}

const sign = ({ audit, identity }: TestIdentity, proof: Reauthentication, requestedBy?: string): SignatureRecord => {
  const what = {
    meaning: 'approved',
    object,
    contentDigest: digest,
    ...(requestedBy === undefined ? {} : { requestedBy }),
  } as const
  return audit.change(entry, (tx) => identity.signatures.sign(tx, proof, what)).result
}

const proofFor = async ({ identity }: TestIdentity, login = 'olga'): Promise<Reauthentication> => {
  const { session } = await identity.signIn('p', login, testPassword)
  return identity.signatures.reauthenticate(session, testPassword)
}

describe('signatures', () => {
  it('say who, when by UTC and local offset, and what it means', async () => {
    const station = await testIdentity()
    const record = sign(station, await proofFor(station))
    const { uid } = actorOf(station.identity, 'olga')
    expect(record).toMatchObject({
      personId: uid,
      name: 'Olga Brandt',
      meaning: 'approved',
      signedAt: Date.parse('2026-06-01T12:00:00Z'),
      zoneOffset: 0,
      object,
      contentDigest: digest,
    })
    expect(station.identity.signatures.of(object, digest)).toEqual([{ ...record, valid: true }])
  })

  it('show invalid when one byte of the content changed, and do not count for another object', async () => {
    const station = await testIdentity()
    sign(station, await proofFor(station))
    const { signatures } = station.identity
    expect(signatures.of(object, `ac${digest.slice(2)}`).map(({ valid }) => valid)).toEqual([false])
    expect(signatures.of({ type: 'export', id: 'e-2' }, digest)).toEqual([])
  })

  it('take a proof once', async () => {
    const station = await testIdentity()
    const proof = await proofFor(station)
    sign(station, proof)
    expect(() => sign(station, proof)).toThrow(expect.objectContaining({ code: 'person.signed-out' }))
    expect(station.identity.signatures.of(object, digest)).toHaveLength(1)
  })

  it('take no proof that is old, invented or of another session', async () => {
    const station = await testIdentity()
    const refused: unknown = expect.objectContaining({ code: 'person.signed-out' })
    const old = await proofFor(station)
    station.clock.advance(identityLimits.proof + 1)
    expect(() => sign(station, old)).toThrow(refused)
    const fresh = await proofFor(station)
    expect(() => sign(station, { ...fresh, nonce: 'made-up' })).toThrow(refused)
    const other = await station.identity.signIn('q', 'ada', testPassword)
    expect(() => sign(station, { ...fresh, session: other.session })).toThrow(refused)
  })

  it('are refused to the person who asked for the act', async () => {
    const station = await testIdentity()
    const { uid } = actorOf(station.identity, 'olga')
    const proof = await proofFor(station)
    expect(() => sign(station, proof, uid)).toThrow(expect.objectContaining({ code: 'export.same-person' }))
    expect(station.identity.signatures.of(object, digest)).toEqual([])
    const other = await proofFor(station, 'ada')
    expect(sign(station, other, uid).name).toBe('Ada Okafor')
  })

  it('need the password, and wrong ones lock', async () => {
    const station = await testIdentity()
    const { session } = await station.identity.signIn('p', 'olga', testPassword)
    for (let i = 0; i < 4; i += 1) {
      const wrong = station.identity.signatures.reauthenticate(session, 'wrong')
      await expect(wrong).rejects.toMatchObject({ code: 'person.credentials' })
    }
    const fifth = station.identity.signatures.reauthenticate(session, 'wrong')
    await expect(fifth).rejects.toMatchObject({ code: 'person.locked' })
    const right = station.identity.signatures.reauthenticate(session, testPassword)
    await expect(right).rejects.toMatchObject({ code: 'person.locked' })
  })

  it('cannot be changed or removed in the table', async () => {
    const station = await testIdentity()
    sign(station, await proofFor(station))
    for (const sql of ["UPDATE signature SET meaning = 'rejected'", 'DELETE FROM signature']) {
      expect(() => station.store.transact((tx) => tx.run(sql))).toThrow(/append only/)
    }
  })
})
