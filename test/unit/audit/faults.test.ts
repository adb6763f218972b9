// SPDX-License-Identifier: Apache-2.0
/** What somebody can do to the files of a log, and how it is found: at the next start and by a full verification. */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { signCheckpoint } from '../../../main/station/audit/checkpoint.ts'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { logKeyOf, type LogKey } from '../../../main/station/audit/keys.ts'
import { frontierRoot, grow, leafHash, type Frontier } from '../../../main/station/audit/merkle.ts'
import { verifyLog, type Verification } from '../../../main/station/audit/verify.ts'
import { generateKeyPairSync } from 'node:crypto'
import { openTestLog, testLog, type TestLog } from '../../support/audit.ts'

const entries = 12

const write = ({ audit }: TestLog, count: number): void => {
  for (let i = 0; i < count; i += 1) {
    const object = { type: 'thing', id: `${audit.head().size}` }
    audit.note({ actor: stationActor, action: 'job.cancel', object, outcome: 'ok' })
  }
}

/** A log of the genesis entry and eleven more, closed in good order. */
const filled = async (): Promise<TestLog> => {
  const log = testLog()
  write(log, entries - 1)
  await log.audit.close()
  log.store.close()
  return log
}

/** Works on the closed file with the triggers out of the way, as an editor of files would. */
const edit = ({ database }: TestLog, work: (db: Database.Database) => void): void => {
  const db = new Database(database)
  for (const name of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()) {
    db.exec(`DROP TRIGGER ${String(name)}`)
  }
  work(db)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

const reopened = (log: TestLog): TestLog => openTestLog(log.folder, log.key)

const verified = async (log: TestLog, key: LogKey = log.key, against: string[] = []): Promise<Verification> => {
  const reader = log.store.openReader()
  try {
    return await verifyLog(reader.read, { key: key.note, against })
  } finally {
    reader.close()
  }
}

const expectReadOnly = ({ audit }: TestLog, code: string): void => {
  expect(audit.fault()?.code).toBe(code)
  const change = (): unknown =>
    audit.note({ actor: stationActor, action: 'audit.verify', object: { type: 't', id: 'i' }, outcome: 'ok' })
  expect(change).toThrow(expect.objectContaining({ code: 'audit.read-only' }))
}

/** Puts another leaf with its own right hash over an entry. */
const replaceLeaf = (db: Database.Database, seq: number): void => {
  const leaf = changedLeaf(db, seq)
  db.prepare('UPDATE audit_leaf SET leaf = ?, hashes = CAST(unhex(?) || substr(hashes, 33) AS BLOB) WHERE seq = ?').run(
    leaf,
    leafHash(leaf),
    seq,
  )
}

/** Makes hashes, nodes, root and head anew from the leaves, signed by `key`: everything but the right key. */
const rebuild = (db: Database.Database, key: LogKey): void => {
  const frontier: Frontier = { size: 0, peaks: [] }
  const leaves = db.prepare('SELECT leaf FROM audit_leaf ORDER BY seq').pluck().all() as Buffer[]
  for (const [seq, leaf] of leaves.entries()) {
    const hashes = [leafHash(leaf), ...grow(frontier, leafHash(leaf))].join('')
    db.prepare('UPDATE audit_leaf SET hashes = unhex(?) WHERE seq = ?').run(hashes, seq)
  }
  const root = frontierRoot(frontier)
  const note = signCheckpoint({ origin: key.note.name, size: frontier.size, root }, key)
  db.prepare('UPDATE audit_head SET size = ?, root = unhex(?), note = ?').run(frontier.size, root, note)
}

const changedLeaf = (db: Database.Database, seq: number): Buffer => {
  const leaf = db.prepare('SELECT leaf FROM audit_leaf WHERE seq = ?').pluck().get(seq) as Buffer
  return Buffer.from(leaf.toString().replace('"outcome":"ok"', '"outcome":"no"'))
}

describe('a log that nobody touched', () => {
  it('opens and verifies', async () => {
    const log = reopened(await filled())
    expect(log.audit.fault()).toBeUndefined()
    expect(await verified(log)).toEqual({ verified: true, size: entries, root: log.audit.head().root })
  })

  it('verifies from a head that was verified before, and reports progress', async () => {
    const log = reopened(await filled())
    const seen: number[] = []
    const reader = log.store.openReader()
    const result = await verifyLog(reader.read, { key: log.key.note, from: 7, progress: (done) => seen.push(done) })
    reader.close()
    expect(result.verified).toBe(true)
    expect(seen).toEqual([entries])
  })

  it('stops when it is asked to', async () => {
    const log = reopened(await filled())
    const reader = log.store.openReader()
    const stopped = verifyLog(reader.read, { key: log.key.note, signal: AbortSignal.abort(new Error('enough')) })
    await expect(stopped).rejects.toThrow('enough')
    reader.close()
  })

  it('goes on being written while it is verified', async () => {
    const log = reopened(await filled())
    const result = verified(log)
    write(log, 3)
    expect(await result).toMatchObject({ verified: true, size: entries })
    expect(await verified(log)).toMatchObject({ verified: true, size: entries + 3 })
  })
})

describe('entries changed in the file', () => {
  it('finds one byte of a leaf and names the entry (1)', async () => {
    const log = await filled()
    edit(log, (db) => db.prepare('UPDATE audit_leaf SET leaf = ? WHERE seq = 5').run(changedLeaf(db, 5)))
    const after = reopened(log)
    expectReadOnly(after, 'audit.changed')
    expect(await verified(after)).toMatchObject({ verified: false, code: 'audit.changed', firstBad: 5 })
  })

  it('finds a leaf whose hash was changed along, by the node above (3)', async () => {
    const log = await filled()
    edit(log, (db) => replaceLeaf(db, 5))
    const after = reopened(log)
    expectReadOnly(after, 'audit.changed')
    expect(await verified(after)).toMatchObject({ verified: false, code: 'audit.changed', firstBad: 4 })
  })

  it('finds it in the last entry too, which has no node above yet', async () => {
    const log = testLog()
    write(log, entries)
    log.store.close()
    edit(log, (db) => replaceLeaf(db, entries))
    expect(await verified(reopened(log))).toMatchObject({ verified: false, code: 'audit.changed', firstBad: entries })
  })

  it('finds everything made anew without the key (4)', async () => {
    const log = await filled()
    const stranger = logKeyOf(log.key.note.name, generateKeyPairSync('ed25519').privateKey)
    edit(log, (db) => {
      db.prepare('UPDATE audit_leaf SET leaf = ? WHERE seq = 5').run(changedLeaf(db, 5))
      rebuild(db, stranger)
    })
    const after = reopened(log)
    expectReadOnly(after, 'audit.note')
    expect(await verified(after)).toMatchObject({ verified: false, code: 'audit.note' })
  })

  it('finds everything made anew with the key, by any head kept elsewhere (5)', async () => {
    const log = await filled()
    edit(log, (db) => {
      db.prepare('UPDATE audit_leaf SET leaf = ? WHERE seq = 5').run(changedLeaf(db, 5))
      rebuild(db, log.key)
      db.exec('DELETE FROM audit_anchor')
    })
    const after = reopened(log)
    expectReadOnly(after, 'audit.forked')
    expect(await verified(after)).toMatchObject({ verified: true })
    const exported = log.audit.head().note
    expect(await verified(after, log.key, [exported])).toMatchObject({ verified: false, code: 'audit.forked' })
  })

  it('finds a row taken out of the middle with the others moved up (8)', async () => {
    const log = await filled()
    edit(log, (db) => {
      db.exec('DELETE FROM audit_leaf WHERE seq = 5')
      for (let seq = 6; seq < entries; seq += 1) db.exec(`UPDATE audit_leaf SET seq = ${seq - 1} WHERE seq = ${seq}`)
    })
    const after = reopened(log)
    expectReadOnly(after, 'audit.truncated')
    expect(await verified(after)).toMatchObject({ verified: false, firstBad: 4 })
  })

  it('finds a gap (11)', async () => {
    const log = await filled()
    edit(log, (db) => db.exec('DELETE FROM audit_leaf WHERE seq = 5'))
    const after = reopened(log)
    expectReadOnly(after, 'audit.changed')
    expect(await verified(after)).toMatchObject({ verified: false, code: 'audit.changed', firstBad: 5 })
  })

  it.each([
    [4, 5],
    [3, 8],
  ])('finds the rows %i and %i swapped (9)', async (a, b) => {
    const log = await filled()
    edit(log, (db) => {
      db.exec(`UPDATE audit_leaf SET seq = -1 WHERE seq = ${a}`)
      db.exec(`UPDATE audit_leaf SET seq = ${a} WHERE seq = ${b}`)
      db.exec(`UPDATE audit_leaf SET seq = ${b} WHERE seq = -1`)
    })
    const after = reopened(log)
    expectReadOnly(after, 'audit.changed')
    const { firstBad } = await verified(after)
    expect(firstBad).toBe(a - (a % 2))
  })

  it.each([
    ['changed', 'UPDATE audit_leaf SET hashes = CAST(substr(hashes, 1, 64) || zeroblob(32) AS BLOB) WHERE seq = 3'],
    ['taken away', 'UPDATE audit_leaf SET hashes = substr(hashes, 1, 64) WHERE seq = 3'],
  ])('finds a node that was %s', async (_what, sql) => {
    const log = await filled()
    edit(log, (db) => db.exec(sql))
    const after = reopened(log)
    expect(after.audit.fault()).toBeDefined()
    expect(await verified(after)).toMatchObject({ verified: false, code: 'audit.changed', firstBad: 0 })
  })

  it('finds a node too many', async () => {
    const log = await filled()
    edit(log, (db) => db.exec('UPDATE audit_leaf SET hashes = CAST(hashes || zeroblob(32) AS BLOB) WHERE seq = 3'))
    expect(await verified(reopened(log))).toMatchObject({ verified: false, code: 'audit.changed', firstBad: 3 })
  })

  it('finds an entry before the last thousand, in the full verification', async () => {
    const log = testLog()
    write(log, 2100)
    log.store.close()
    edit(log, (db) => db.prepare('UPDATE audit_leaf SET leaf = ? WHERE seq = 77').run(changedLeaf(db, 77)))
    const after = reopened(log)
    expect(after.audit.fault()).toBeUndefined()
    expect(await after.audit.verify()).toMatchObject({ verified: false, code: 'audit.changed', firstBad: 77 })
    expectReadOnly(after, 'audit.changed')
  })
})

describe('a log that was cut or put back', () => {
  it('finds the last rows deleted (6)', async () => {
    const log = await filled()
    edit(log, (db) => db.exec('DELETE FROM audit_leaf WHERE seq >= 9'))
    const after = reopened(log)
    expectReadOnly(after, 'audit.truncated')
    expect(await verified(after)).toMatchObject({ verified: false, code: 'audit.truncated', firstBad: 9 })
  })

  it('finds the last rows deleted with an older head put in (7)', async () => {
    const log = testLog()
    write(log, 5)
    const older = log.audit.head()
    write(log, 5)
    await log.audit.close()
    log.store.close()
    edit(log, (db) => {
      db.exec('DELETE FROM audit_leaf WHERE seq >= 6; DELETE FROM audit_anchor')
      db.prepare('UPDATE audit_head SET size = 6, root = unhex(?), note = ?').run(older.root, older.note)
    })
    expectReadOnly(reopened(log), 'audit.rolled-back')
  })

  it('finds the whole database replaced by an older copy (10)', async () => {
    const log = await filled()
    copyFileSync(log.database, `${log.database}.old`)
    const between = reopened(log)
    write(between, 4)
    await between.audit.close()
    between.store.close()
    for (const end of ['-wal', '-shm']) rmSync(`${log.database}${end}`, { force: true })
    copyFileSync(`${log.database}.old`, log.database)
    const after = reopened(log)
    expectReadOnly(after, 'audit.rolled-back')
    expect(await verified(after, log.key, [between.audit.head().note])).toMatchObject({
      verified: false,
      code: 'audit.rolled-back',
      firstBad: entries,
    })
  })

  it('does not start empty where the database is gone (14)', async () => {
    const log = await filled()
    for (const end of ['', '-wal', '-shm']) rmSync(`${log.database}${end}`, { force: true })
    expectReadOnly(reopened(log), 'audit.rolled-back')
  })

  it('does not accept that the head file is gone', async () => {
    const log = await filled()
    rmSync(log.headPath)
    expectReadOnly(reopened(log), 'audit.rolled-back')
  })

  it('does not accept a head file that is no head of this log', async () => {
    const log = await filled()
    writeFileSync(log.headPath, 'nothing\n')
    expectReadOnly(reopened(log), 'audit.note')
  })

  it('accepts a head file that a crash left behind, and brings it up to date', async () => {
    const log = await filled()
    const behind = log.audit.head().note
    const more = reopened(log)
    write(more, 3)
    await more.audit.close()
    more.store.close()
    writeFileSync(log.headPath, behind)
    const after = reopened(log)
    expect(after.audit.fault()).toBeUndefined()
    write(after, 1)
    expect(after.audit.head().size).toBe(entries + 4)
  })

  it('starts again after a crash between the first commit and the first head file', () => {
    const log = testLog()
    log.store.close()
    rmSync(log.headPath)
    expect(reopened(log).audit.fault()).toBeUndefined()
  })
})

describe('keys', () => {
  it('does not accept the database of another station (15)', async () => {
    const [mine, theirs] = [await filled(), await filled()]
    copyFileSync(theirs.database, mine.database)
    expectReadOnly(reopened(mine), 'audit.note')
  })

  it('refuses a key of another log', async () => {
    const log = await filled()
    const other = logKeyOf('airlock.invalid/another/e1', generateKeyPairSync('ed25519').privateKey)
    expect(() => openTestLog(log.folder, other)).toThrow(expect.objectContaining({ code: 'audit.key' }))
  })

  it('finds key, log and key file all replaced, by the key that was enrolled (23)', async () => {
    const log = await filled()
    const attacker = logKeyOf(log.key.note.name, generateKeyPairSync('ed25519').privateKey)
    edit(log, (db) => rebuild(db, attacker))
    const after = openTestLog(log.folder, attacker)
    expect(await verified(after, log.key)).toMatchObject({ verified: false, code: 'audit.note' })
  })

  it('finds two heads of one size with different roots (22)', async () => {
    const log = reopened(await filled())
    const { size } = log.audit.head()
    const other = signCheckpoint({ origin: log.key.note.name, size, root: '00'.repeat(32) }, log.key)
    expect(await verified(log, log.key, [other])).toMatchObject({ verified: false, code: 'audit.forked' })
  })
})
