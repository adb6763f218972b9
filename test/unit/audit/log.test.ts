// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../../main/station/audit/checkpoint.ts'
import { stationActor, type AuditEntry } from '../../../main/station/audit/entry.ts'
import { parseLeaf } from '../../../main/station/audit/leaf.ts'
import { leafHash, verifyInclusion } from '../../../main/station/audit/merkle.ts'
import { readLeaves } from '../../../main/station/audit/tables.ts'
import { testClock } from '../../support/clock.ts'
import { testLog } from '../../support/audit.ts'

const entry = (id: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: stationActor,
  action: 'job.cancel',
  object: { type: 'thing', id },
  outcome: 'ok',
  ...more,
})

describe('createAuditLog', () => {
  it('starts with a genesis entry that names the key', () => {
    const { audit, key } = testLog()
    const genesis = parseLeaf(audit.prove(0).leaf)
    expect(audit.head().size).toBe(1)
    expect(genesis.action).toBe('log.genesis')
    expect(genesis.after).toEqual({ vkey: key.note.vkey, epoch: 1 })
  })

  it('writes a change and its entry together and signs the head that covers both', () => {
    const { audit, store, key } = testLog()
    store.transact((tx) => tx.run('CREATE TABLE thing (id TEXT) STRICT'))
    const recorded = audit.change(
      (rows: number) => entry('a', { after: { rows } }),
      (tx) => tx.run("INSERT INTO thing VALUES ('a')"),
    )
    expect(recorded).toMatchObject({ result: 1, seq: 1 })
    const opened = openCheckpoint(audit.head().note, key.note)
    expect(opened).toMatchObject({ ok: true, checkpoint: { size: 2, root: audit.head().root } })
    expect(parseLeaf(audit.prove(1).leaf)).toMatchObject({ id: recorded.entryId, after: { rows: 1 } })
  })

  it('undoes the change when its entry cannot be a leaf', () => {
    const { audit, store } = testLog()
    store.transact((tx) => tx.run('CREATE TABLE thing (id TEXT) STRICT'))
    const spoilt = (): unknown =>
      audit.change(entry('a', { after: 0.5 }), (tx) => tx.run("INSERT INTO thing VALUES ('a')"))
    expect(spoilt).toThrow(expect.objectContaining({ code: 'audit.entry' }))
    expect(store.read.all('SELECT * FROM thing')).toEqual([])
    expect(audit.head().size).toBe(1)
    expect(audit.note(entry('b')).seq).toBe(1)
  })

  it('writes no entry when the change fails', () => {
    const { audit } = testLog()
    const failing = (): unknown =>
      audit.change(entry('a'), () => {
        throw new RangeError('no')
      })
    expect(failing).toThrow(RangeError)
    expect(audit.head().size).toBe(1)
  })

  it('refuses a change that goes on after the transaction', () => {
    const { audit } = testLog()
    expect(() => audit.change(entry('a'), async () => 1)).toThrow(expect.objectContaining({ code: 'internal' }))
    expect(audit.head().size).toBe(1)
  })

  it('proves every entry in the newest head', () => {
    const { audit } = testLog()
    for (let i = 0; i < 20; i += 1) audit.note(entry(String(i)))
    const { root } = audit.head()
    for (let seq = 0; seq <= 20; seq += 1) {
      const { leaf, size, proof } = audit.prove(seq)
      expect(verifyInclusion(leafHash(leaf), seq, size, proof, root)).toBe(true)
    }
    expect(() => audit.prove(21)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })

  it('goes on where it stopped after it was opened again', () => {
    const first = testLog()
    for (let i = 0; i < 5; i += 1) first.audit.note(entry(String(i)))
    const again = first.reopen()
    expect(again.audit.fault()).toBeUndefined()
    expect(again.audit.head()).toEqual(first.audit.head())
    expect(again.audit.note(entry('next')).seq).toBe(6)
  })

  it('keeps a head per occasion once and never changes it', () => {
    const { audit, store } = testLog()
    audit.anchor('export')
    audit.anchor('export')
    expect(audit.anchors()).toMatchObject([{ size: 1, kind: 'export', note: audit.head().note }])
    expect(() => store.transact((tx) => tx.run("UPDATE audit_anchor SET kind = 'day'"))).toThrow(/append only/)
  })

  it('refuses UPDATE, DELETE and REPLACE on leaves and head', () => {
    const { audit, store } = testLog()
    for (let i = 0; i < 3; i += 1) audit.note(entry(String(i)))
    const attacks = [
      "UPDATE audit_leaf SET leaf = x'00' WHERE seq = 1",
      'DELETE FROM audit_leaf WHERE seq = 3',
      "INSERT OR REPLACE INTO audit_leaf VALUES (1, x'00', zeroblob(32))",
      "INSERT INTO audit_leaf VALUES (9, x'00', zeroblob(32))",
      'UPDATE audit_leaf SET hashes = zeroblob(32)',
      'DELETE FROM audit_head',
      'UPDATE audit_head SET size = 2',
      "INSERT OR REPLACE INTO audit_head VALUES (1, 1, zeroblob(32), '')",
    ]
    for (const sql of attacks) expect(() => store.transact((tx) => tx.run(sql)), sql).toThrow(/append only/)
  })

  it('writes a step of the clock with both values before the entry that noticed it', () => {
    const clock = testClock('2026-06-01T12:00:00Z')
    const { audit, store } = testLog(clock)
    clock.advance(60_000)
    audit.note(entry('quiet'))
    clock.set('2025-06-01T12:01:00Z')
    audit.note(entry('after the step'))
    const leaves = readLeaves(store.read, 1, 9).map(({ leaf }) => parseLeaf(leaf))
    expect(leaves.map(({ action, clock_state }) => [action, clock_state])).toEqual([
      ['job.cancel', 'steady'],
      ['clock.step', 'back'],
      ['job.cancel', 'back'],
    ])
    expect(leaves[1]).toMatchObject({
      before: { wall_ms: Date.parse('2026-06-01T12:01:00Z') },
      after: { wall_ms: Date.parse('2025-06-01T12:01:00Z') },
    })
  })

  it('becomes read-only when somebody else moved the head meanwhile', () => {
    const { audit, store } = testLog()
    store.transact((tx) => tx.run("UPDATE audit_head SET size = 7, note = 'x'"))
    expect(() => audit.note(entry('a'))).toThrow(expect.objectContaining({ code: 'audit.read-only' }))
    expect(audit.fault()?.code).toBe('audit.changed')
    expect(() => audit.note(entry('a'))).toThrow(expect.objectContaining({ code: 'audit.read-only' }))
  })
})
