// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { parseLeaf, type Leaf } from '../../../main/station/audit/leaf.ts'
import { countLeaves, readLeaves } from '../../../main/station/audit/tables.ts'
import { identityLimits, type Identity } from '../../../main/station/identity/identity.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Store } from '../../../main/station/store/open.ts'
import { actorOf, testIdentity, testPassword } from '../../support/people.ts'

const entries = (store: Store, action: string): Leaf[] =>
  readLeaves(store.read, 0, countLeaves(store.read))
    .map(({ leaf }) => parseLeaf(leaf))
    .filter((leaf) => leaf.action === action)

const fail = async (identity: Identity, login: string, times: number): Promise<unknown[]> => {
  const codes = []
  for (let i = 0; i < times; i += 1) {
    codes.push(await identity.signIn('p', login, 'wrong').catch((error: { code: string }) => error.code))
  }
  return codes
}

describe('signIn', () => {
  it('gives a session to the port that asked and to no other', async () => {
    const { identity } = await testIdentity()
    const { session } = await identity.signIn('window-1', 'ada', testPassword)
    expect(identity.sessionOf('window-1')).toEqual(session)
    expect(identity.sessionOf('window-2')).toBeUndefined()
    expect(identity.sessionOf(session.id)).toBeUndefined()
  })

  it('takes the login in any case', async () => {
    const { identity } = await testIdentity()
    expect((await identity.signIn('p', 'ADA', testPassword)).session.login).toBe('ada')
  })

  it('says the same for a wrong password, an unknown login, a deactivated person and a password that is none', async () => {
    const { identity } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    const gone = await identity.createPerson(ada, {
      login: 'gone',
      name: 'Gone',
      password: testPassword,
      roles: ['auditor'],
    })
    identity.deactivate(ada, gone.id, 'left')
    const tries = [
      ['ada', 'wrong'],
      ['nobody', testPassword],
      ['gone', testPassword],
      ['ada', ''],
      ['ada', '\ud800'],
      ['ada', 'x'.repeat(1_000_000)],
    ] as const
    for (const [login, password] of tries) {
      const refused = await identity.signIn('p', login, password).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'person.credentials', details: {} })
      identity.unlock(ada, ada.uid, 'counts are another test')
    }
  })

  it('never writes the typed login of a stranger or a password into the log', async () => {
    const { identity, store } = await testIdentity()
    await identity.signIn('p', 'Secret-Typed-Here-1', 'Other-Secret-2').catch(() => undefined)
    const [entry] = entries(store, 'session.sign-in')
    expect(entry).toMatchObject({ outcome: 'refused', object: { id: 'unknown' } })
    expect(JSON.stringify(entry)).not.toMatch(/Secret/i)
  })

  it('shows the last sign-in and the last failure', async () => {
    const { identity, clock } = await testIdentity()
    await identity.signIn('p', 'ada', testPassword)
    clock.advance(60_000)
    await fail(identity, 'ada', 1)
    clock.advance(60_000)
    const { last } = await identity.signIn('p', 'ada', testPassword)
    expect(last).toEqual({
      lastSignIn: Date.parse('2026-06-01T12:00:00Z'),
      lastFailure: Date.parse('2026-06-01T12:01:00Z'),
    })
  })

  it('reads a password typed on another keyboard', async () => {
    const { identity } = await testIdentity()
    const person = { login: 'eva', name: 'Eva', password: 'Cafe\u0301-Creme-19', roles: ['auditor'] } as const
    await identity.createPerson(actorOf(identity, 'ada'), person)
    await expect(identity.signIn('p', 'eva', 'Caf\u00e9-Creme-19')).resolves.toBeDefined()
  })

  it('changes a password after the old one was given, and not to the same', async () => {
    const { identity } = await testIdentity()
    const { session } = await identity.signIn('p', 'ada', testPassword)
    await expect(identity.changePassword('p', session, testPassword, testPassword)).rejects.toMatchObject({
      code: 'person.password-used',
    })
    await expect(identity.changePassword('p', session, 'wrong', 'New-Copper-Esel-9')).rejects.toMatchObject({
      code: 'person.credentials',
    })
    await identity.changePassword('p', session, testPassword, 'New-Copper-Esel-9')
    await expect(identity.signIn('p', 'ada', testPassword)).rejects.toMatchObject({ code: 'person.credentials' })
    await expect(identity.signIn('p', 'ada', 'New-Copper-Esel-9')).resolves.toBeDefined()
  })
})

