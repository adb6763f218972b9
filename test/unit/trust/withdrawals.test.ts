// SPDX-License-Identifier: Apache-2.0
/** Withdrawals at a site: who may ask and sign, what voids a request, how one is taken back. */
import { describe, expect, it } from 'vitest'
import { identityLimits } from '../../../main/station/identity/identity.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import {
  createWithdrawals,
  type Signer,
  type WithdrawalEffect,
  type WithdrawalTarget,
} from '../../../main/station/trust/withdrawals.ts'
import { actorOf, testIdentity, testPassword, type TestIdentity } from '../../support/people.ts'

const key = 'a'.repeat(64)
const withdraw: WithdrawalTarget = { act: 'withdraw', kind: 'key', subject: key }
const asked = { ...withdraw, what: 'Release 1', reason: 'laptop lost' }
const back = { ...asked, act: 'restore', reason: 'found again' } as const

const opened = async (made?: TestIdentity) => {
  const station = made ?? (await testIdentity(identityLimits, stationMigrations))
  const { store, audit, clock, identity } = station
  const now = { effect: { bundles: [], runs: [], devices: 0, digest: '1'.repeat(64) } satisfies WithdrawalEffect }
  const withdrawals = createWithdrawals({
    store,
    audit,
    clock,
    signatures: identity.signatures,
    effectOf: () => now.effect,
  })
  const by = async (login: string): Promise<Signer> => {
    const { session } = await identity.signIn(`port of ${login}`, login, testPassword)
    return { actor: actorOf(identity, login), proof: await identity.signatures.reauthenticate(session, testPassword) }
  }
  const ask = async (login = 'ada', what: Parameters<typeof withdrawals.ask>[1] = asked) =>
    withdrawals.ask(await by(login), what, now.effect.digest)
  const contentOf = (id: string): string => withdrawals.list().find((one) => one.id === id)?.content ?? ''
  const sign = async (login: string, id: string) =>
    withdrawals.sign(await by(login), id, contentOf(id), 'I saw the report')
  const more = (login: string, role: 'administrator' | 'officer') =>
    identity.createPerson(actorOf(identity, 'ada'), { login, name: login, password: testPassword, roles: [role] })
  const acts = () =>
    store.read.all('SELECT leaf FROM audit_leaf ORDER BY seq').flatMap((row) => {
      const leaf = JSON.parse(Buffer.from((row as { leaf: Uint8Array }).leaf).toString()) as Record<string, unknown>
      return String(leaf['action']).startsWith('withdrawal.')
        ? [[leaf['action'], leaf['outcome'], leaf['reason']].filter((said) => said !== null)]
        : []
    })
  return { ...station, now, withdrawals, by, ask, sign, more, acts, contentOf }
}

const refusal = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(() => 'done').catch(({ code }: { code: string }) => code)

