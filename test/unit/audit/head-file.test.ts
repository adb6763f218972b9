// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openHeadFile } from '../../../main/station/audit/head-file.ts'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { testLog } from '../../support/audit.ts'

describe('the head file', () => {
  it('has the newest of many notes and nothing beside it', async () => {
    const folder = tempFolder()
    const file = openHeadFile(join(folder, 'head'))
    expect(file.read()).toBeUndefined()
    for (let i = 0; i < 100; i += 1) file.writeSoon(`note ${i}\n`)
    await file.flush()
    expect(Buffer.from(file.read() ?? []).toString()).toBe('note 99\n')
    expect(readdirSync(folder)).toEqual(['head'])
  })

  it('says at the next entry that it cannot be written, and goes on when it can', async () => {
    const folder = join(tempFolder(), 'gone')
    const file = openHeadFile(join(folder, 'head'))
    file.writeSoon('one\n')
    await expect(file.flush()).rejects.toMatchObject({ code: 'storage.io' })
    expect(() => file.settle()).toThrow(expect.objectContaining({ code: 'storage.io' }))
    mkdirSync(folder)
    file.settle()
    expect(readFileSync(join(folder, 'head'), 'utf8')).toBe('one\n')
    file.writeSoon('two\n')
    await file.flush()
    expect(readFileSync(join(folder, 'head'), 'utf8')).toBe('two\n')
  })

  it('stops the log when its folder is gone: entries do not run ahead of it for long', async () => {
    const { audit, folder, headPath } = testLog()
    const entry = {
      actor: stationActor,
      action: 'audit.verify',
      object: { type: 't', id: 'i' },
      outcome: 'ok',
    } as const
    rmSync(join(folder, 'head'), { recursive: true })
    audit.note(entry)
    await audit.close().catch(() => undefined)
    expect(() => audit.note(entry)).toThrow(expect.objectContaining({ code: 'storage.io' }))
    expect(audit.head().size).toBe(2)
    mkdirSync(join(folder, 'head'))
    audit.note(entry)
    await audit.close()
    expect(readFileSync(headPath, 'utf8')).toBe(audit.head().note)
  })
})

describe('a full disk', () => {
  it('takes the change back with its entry, and the log goes on when there is room (28)', () => {
    const { audit, store } = testLog()
    const entry = {
      actor: stationActor,
      action: 'audit.verify',
      object: { type: 't', id: 'i' },
      outcome: 'ok',
    } as const
    store.transact((tx) => tx.run('CREATE TABLE big (bytes BLOB) STRICT'))
    const pages = (store.read.get('PRAGMA page_count') as { page_count: number }).page_count
    store.read.all(`PRAGMA max_page_count = ${pages + 8}`)
    const before = audit.head()
    const write = (): unknown => audit.change(entry, (tx) => tx.run('INSERT INTO big VALUES (zeroblob(1000000))'))
    expect(write).toThrow(expect.objectContaining({ code: 'storage.full' }))
    expect(audit.head()).toEqual(before)
    expect(store.read.all('SELECT * FROM big')).toEqual([])
    store.read.all('PRAGMA max_page_count = 1000000')
    write()
    expect(audit.head().size).toBe(before.size + 1)
  })
})