describe('lock after failures', () => {
  it('locks after five, for a known login and for a stranger alike', async () => {
    const { identity } = await testIdentity()
    const expected = [...Array<string>(4).fill('person.credentials'), ...Array<string>(3).fill('person.locked')]
    expect(await fail(identity, 'ada', 7)).toEqual(expected)
    expect(await fail(identity, 'nobody', 7)).toEqual(expected)
    await expect(identity.signIn('p', 'ada', testPassword)).rejects.toMatchObject({ code: 'person.locked' })
  })

  it('says from the third wrong password on how many tries are left, to a stranger too', async () => {
    const { identity } = await testIdentity()
    const left = async (login: string): Promise<unknown[]> => {
      const said = []
      for (let i = 0; i < 5; i += 1) {
        const error: unknown = await identity.signIn('p', login, 'wrong').catch((caught: unknown) => caught)
        said.push(error instanceof AirlockError ? (error.details['left'] ?? error.code) : error)
      }
      return said
    }
    const expected = ['person.credentials', 'person.credentials', 2, 1, 'person.locked']
    expect([await left('ada'), await left('nobody')]).toEqual([expected, expected])
    expect(identity.list().map(({ login, locked }) => [login, locked])).toEqual([
      ['ada', true],
      ['olga', false],
    ])
  })

  it('ends after its period and counts what was refused meanwhile in one entry', async () => {
    const { identity, clock, store } = await testIdentity()
    await fail(identity, 'ada', 105)
    expect(entries(store, 'session.sign-in')).toHaveLength(5)
    clock.advance(identityLimits.lock)
    await identity.signIn('p', 'ada', testPassword)
    expect(entries(store, 'session.sign-in').at(-1)).toMatchObject({
      outcome: 'ok',
      after: { refused_while_locked: 100 },
    })
  })

  it('is not shortened by setting the clock or by a restart', async () => {
    const station = await testIdentity()
    await fail(station.identity, 'ada', 5)
    station.clock.set('2036-01-01T00:00:00Z')
    await expect(station.identity.signIn('p', 'ada', testPassword)).rejects.toMatchObject({ code: 'person.locked' })
    station.clock.advance(identityLimits.lock - 1000)
    const { identity, clock } = station.restart()
    clock.advance(identityLimits.lock - 1000)
    await expect(identity.signIn('p', 'ada', testPassword)).rejects.toMatchObject({ code: 'person.locked' })
    clock.advance(1000)
    await expect(identity.signIn('p', 'ada', testPassword)).resolves.toBeDefined()
  })

  it('remembers failures over a restart', async () => {
    const station = await testIdentity()
    await fail(station.identity, 'ada', 4)
    expect(await fail(station.restart().identity, 'ada', 2)).toEqual(['person.locked', 'person.locked'])
  })

  it('is ended early by an administrator, with a reason', async () => {
    const { identity, store } = await testIdentity()
    await fail(identity, 'olga', 5)
    const { uid } = actorOf(identity, 'olga')
    identity.unlock(actorOf(identity, 'ada'), uid, 'forgot it over the holidays')
    await expect(identity.signIn('p', 'olga', testPassword)).resolves.toBeDefined()
    expect(entries(store, 'session.unlock')).toMatchObject([
      { reason: 'forgot it over the holidays', object: { id: uid } },
    ])
  })

  it('counts a burst of tries one by one and refuses what the queue cannot hold', async () => {
    const { identity } = await testIdentity()
    const tries = Array.from({ length: 200 }, () => identity.signIn('p', 'ada', 'wrong'))
    const codes = (await Promise.allSettled(tries)).map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'ok',
    )
    const count = (code: string): number => codes.filter((one) => one === code).length
    expect(count('person.credentials')).toBe(4)
    expect(count('person.locked')).toBe(identityLimits.queue - 4)
    expect(count('call.rate')).toBe(200 - identityLimits.queue)
  })
})

