// SPDX-License-Identifier: Apache-2.0
/** A new policy waits for a second person; what it takes away waits for nobody. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { identityLimits } from '../../../main/station/identity/identity.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { insertPolicy, openTrustStore } from '../../../main/station/trust/policy-store.ts'
import { createWaitingPolicies } from '../../../main/station/trust/waiting-policies.ts'
import { actorOf, testIdentity, testPassword, type TestIdentity } from '../../support/people.ts'
import { testPki } from '../../support/pki.ts'

const document = (version: number, changes: Partial<TrustPolicy> = {}) => ({
  manifest: canonicalBytes({ ...testPki().policy, version, ...changes }),
  signedAt: 1000 * version,
})
const lost = [{ spki: testPki().release.spki, reason: 'lost' }]

const opened = async (made?: TestIdentity) => {
  const station = made ?? (await testIdentity(identityLimits, stationMigrations))
  const { store, audit, clock, identity } = station
  const trust = openTrustStore({ store, audit, clock })
  const waiting = createWaitingPolicies({ store, audit, clock, trust, signatures: identity.signatures })
  if (made === undefined) store.transact((tx) => insertPolicy(tx, document(1), 0))
  const by = async (login: string) => {
    const { session } = await identity.signIn(`port of ${login}`, login, testPassword)
    return { actor: actorOf(identity, login), proof: await identity.signatures.reauthenticate(session, testPassword) }
  }
  const bring = (login: string, given = document(2)) => waiting.hold(given, actorOf(identity, login), 'job')
  const content = () => waiting.waiting()?.content ?? ''
  const sign = async (login: string) => waiting.sign(await by(login), content(), 'compared with the letter')
  const decline = async (login: string) => waiting.decline(await by(login), content(), 'nobody told us')
  const version = () => trust.policy()?.policy.version
  const less = () => waiting.lessTakenAway(trust.policy() ?? { policy: testPki().policy, digest: '' })
  const acts = () =>
    store.read.all('SELECT leaf FROM audit_leaf ORDER BY seq').flatMap((row) => {
      const leaf = JSON.parse(Buffer.from((row as { leaf: Uint8Array }).leaf).toString()) as Record<string, unknown>
      return String(leaf['action']).startsWith('policy.')
        ? [`${String(leaf['action'])} ${String(leaf['outcome'])}`]
        : []
    })
  return { ...station, trust, waiting, by, bring, sign, decline, version, less, acts, content }
}

const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(() => 'done').catch(({ code }: { code: string }) => code)

describe('a new policy', () => {
  it('is in force when a second person has signed, with one entry; several steps are signed as one', async () => {
    const { bring, sign, version, waiting, acts, identity } = await opened()
    bring('ada')
    bring('ada', document(3))
    expect(version()).toBe(1)
    expect(waiting.reached()?.policy.version).toBe(3)
    expect(waiting.waiting()).toMatchObject({
      broughtBy: 'Ada Okafor',
      broughtById: actorOf(identity, 'ada').uid,
      signers: ['officer'],
    })
    await sign('olga')
    expect(version()).toBe(3)
    expect(waiting.waiting()).toBeUndefined()
    expect(acts()).toEqual(['policy.bring ok', 'policy.bring ok', 'policy.step ok'])
  })

  it('is not signed by whoever brought its newest step, nor by two of whom none is an officer', async () => {
    const { bring, sign, version, acts, identity } = await opened()
    await identity.createPerson(actorOf(identity, 'ada'), {
      login: 'arno',
      name: 'Arno',
      password: testPassword,
      roles: ['administrator'],
    })
    bring('ada')
    expect(await refusal(sign('ada'))).toBe('station.second-person')
    expect(await refusal(sign('arno'))).toBe('station.second-person')
    bring('olga', document(3))
    expect(await refusal(sign('olga'))).toBe('station.second-person')
    expect(version()).toBe(1)
    expect(acts().filter((act) => act === 'policy.step refused')).toHaveLength(3)
    // Whoever brought the step before is another person than the one who brought them all.
    await sign('ada')
    expect(version()).toBe(3)
  })

  it('that an officer brought is signed by an administrator', async () => {
    const { bring, sign, version } = await opened()
    bring('olga')
    await sign('ada')
    expect(version()).toBe(2)
  })

  it('is signed as it was shown: a further step in between is another content', async () => {
    const { bring, by, content, waiting, version } = await opened()
    bring('ada')
    const shown = content()
    bring('ada', document(3))
    const olga = await by('olga')
    expect(() => waiting.sign(olga, shown, 'seen')).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(version()).toBe(1)
  })

  it('takes away at once: revoked keys and raised floors count while it waits, and after it was declined', async () => {
    const { bring, decline, less, version, waiting } = await opened()
    expect(less()).toEqual(testPki().policy)
    bring('ada', document(2, { revokedKeys: lost, counters: { pump: 4 }, expires: '2034-01-01T00:00:00Z' }))
    const { revokedKeys, counters, expires } = less()
    expect({ revokedKeys, counters }).toEqual({ revokedKeys: lost, counters: { pump: 4 } })
    expect(expires).toBe(testPki().policy.expires)
    await decline('olga')
    expect(waiting.reached()?.policy.version).toBe(1)
    expect([version(), less().revokedKeys]).toEqual([1, lost])
  })

  it('that lowers what another one raised lowers nothing before it is in force', async () => {
    const { bring, sign, less } = await opened()
    bring('ada', document(2, { counters: { pump: 4 } }))
    bring('ada', document(3, { counters: { pump: 2 }, weakens: ['counter:pump'] }))
    expect(less().counters).toEqual({ pump: 4 })
    await sign('olga')
    expect(less().counters).toEqual({ pump: 2 })
  })

  it('that was declined may be brought again, and another of its version may come instead', async () => {
    const { bring, decline, sign, trust } = await opened()
    bring('ada')
    await decline('olga')
    bring('ada', document(2, { graceDays: 7 }))
    await sign('olga')
    expect(trust.policy()?.policy).toMatchObject({ version: 2, graceDays: 7 })
  })

  it('still waits after a crash', async () => {
    const before = await opened()
    before.bring('ada')
    const after = await opened(before.restart())
    expect([after.version(), after.waiting.reached()?.policy.version]).toEqual([1, 2])
    await after.sign('olga')
    expect((await opened(after.restart())).version()).toBe(2)
  })

  it('stays in the file for ever, as it was decided', async () => {
    const { bring, sign, store } = await opened()
    bring('ada')
    await sign('olga')
    for (const sql of ['DELETE FROM trust_policy_waiting', 'UPDATE trust_policy_waiting SET decision = NULL'])
      expect(() => store.transact((tx) => tx.run(sql))).toThrow()
  })
})
