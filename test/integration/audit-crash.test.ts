// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { logKeyOf, type LogKey } from '../../main/station/audit/keys.ts'
import { auditPaths } from '../../main/station/audit/paths.ts'
import { checkStart } from '../../main/station/audit/start.ts'
import { verifyLog } from '../../main/station/audit/verify.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { openStore } from '../../main/station/store/open.ts'
import { thingMigration, writerOrigin } from '../support/audit-writer.ts'
import { tempFolder } from '../support/temp-folder.ts'

const script = new URL('../support/audit-writer.ts', import.meta.url).pathname

/** A small generator of numbers from 0 to 1: the same ones in each run. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return seed / 2 ** 31
}

/** Lets the writer work and kills it `delay` ms after its first acknowledgement; gives what it acknowledged last. */
const writeUntilKilled = async (folder: string, delay: number): Promise<number> => {
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const first = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      resolve()
    })
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await first
  await setTimeout(delay)
  child.kill('SIGKILL')
  await closed
  return Number(text.slice(0, text.lastIndexOf('\n')).split('\n').at(-1))
}

const newFolder = (): { folder: string; key: LogKey } => {
  const folder = tempFolder()
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(join(folder, 'key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
  return { folder, key: logKeyOf(writerOrigin, createPrivateKey(readFileSync(join(folder, 'key.pem')))) }
}

describe('a station that is killed while it writes', () => {
  it('has, at 40 moments, every acknowledged change, each with its entry, under a head that verifies (26)', async () => {
    const { folder, key } = newFolder()
    const { database, headFile } = auditPaths(folder)
    const random = seeded(20_260_601)
    let before = 0
    for (let round = 0; round < 40; round += 1) {
      const acknowledged = await writeUntilKilled(folder, random() * 60)
      const store = openStore(database, [auditMigration, thingMigration])
      const start = checkStart(store.read, key.note, readFileSync(headFile))
      expect(start).toMatchObject({ state: 'good' })
      const result = await verifyLog(store.read, { key: key.note })
      expect(result).toMatchObject({ verified: true })
      expect(result.size).toBeGreaterThan(acknowledged)
      // Written but killed before it could be acknowledged: one at most.
      expect(result.size - 1 - acknowledged).toBeLessThanOrEqual(1)
      expect(acknowledged).toBeGreaterThan(before)
      before = acknowledged
      const rows = store.read.all('SELECT id FROM thing ORDER BY id').map((row) => (row as { id: number }).id)
      const told = store.read.all(
        `SELECT seq AS id FROM audit_projection WHERE action = 'device.confirm' AND object_id = CAST(seq AS TEXT) ORDER BY seq`,
      )
      expect(rows).toEqual(told.map((row) => (row as { id: number }).id))
      store.close()
    }
  })

  it('notices that the write-ahead log was deleted after the kill (12)', async () => {
    const { folder, key } = newFolder()
    const { database, headFile } = auditPaths(folder)
    await writeUntilKilled(folder, 100)
    for (const end of ['-wal', '-shm']) rmSync(`${database}${end}`)
    const store = openStore(database, [auditMigration, thingMigration])
    const start = checkStart(store.read, key.note, readFileSync(headFile))
    expect(start).toMatchObject({ state: 'fault', fault: { code: 'audit.rolled-back' } })
    store.close()
  })
})