describe('sessions', () => {
  it('end at sign-out, with an entry', async () => {
    const { identity, store } = await testIdentity()
    const { session } = await identity.signIn('p', 'ada', testPassword)
    identity.signOut('p')
    expect(identity.sessionOf('p')).toBeUndefined()
    expect(entries(store, 'session.end')).toMatchObject([{ session: session.id, reason: 'signed-out' }])
  })

  it('say whether they are open still, which is no act of the person', async () => {
    const { identity, clock } = await testIdentity()
    const { session } = await identity.signIn('p', 'ada', testPassword)
    clock.advance(identityLimits.idle - 1)
    expect([identity.isOpen('p', session), identity.isOpen('q', session)]).toEqual([true, false])
    clock.advance(1)
    expect(identity.isOpen('p', session)).toBe(false)
    const again = await identity.signIn('p', 'ada', testPassword)
    expect([identity.isOpen('p', session), identity.isOpen('p', again.session)]).toEqual([false, true])
    identity.signOut('p')
    expect(identity.isOpen('p', again.session)).toBe(false)
  })

  it('end when nobody acts, by whichever clock says so', async () => {
    const { identity, clock } = await testIdentity()
    await identity.signIn('p', 'ada', testPassword)
    clock.advance(identityLimits.idle - 1)
    expect(identity.sessionOf('p')).toBeDefined()
    clock.advance(identityLimits.idle - 1)
    expect(identity.sessionOf('p')).toBeDefined()
    clock.advance(identityLimits.idle)
    expect(identity.sessionOf('p')).toBeUndefined()
    await identity.signIn('p', 'ada', testPassword)
    // The machine slept: the counter stood still, the clock did not.
    clock.set('2026-06-08T12:00:00Z')
    expect(identity.sessionOf('p')).toBeUndefined()
  })

  it('end after a shift however busy', async () => {
    const { identity, clock, store } = await testIdentity()
    await identity.signIn('p', 'ada', testPassword)
    for (let passed = 0; passed < identityLimits.session; passed += 60_000) {
      expect(identity.sessionOf('p')).toBeDefined()
      clock.advance(60_000)
    }
    expect(identity.sessionOf('p')).toBeUndefined()
    expect(entries(store, 'session.end')).toMatchObject([{ reason: 'limit' }])
  })

  it('are one for each person: signing in elsewhere ends the first', async () => {
    const { identity, store } = await testIdentity()
    await identity.signIn('window-1', 'ada', testPassword)
    await identity.signIn('window-2', 'ada', testPassword)
    expect(identity.sessionOf('window-1')).toBeUndefined()
    expect(identity.sessionOf('window-2')).toBeDefined()
    expect(entries(store, 'session.end')).toMatchObject([{ reason: 'replaced' }])
  })

  it('end at once when roles change or the person is deactivated', async () => {
    const { identity } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    await identity.createPerson(ada, { login: 'piet', name: 'Piet', password: testPassword, roles: ['officer'] })
    const olga = actorOf(identity, 'olga')
    await identity.signIn('p', 'olga', testPassword)
    identity.setRoles(ada, olga.uid, ['auditor'], 'moved')
    expect(identity.sessionOf('p')).toBeUndefined()
    await identity.signIn('p', 'olga', testPassword)
    identity.deactivate(ada, olga.uid, 'left')
    expect(identity.sessionOf('p')).toBeUndefined()
  })

  it('do not survive a restart', async () => {
    const station = await testIdentity()
    await station.identity.signIn('p', 'ada', testPassword)
    expect(station.restart().identity.sessionOf('p')).toBeUndefined()
  })
})

