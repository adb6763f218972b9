// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { airlock } from '../../support/airlock.ts'
import { testLog } from '../../support/audit.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const verify = async (path: string) => {
  const { code, out } = await airlock('audit', 'verify', path, '--json')
  const { error } = JSON.parse(out) as { error: { code: string; details: object } }
  return { exit: code, ...error }
}

it('names the file or folder that holds no log', async () => {
  const folder = tempFolder()
  const [text, other] = [join(folder, 'notes.txt'), join(folder, 'other.db')]
  writeFileSync(text, 'no database, but long enough to have a header of one'.repeat(40))
  const database = new Database(other)
  database.exec('CREATE TABLE thing (id INTEGER)')
  database.close()
  for (const path of [text, other])
    expect(await verify(path)).toEqual({
      exit: 2,
      code: 'file.unusable',
      details: { path, why: 'it is no database of a station' },
    })
  expect(await verify(folder)).toMatchObject({ code: 'file.unusable', details: { path: folder } })
})

it('warns of an exported log that does not verify, and only of that', async () => {
  const log = testLog()
  const out = tempFolder()
  const exportTo = (name: string) => airlock('audit', 'export', '--data', log.folder, '--out', join(out, name))
  expect(await exportTo('good')).toMatchObject({ code: 0, err: '' })
  log.audit.change(
    { actor: stationActor, action: 'device.confirm', object: { type: 'thing', id: '1' }, outcome: 'ok' },
    () => 1,
  )
  const database = new Database(log.database)
  for (const name of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    database.exec(`DROP TRIGGER ${String(name)}`)
  database.exec("UPDATE audit_leaf SET leaf = CAST(replace(leaf, 'device.confirm', 'thing.odd') AS BLOB) WHERE seq = 1")
  database.close()
  const bad = await exportTo('bad')
  expect(bad.code).toBe(0)
  expect(bad.err).toMatch(/^warning: what was exported does not verify\nNOT VERIFIED: audit\.changed from entry 1 on/)
})