describe('a withdrawal', () => {
  it('is in force when a second person has signed, both with a signature of their own, each step with an entry', async () => {
    const { ask, sign, withdrawals, acts, identity, contentOf } = await opened()
    const id = await ask()
    expect(withdrawals.inForce().keys.size).toBe(0)
    await sign('olga', id)
    expect([...withdrawals.inForce().keys]).toEqual([
      [key, { day: '2026-06-01', first: 'Ada Okafor', second: 'Olga Brandt', reason: 'laptop lost' }],
    ])
    expect(withdrawals.of('key', key)).toMatchObject({
      id,
      askedBy: 'Ada Okafor',
      askedById: actorOf(identity, 'ada').uid,
      decision: { by: 'Olga Brandt' },
    })
    const signed = identity.signatures.of({ type: 'withdrawal', id }, contentOf(id))
    expect(signed.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      { name: 'Ada Okafor', meaning: 'author', valid: true },
      { name: 'Olga Brandt', meaning: 'approved', valid: true },
    ])
    expect(acts()).toEqual([
      ['withdrawal.ask', 'ok', 'laptop lost'],
      ['withdrawal.sign', 'ok', 'I saw the report'],
    ])
  })

  it('is signed by nobody who asked, nor by two of whom none is an officer; the attempt is in the log', async () => {
    const { ask, sign, more, withdrawals, acts, by } = await opened()
    await more('arno', 'administrator')
    const id = await ask()
    expect(await refusal(sign('ada', id))).toBe('station.second-person')
    expect(await refusal(sign('arno', id))).toBe('station.second-person')
    const arno = await by('arno')
    expect(() => withdrawals.decline(arno, id, 'no')).toThrow(
      expect.objectContaining({ code: 'station.second-person' }),
    )
    expect(withdrawals.list()).toMatchObject([{ id, decision: null }])
    expect(acts().slice(1)).toEqual([
      ['withdrawal.sign', 'refused', 'station.second-person'],
      ['withdrawal.sign', 'refused', 'station.second-person'],
      ['withdrawal.decline', 'refused', 'station.second-person'],
    ])
  })

  it('may be asked for by an officer and signed by an administrator', async () => {
    const { ask, sign, withdrawals } = await opened()
    await sign('ada', await ask('olga'))
    expect(withdrawals.inForce().keys.has(key)).toBe(true)
  })

  it('is void when what it concerns has changed before it is signed; nothing is signed then', async () => {
    const { ask, sign, now, withdrawals, acts, identity, contentOf } = await opened()
    const id = await ask()
    now.effect = { ...now.effect, digest: '2'.repeat(64) }
    expect(await refusal(sign('olga', id))).toBe('station.effect-changed')
    expect(withdrawals.inForce().keys.size).toBe(0)
    expect(withdrawals.list()).toMatchObject([{ id, decision: { outcome: 'void', by: 'Olga Brandt' } }])
    expect(identity.signatures.of({ type: 'withdrawal', id }, contentOf(id))).toHaveLength(1)
    expect(acts().at(-1)).toEqual(['withdrawal.void', 'ok'])
    await sign('olga', await ask())
    expect(withdrawals.inForce().keys.has(key)).toBe(true)
  })

  it('is asked for with the effect that was shown, and signed with the content that was shown', async () => {
    const { ask, by, withdrawals } = await opened()
    const ada = await by('ada')
    expect(() => withdrawals.ask(ada, asked, '0'.repeat(64))).toThrow(
      expect.objectContaining({ code: 'station.effect-changed' }),
    )
    const id = await ask()
    const olga = await by('olga')
    expect(() => withdrawals.sign(olga, id, '0'.repeat(64), 'yes')).toThrow(
      expect.objectContaining({ code: 'station.effect-changed' }),
    )
    expect(withdrawals.list()).toMatchObject([{ id, decision: null }])
  })

  it('is taken back by two only, and the story of both stays', async () => {
    const { ask, sign, withdrawals } = await opened()
    expect(await refusal(ask('ada', back))).toBe('station.withdrawal-exists')
    await sign('olga', await ask())
    expect(await refusal(ask())).toBe('station.withdrawal-exists')
    const id = await ask('ada', back)
    expect(withdrawals.inForce().keys.has(key)).toBe(true)
    expect(await refusal(sign('ada', id))).toBe('station.second-person')
    await sign('olga', id)
    expect(withdrawals.inForce().keys.size).toBe(0)
    expect(withdrawals.list().map(({ act, decision }) => [act, decision?.outcome])).toEqual([
      ['restore', 'signed'],
      ['withdraw', 'signed'],
    ])
    await sign('olga', await ask())
    expect(withdrawals.inForce().keys.has(key)).toBe(true)
  })

  it('is declined with a reason, and asked for again; it waits once only, and is decided once', async () => {
    const { ask, sign, by, withdrawals } = await opened()
    const id = await ask()
    expect(await refusal(ask())).toBe('station.withdrawal-exists')
    withdrawals.decline(await by('olga'), id, 'the laptop is here')
    expect(await refusal(sign('olga', id))).toBe('not-found')
    expect(withdrawals.list()).toMatchObject([{ decision: { outcome: 'declined', reason: 'the laptop is here' } }])
    await sign('olga', await ask())
    expect(withdrawals.inForce().keys.has(key)).toBe(true)
  })

  it('still waits after a crash between asking and signing', async () => {
    const before = await opened()
    const id = await before.ask()
    const after = await opened(before.restart())
    expect(after.withdrawals.list()).toMatchObject([{ id, decision: null }])
    expect(after.withdrawals.inForce().keys.size).toBe(0)
    await after.sign('olga', id)
    expect((await opened(after.restart())).withdrawals.inForce().keys.has(key)).toBe(true)
  })

  it('stays for ever: no row that was decided can be changed, none removed, none signed by whoever asked', async () => {
    const { ask, sign, store } = await opened()
    const waits = await ask()
    const change = (sql: string) => () => store.transact((tx) => tx.run(sql))
    expect(change("UPDATE withdrawal SET decision = 'signed', decided_by = asked_by")).toThrow()
    await sign('olga', waits)
    for (const sql of ['DELETE FROM withdrawal', "UPDATE withdrawal SET decision = 'declined'"])
      expect(change(sql)).toThrow()
  })
})