describe('a password that has to be changed', () => {
  const given = 'Given-Lantern-88'
  const own = 'Chosen-Harbor-31'

  it('is one that somebody else gave: the session owes a new one, then owes nothing', async () => {
    const { identity, store } = await testIdentity()
    const [ada, olga] = [actorOf(identity, 'ada'), actorOf(identity, 'olga')]
    await identity.signIn('p', 'olga', testPassword)
    await identity.resetPassword(ada, olga.uid, given, 'forgotten')
    expect(identity.sessionOf('p')).toBeUndefined()
    const { session } = await identity.signIn('p', 'olga', given)
    expect(session.owes).toBe('temporary')
    expect(identity.list().find(({ login }) => login === 'olga')).toMatchObject({ temporary: true })
    await identity.changePassword('p', session, given, own)
    expect(identity.sessionOf('p')).toMatchObject({ id: session.id })
    expect(identity.sessionOf('p')?.owes).toBeUndefined()
    expect((await identity.signIn('p', 'olga', own)).session.owes).toBeUndefined()
    expect(entries(store, 'person.password')).toMatchObject([
      { actor: { login: 'ada' }, reason: 'forgotten', object: { id: olga.uid } },
      { actor: { login: 'olga' }, reason: 'own', object: { id: olga.uid } },
    ])
  })

  it('is not forgotten over a restart, nor by taking the mark out of the row', async () => {
    const station = await testIdentity()
    const [ada, olga] = [actorOf(station.identity, 'ada'), actorOf(station.identity, 'olga')]
    await station.identity.resetPassword(ada, olga.uid, given, 'forgotten')
    const again = station.restart()
    expect(again.identity.repaired).toBe(0)
    expect((await again.identity.signIn('p', 'olga', given)).session.owes).toBe('temporary')
    const edited = again.restart((database) => {
      const db = new Database(database)
      db.exec('UPDATE person SET temporary = 0')
      db.close()
    })
    expect(edited.identity.repaired).toBe(1)
    await expect(edited.identity.signIn('p', 'olga', given)).rejects.toMatchObject({ code: 'person.credentials' })
  })

  it('is one that is older than a year', async () => {
    const { identity, clock } = await testIdentity()
    clock.advance(identityLimits.passwordAge - 1000)
    const { session } = await identity.signIn('p', 'ada', testPassword)
    expect(session.owes).toBeUndefined()
    clock.advance(1000)
    // Nobody is interrupted in the middle of their work.
    identity.signOut('p')
    const late = (await identity.signIn('p', 'ada', testPassword)).session
    expect(late.owes).toBe('ended')
    await identity.changePassword('p', late, testPassword, own)
    expect((await identity.signIn('p', 'ada', own)).session.owes).toBeUndefined()
  })

  it('is none of the last four', async () => {
    const { identity, clock } = await testIdentity()
    const { session } = await identity.signIn('p', 'ada', testPassword)
    const wanted = ['Chosen-Harbor-31', 'Chosen-Harbor-32', 'Chosen-Harbor-33', 'Chosen-Harbor-34']
    let now = testPassword
    for (const next of wanted) {
      clock.advance(1000)
      await expect(identity.changePassword('p', session, now, testPassword)).rejects.toMatchObject({
        code: 'person.password-used',
      })
      await identity.changePassword('p', session, now, next)
      now = next
    }
    await identity.changePassword('p', session, now, testPassword)
  })

  it('cannot be given by somebody to themselves', async () => {
    const { identity } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    await expect(identity.resetPassword(ada, ada.uid, given, 'x')).rejects.toMatchObject({ code: 'person.not-allowed' })
  })
})
