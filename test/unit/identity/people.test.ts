// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { parseLeaf, type Leaf } from '../../../main/station/audit/leaf.ts'
import { countLeaves, readLeaves } from '../../../main/station/audit/tables.ts'
import type { Store } from '../../../main/station/store/open.ts'
import { actorOf, testIdentity, testPassword, testPeople } from '../../support/people.ts'

const entries = (store: Store): Leaf[] =>
  readLeaves(store.read, 0, countLeaves(store.read)).map(({ leaf }) => parseLeaf(leaf))

const coded = (code: string): unknown => expect.objectContaining({ code })
const newPerson = { login: 'theo', name: 'Theo Lang', password: testPassword, roles: ['technician'] } as const

const edit =
  (sql: string) =>
  (database: string): void => {
    const db = new Database(database)
    db.exec(sql)
    db.close()
  }

describe('people', () => {
  it('makes the first people without anybody signed in, each with an entry by set-up', async () => {
    const { identity, store } = await testIdentity()
    expect(identity.needsSetUp()).toBe(false)
    expect(identity.list().map(({ login, roles }) => [login, roles])).toEqual([
      ['ada', ['administrator']],
      ['olga', ['officer']],
    ])
    const made = entries(store).filter(({ action }) => action === 'person.create')
    expect(made.map(({ actor, before }) => [actor.uid, before])).toEqual([
      ['setup', null],
      ['setup', null],
    ])
  })

  it('makes first people once, and only with an administrator', async () => {
    const { identity } = await testIdentity()
    await expect(identity.setUpFirstPeople(testPeople)).rejects.toMatchObject({ code: 'person.exists' })
    await expect(identity.setUpFirstPeople([newPerson])).rejects.toMatchObject({ code: 'person.not-allowed' })
  })

  it('writes who changed what, with the values before and after and the reason', async () => {
    const { identity, store } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    const { id } = await identity.createPerson(ada, newPerson)
    identity.setRoles(ada, id, ['technician', 'auditor'], 'covers for Kim')
    identity.deactivate(ada, id, 'left the company')
    const [, roles, left] = entries(store).filter(({ object }) => object.id === id)
    expect(roles).toMatchObject({
      action: 'person.roles',
      actor: { login: 'ada', role: 'administrator' },
      reason: 'covers for Kim',
      before: { roles: ['technician'] },
      after: { roles: ['technician', 'auditor'], name: 'Theo Lang' },
    })
    expect(left).toMatchObject({ before: { active: true }, after: { active: false }, reason: 'left the company' })
    expect(JSON.stringify(entries(store))).not.toContain(testPassword)
  })

  it('keeps the deactivated with their name and never gives their login away again', async () => {
    const { identity, store } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    const { id } = await identity.createPerson(ada, newPerson)
    identity.deactivate(ada, id, 'left')
    expect(identity.list().find((person) => person.id === id)).toMatchObject({ name: 'Theo Lang', active: false })
    await expect(identity.createPerson(ada, { ...newPerson, login: 'THEO', name: 'Theo Neu' })).rejects.toMatchObject({
      code: 'person.exists',
    })
    expect(() => store.transact((tx) => tx.run('DELETE FROM person'))).toThrow(/never deleted/)
  })

  it('lets one of two equal logins win when both are made at once', async () => {
    const { identity } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    const results = await Promise.allSettled([
      identity.createPerson(ada, newPerson),
      identity.createPerson(ada, { ...newPerson, login: 'Theo' }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(identity.list()).toHaveLength(3)
  })

  it.each([
    ['a Cyrillic letter', { login: 'аdmin' }],
    ['full-width letters', { login: 'ｔｈｅｏ' }],
    ['a dotted capital I', { login: 'İris' }],
    ['a space at the end', { login: 'theo ' }],
    ['a zero-width space', { login: 'th\u200beo' }],
    ['CR LF', { login: 'theo\r\nadmin' }],
    ['a name of two scripts', { name: 'Аda Okafor' }],
    ['a name that turns the direction', { name: 'Theo \u202egnaL' }],
    ['a name with an invisible letter', { name: 'Theo\u200b Lang' }],
    ['a name without a letter', { name: '- -' }],
    ['a decomposed name', { name: 'Andre\u0301' }],
  ])('refuses %s', async (_what, more) => {
    const { identity } = await testIdentity()
    const made = identity.createPerson(actorOf(identity, 'ada'), { ...newPerson, ...more })
    const code = 'login' in more ? 'person.login-rule' : 'person.name-rule'
    await expect(made).rejects.toMatchObject({ code })
  })

  it.each(['Nguyễn Thị Lan', 'Олена Шевченко', '山田 太郎', 'Seán O’Brien', 'Anne-Marie (Nacht)', 'محمد علي'])(
    'accepts the name %s',
    async (name) => {
      const { identity } = await testIdentity()
      const made = await identity.createPerson(actorOf(identity, 'ada'), { ...newPerson, name: name.normalize('NFC') })
      expect(made.name).toBe(name.normalize('NFC'))
    },
  )

  it('refuses a name that looks like the name of somebody else', async () => {
    const { identity } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    await identity.createPerson(ada, { ...newPerson, name: 'Toma Kae' })
    const twin = identity.createPerson(ada, { ...newPerson, login: 'twin', name: 'Тома Кае' })
    await expect(twin).rejects.toMatchObject({ code: 'person.name-taken' })
  })

  it('changes no role of whoever asks, up or down (ux 65)', async () => {
    const { identity } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    await identity.createPerson(ada, { ...newPerson, roles: ['administrator'] })
    for (const roles of [['administrator', 'auditor'], ['officer'], ['technician']] as const) {
      expect(() => identity.setRoles(ada, ada.uid, roles, 'x')).toThrow(coded('person.own-role'))
    }
    expect(identity.list().find(({ id }) => id === ada.uid)?.roles).toEqual(['administrator'])
  })

  it('keeps administrator and officer apart, and somebody in each', async () => {
    const { identity } = await testIdentity()
    const [ada, olga] = [actorOf(identity, 'ada'), actorOf(identity, 'olga')]
    expect(() => identity.setRoles(ada, olga.uid, ['administrator', 'officer'], 'x')).toThrow(coded('person.two-roles'))
    expect(() => identity.setRoles(ada, olga.uid, ['technician'], 'x')).toThrow(coded('person.last-one'))
    expect(() => identity.deactivate(ada, olga.uid, 'x')).toThrow(coded('person.last-one'))
    expect(() => identity.deactivate(ada, ada.uid, 'x')).toThrow(coded('person.last-one'))
    expect(() => identity.setRoles(ada, olga.uid, [], 'x')).toThrow(coded('person.no-role'))
    expect(() => identity.setRoles(ada, 'nobody', ['auditor'], 'x')).toThrow(coded('not-found'))
    const second = await identity.createPerson(ada, { ...newPerson, roles: ['officer'] })
    identity.deactivate(ada, olga.uid, 'moved')
    expect(() => identity.deactivate(ada, second.id, 'x')).toThrow(coded('person.last-one'))
    identity.activate(ada, olga.uid, 'is back')
    expect(identity.setRoles(ada, second.id, ['technician'], 'x').roles).toEqual(['technician'])
  })

  it('renames, and brings somebody back with the roles and the password they had', async () => {
    const { identity, store } = await testIdentity()
    const ada = actorOf(identity, 'ada')
    const { id } = await identity.createPerson(ada, newPerson)
    await identity.signIn('p', 'theo', testPassword)
    expect(identity.rename(ada, id, 'Theo Lang-Meyer', 'married')).toMatchObject({ name: 'Theo Lang-Meyer' })
    expect(identity.sessionOf('p')).toBeUndefined()
    expect(() => identity.rename(ada, id, 'Olga Brandt\u200b', 'x')).toThrow(coded('person.name-rule'))
    identity.deactivate(ada, id, 'left')
    await expect(identity.signIn('p', 'theo', testPassword)).rejects.toMatchObject({ code: 'person.credentials' })
    identity.activate(ada, id, 'is back')
    expect((await identity.signIn('p', 'theo', testPassword)).session).toMatchObject({
      name: 'Theo Lang-Meyer',
      roles: ['technician'],
    })
    const acts = entries(store).filter(({ object, action }) => object.id === id && action.startsWith('person.'))
    expect(acts.map(({ action, reason }) => [action, reason])).toEqual([
      ['person.create', null],
      ['person.rename', 'married'],
      ['person.deactivate', 'left'],
      ['person.activate', 'is back'],
    ])
  })

  it('finds the accounts as they were after a restart', async () => {
    const before = await testIdentity()
    const after = before.restart()
    expect(after.identity.repaired).toBe(0)
    expect(after.identity.list()).toEqual(before.identity.list())
    await expect(after.identity.signIn('p', 'ada', testPassword)).resolves.toMatchObject({
      session: { name: 'Ada Okafor' },
    })
  })
})

describe('accounts changed outside Airlock', () => {
  it('does not honour a role that no entry granted, and says so in the log', async () => {
    const station = await testIdentity()
    const { id } = await station.identity.createPerson(actorOf(station.identity, 'ada'), newPerson)
    const { identity, store } = station.restart(edit(`UPDATE person SET roles = 'administrator' WHERE id = '${id}'`))
    expect(identity.repaired).toBe(1)
    expect((await identity.signIn('p', 'theo', testPassword)).session.roles).toEqual(['technician'])
    expect(entries(store).find(({ action }) => action === 'person.repair')).toMatchObject({
      outcome: 'failed',
      reason: 'person.mismatch',
      before: { roles: ['administrator'] },
      after: { roles: ['technician'] },
    })
  })

  it('does not accept a password whose hash was put in the place of another', async () => {
    const station = await testIdentity()
    await station.identity.createPerson(actorOf(station.identity, 'ada'), {
      ...newPerson,
      password: 'Known-To-Me-2041',
    })
    const { identity } = station.restart(
      edit(`UPDATE person SET (salt, hash) = (SELECT salt, hash FROM person WHERE login = 'theo') WHERE login = 'ada'`),
    )
    expect(identity.repaired).toBe(1)
    await expect(identity.signIn('p', 'ada', 'Known-To-Me-2041')).rejects.toMatchObject({ code: 'person.credentials' })
    await expect(identity.signIn('p', 'ada', testPassword)).rejects.toMatchObject({ code: 'person.credentials' })
  })

  it('does not accept a cost that was lowered in the row', async () => {
    const station = await testIdentity()
    const { identity } = station.restart(edit(`UPDATE person SET scrypt_n = 2 WHERE login = 'ada'`))
    await expect(identity.signIn('p', 'ada', testPassword)).rejects.toMatchObject({ code: 'person.credentials' })
  })

  it('deactivates a person whom no entry made and brings back one who was deactivated by no entry', async () => {
    const station = await testIdentity()
    const { identity } = station.restart(
      edit(`INSERT INTO person SELECT 'x', 'mallory', 'mallory', 'Mallory', 'administrator', 1,
              scrypt_n, scrypt_r, scrypt_p, salt, hash, password_set_ms, temporary FROM person WHERE login = 'ada';
            UPDATE person SET active = 0 WHERE login = 'olga'`),
    )
    expect(identity.list().map(({ login, roles, active }) => [login, roles, active])).toEqual(
      expect.arrayContaining([
        ['mallory', [], false],
        ['olga', ['officer'], true],
      ]),
    )
    await expect(identity.signIn('p', 'mallory', testPassword)).rejects.toMatchObject({ code: 'person.credentials' })
  })

  it('finds nothing to repair at the start after the one that repaired', async () => {
    const station = await testIdentity()
    const repaired = station.restart(edit(`UPDATE person SET name = 'Somebody Else' WHERE login = 'olga'`))
    expect(repaired.identity.list().map(({ name }) => name)).toContain('Olga Brandt')
    expect(repaired.restart().identity.repaired).toBe(0)
  })

  it('ignores rows that are edited while the station runs', async () => {
    const { identity, store } = await testIdentity()
    store.transact((tx) => tx.run(`UPDATE person SET roles = 'administrator officer' WHERE login = 'olga'`))
    expect((await identity.signIn('p', 'olga', testPassword)).session.roles).toEqual(['officer'])
  })

  it('gives nobody a right back by spoiling the entry that took it, however long ago', async () => {
    const station = await testIdentity()
    const ada = actorOf(station.identity, 'ada')
    const { id } = await station.identity.createPerson(ada, newPerson)
    station.identity.deactivate(ada, id, 'left')
    const seq = countLeaves(station.store.read) - 1
    for (let i = 0; i < 1100; i += 1) {
      station.audit.note({ actor: ada, action: 'job.cancel', object: { type: 't', id: 'i' }, outcome: 'ok' })
    }
    const after = station.restart(
      edit(`DROP TRIGGER audit_leaf_update;
        UPDATE audit_leaf SET leaf = CAST(replace(CAST(leaf AS TEXT), 'person.deactivate', 'xerson.deactivate') AS BLOB)
          WHERE seq = ${seq};
        UPDATE person SET active = 1 WHERE id = '${id}'`),
    )
    expect(after.identity.repaired).toBe(0)
    expect(after.audit.fault()).toMatchObject({ code: 'audit.changed', firstBad: seq })
    const change = (): unknown => after.identity.setRoles(actorOf(after.identity, 'ada'), id, ['auditor'], 'x')
    expect(change).toThrow(expect.objectContaining({ code: 'audit.read-only' }))
    // Who is here may still read, verify and export.
    await expect(after.identity.signIn('p', 'ada', testPassword)).resolves.toBeDefined()
  })

  it('writes the digest of all people again when the last one is far back', async () => {
    const station = await testIdentity()
    const ada = actorOf(station.identity, 'ada')
    for (let i = 0; i < 5000; i += 1) {
      station.audit.note({ actor: ada, action: 'job.cancel', object: { type: 't', id: 'i' }, outcome: 'ok' })
    }
    const marks = (store: Store): number => entries(store).filter(({ action }) => action === 'person.reconcile').length
    const first = station.restart()
    expect(marks(first.store)).toBe(1)
    const second = first.restart(edit(`UPDATE person SET roles = 'administrator' WHERE login = 'olga'`))
    expect(marks(second.store)).toBe(1)
    expect(second.identity.repaired).toBe(1)
    expect(second.identity.list().map(({ roles }) => roles)).toEqual([['administrator'], ['officer']])
    // Five thousand entries, each on the disk before the next: a slow or busy disk takes its time.
  }, 180_000)
})
