// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createOverrides, noteUse, type Asked } from '../../../main/station/trust/overrides.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { openTestLog, testLogKey } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const tess = { uid: 'u1', login: 'tess', name: 'Tess', role: 'technician officer' }
const olga = { uid: 'u2', login: 'olga', name: 'Olga', role: 'officer' }
const day = 86_400_000
const [bundle, policy] = ['b'.repeat(64), 'c'.repeat(64)]
const forBundle: Asked = { kind: 'bundle-expired', subject: bundle, what: 'pump 2.0.0', entry: 7, reason: 'no stick' }
const forPolicy: Asked = { kind: 'policy-expired', subject: policy, what: '3', entry: 8, reason: 'on its way' }
const yes = { granted: true, reason: 'asked the makers' }

const opened = () => {
  const clock = testClock()
  const log = openTestLog(tempFolder(), testLogKey(), clock, stationMigrations)
  const acts = () =>
    log.store.read.all('SELECT leaf FROM audit_leaf ORDER BY seq').flatMap((row) => {
      const leaf = JSON.parse(Buffer.from((row as { leaf: Uint8Array }).leaf).toString()) as Record<string, unknown>
      return String(leaf['action']).startsWith('override.') ? [[leaf['action'], leaf['outcome'], leaf['reason']]] : []
    })
  return { clock, log, acts, overrides: createOverrides({ store: log.store, audit: log.audit, clock }) }
}

describe('an exception', () => {
  it('counts when another person grants it, each step with an entry', () => {
    const { overrides, clock, acts } = opened()
    const id = overrides.ask(tess, forBundle)
    expect(overrides.inForce(policy, clock.now()).bundles.size).toBe(0)
    overrides.decide(olga, id, yes)
    expect([...overrides.inForce(policy, clock.now()).bundles]).toEqual([[bundle, id]])
    expect(overrides.list()).toEqual([
      {
        id,
        ...forBundle,
        askedBy: 'Tess',
        askedById: tess.uid,
        askedAt: clock.now(),
        decision: { granted: true, by: 'Olga', at: clock.now(), reason: yes.reason },
        until: null,
      },
    ])
    expect(acts()).toEqual([
      ['override.ask', 'ok', forBundle.reason],
      ['override.grant', 'ok', yes.reason],
    ])
  })

  it.each([true, false])('is not decided by whoever asked, and the attempt is in the log (granted: %s)', (granted) => {
    const { overrides, clock, acts } = opened()
    const id = overrides.ask(tess, forBundle)
    expect(() => overrides.decide(tess, id, { ...yes, granted })).toThrow(
      expect.objectContaining({ code: 'station.second-person' }),
    )
    expect(overrides.inForce(policy, clock.now()).bundles.size).toBe(0)
    expect(overrides.list()).toMatchObject([{ id, decision: null }])
    expect(acts().at(-1)).toEqual([`override.${granted ? 'grant' : 'decline'}`, 'refused', 'station.second-person'])
  })

  it('is decided once', () => {
    const { overrides } = opened()
    const id = overrides.ask(tess, forBundle)
    overrides.decide(olga, id, { granted: false, reason: 'a newer one is here' })
    expect(() => overrides.decide(olga, id, yes)).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(overrides.list()).toMatchObject([{ decision: { granted: false } }])
  })

  it('is asked for once, and again after it was declined', () => {
    const { overrides } = opened()
    const again = () => overrides.ask(tess, forBundle)
    const first = again()
    expect(again).toThrow(expect.objectContaining({ code: 'station.exception-exists' }))
    overrides.decide(olga, first, { granted: false, reason: 'no' })
    overrides.decide(olga, again(), yes)
    expect(again).toThrow(expect.objectContaining({ code: 'station.exception-exists' }))
  })

  it('for a policy counts for this policy, and for 30 days', () => {
    const { overrides, clock } = opened()
    const id = overrides.ask(tess, forPolicy)
    overrides.decide(olga, id, yes)
    const granted = clock.now()
    expect(overrides.inForce(policy, granted + 30 * day).policy).toBe(id)
    expect(overrides.inForce(policy, granted + 30 * day + 1).policy).toBeUndefined()
    expect(overrides.inForce('d'.repeat(64), granted).policy).toBeUndefined()
    expect(overrides.inForce(policy, granted).bundles.size).toBe(0)
    clock.set(new Date(granted + 31 * day).toISOString())
    expect(overrides.ask(tess, forPolicy)).not.toBe(id)
  })

  it('stays for ever: no row of it can be changed or removed', () => {
    const { overrides, log } = opened()
    const id = overrides.ask(tess, forBundle)
    overrides.decide(olga, id, yes)
    for (const sql of ['DELETE FROM override', "UPDATE override SET decided_name = 'Nobody'"])
      expect(() => log.store.transact((tx) => tx.run(sql))).toThrow()
    expect(overrides.list()).toMatchObject([{ id, decision: { by: 'Olga' } }])
  })

  it('stands beside the bundles that came in by it', () => {
    const { overrides, log } = opened()
    const id = overrides.ask(tess, forPolicy)
    overrides.decide(olga, id, yes)
    log.store.transact((tx) => {
      tx.run(
        "INSERT INTO bundle VALUES (?, 'id', 'acme', 'pump', 'production', '2.0.0', 3, 1, 0, x'00', 'f', 'm', 0, 'u1')",
        bundle,
      )
      noteUse(tx, bundle, [id])
    })
    expect(overrides.usedFor(bundle)).toMatchObject([{ id, askedBy: 'Tess', decision: { by: 'Olga' } }])
    expect(overrides.usedFor('0'.repeat(64))).toEqual([])
  })
})
