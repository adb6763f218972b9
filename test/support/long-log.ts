// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createHeadlessHost } from '../../main/cli/station/headless-host.ts'
import { signCheckpoint } from '../../main/station/audit/checkpoint.ts'
import type { AuditEntry } from '../../main/station/audit/entry.ts'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { openLogKey } from '../../main/station/audit/keys.ts'
import { serializeLeaf } from '../../main/station/audit/leaf.ts'
import { frontierAt, frontierRoot } from '../../main/station/audit/merkle.ts'
import { createAuditSearch } from '../../main/station/audit/search.ts'
import { appendLeaf, readHead, storedNodes, writeHead } from '../../main/station/audit/tables.ts'
import { dataPaths } from '../../main/station/data-folder.ts'
import { stationMigrations } from '../../main/station/store/migrations/station.ts'
import { openStore } from '../../main/station/store/open.ts'

const minute = 60_000
const actions = ['flash.start', 'flash.end', 'bundle.import', 'session.sign-in', 'export.request'] as const
const people = ['Tomas Keller', 'Ada Castellanos', 'Priya Singh'] as const

/** An entry of a busy site: one in fifty was refused, one in a hundred failed. */
const entryOf = (n: number): AuditEntry => {
  const name = people[n % people.length] ?? people[0]
  return {
    actor: { uid: `p-${n % people.length}`, login: name.toLowerCase(), name, role: 'technician' },
    action: actions[n % actions.length] ?? 'flash.end',
    object: { type: 'device', id: `G4-${String(n % 500).padStart(4, '0')}` },
    outcome: n % 100 === 7 ? 'failed' : n % 50 === 11 ? 'refused' : 'ok',
    after: { page: n % 256, of: 256, version: '2.4.1' },
  }
}

/**
 * Makes the log of a closed station longer, an entry a minute until now: the same leaves, tree and signed head that the
 * station itself would have written, but one commit and one signature for all of them.
 */
export const lengthenLog = async (data: string, passphrase: string, entries: number): Promise<void> => {
  const paths = dataPaths(data)
  const host = createHeadlessHost(passphrase)
  const { signal } = new AbortController()
  const key = await openLogKey(paths.log.key, {
    backend: 'passphrase-scrypt',
    wrap: () => Promise.reject(new Error('nothing is wrapped here')),
    unwrap: async (wrapped) => {
      const { secret } = await host['host.unwrap']({ wrapped: Buffer.from(wrapped).toString() }, undefined, signal)
      return Buffer.from(secret, 'base64')
    },
  })
  const store = openStore(paths.log.database, stationMigrations)
  const frontier = frontierAt(storedNodes(store.read), readHead(store.read)?.size ?? 0)
  const from = frontier.size
  const { stationId: station } = JSON.parse(readFileSync(paths.identity, 'utf8')) as { stationId: string }
  const [boot, began] = [randomUUID(), Date.now() - entries * minute]
  const head = store.transact((tx) => {
    for (let n = 0; n < entries; n += 1) {
      const stamp = {
        seq: from + n,
        id: randomUUID(),
        wallMs: began + n * minute,
        zoneOffset: 60,
        monoNs: BigInt(n) * 60_000_000_000n,
        boot,
        clockState: 'steady' as const,
        station,
        appVersion: '0.1.0',
        buildHash: 'source',
        salt: randomUUID().replaceAll('-', ''),
      }
      appendLeaf(tx, frontier, serializeLeaf(stamp, entryOf(n)))
    }
    const checkpoint = { origin: key.note.name, size: frontier.size, root: frontierRoot(frontier) }
    const written = { size: checkpoint.size, root: checkpoint.root, note: signCheckpoint(checkpoint, key) }
    writeHead(tx, written)
    return written
  })
  createAuditSearch(store).page({}, 1)
  openHeadFile(paths.log.headFile).writeNow(head.note)
  store.close()
}
