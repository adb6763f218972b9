// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { canonicalBytes, canonicalize } from '../../shared/formats/canonical-json.ts'
import type { TableName } from '../../shared/formats/telemetry-archive.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import { originOf, signCheckpoint } from '../../main/station/audit/checkpoint.ts'
import { frontierRoot, grow, leafHash, type Frontier } from '../../main/station/audit/merkle.ts'
import { logKeyOf } from '../../main/station/audit/keys.ts'
import { entryOf, writeEnvelope } from '../../main/station/bundles/envelope/writer.ts'
import {
  buildArchive,
  contentDigest,
  type ArchiveFacts,
  type BuiltArchive,
} from '../../main/station/exports/archive.ts'
import type { ClearTable } from '../../main/station/exports/archive/clear-table.ts'
import { makeHolder, signManifest, testPki, type Holder } from './pki.ts'

/** A row of a clear table before it is written down. */
export type Row = Record<string, string | number | null>
export type Tables = Partial<Record<TableName, readonly Row[]>>

/** Rows as the sanitizer hands them over: one canonical line each. */
export const clearTable = (table: TableName, rows: readonly Row[]): ClearTable => ({
  path: `${table}.ndjson`,
  records: rows.length,
  bytes: Buffer.from(rows.map((row) => `${canonicalize(row)}\n`).join('')),
})

/** An age key pair: the importer's, and what the policy names. */
export const makeRecipient = async (): Promise<{ identity: string; recipient: string }> => {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** Digest of the sanitization policy that the test policy approves. */
export const sanitizationDigest = 'a'.repeat(64)

/** Writes the test policy, and an identity file beside it, as the command line wants them. */
export const writeTrust = (
  folder: string,
  recipient: { identity: string; recipient: string },
  changes: Partial<TrustPolicy> = {},
): { policy: string; identity: string } => {
  const document = {
    ...testPki().policy,
    sanitization: sanitizationDigest,
    recipients: [recipient.recipient],
    ...changes,
  }
  const bytes = canonicalBytes(document)
  const signature = signManifest(bytes, 'root')
  const paths = { policy: join(folder, 'policy.airtrust'), identity: join(folder, 'team.key') }
  const pieces = writeEnvelope([entryOf('manifest.json', bytes), entryOf('manifest.json.root.p7s', signature)])
  writeFileSync(paths.policy, Buffer.concat([...pieces]))
  writeFileSync(paths.identity, `# made for a test\n${recipient.identity}\n`)
  return paths
}

/** A station as far as its archives show it: a key, an audit log that grows, a chain. */
export type TestStation = {
  readonly id: string
  write(out: string, tables: Tables | readonly ClearTable[], changes?: Partial<ArchiveFacts>): Promise<BuiltArchive>
  /** Writes the next one, and takes back that it was written: the station forks. */
  fork(out: string, tables: Tables): Promise<BuiltArchive>
}

/** Starts a station whose archives go to `recipient`; `holder` signs them. */
export const makeStation = (
  recipient: string,
  options: { id?: string; site?: string; holder?: Holder } = {},
): TestStation => {
  const { id = '11111111-2222-4333-8444-555555555555', site = 'site-a' } = options
  const holder = options.holder ?? makeHolder('station', { issuer: testPki().stationCa })
  const key = logKeyOf(originOf(id, 1), generateKeyPairSync('ed25519').privateKey)
  const tree: Frontier = { size: 0, peaks: [] }
  let [number, previous]: [number, string | null] = [1, null]

  const checkpoint = (): string => {
    grow(tree, leafHash(Buffer.from(`entry ${tree.size}`)))
    return signCheckpoint({ origin: key.note.name, size: tree.size, root: frontierRoot(tree) }, key)
  }
  const build = async (out: string, given: Tables | readonly ClearTable[], changes: Partial<ArchiveFacts>) => {
    const tables = isClear(given) ? given : clearTables(given)
    const facts: ArchiveFacts = {
      exportId: '00000000-0000-4000-8000-000000000001',
      site,
      station: id,
      pseudonymKey: 'key-1',
      number,
      previous,
      createdAt: '2026-06-01T09:00:00Z',
      range: { from: '2026-05-01T00:00:00Z', to: '2026-05-31T00:00:00Z' },
      trustPolicy: 1,
      approval: {
        person: 'person-1',
        meaning: 'approved',
        time: '2026-06-01T08:00:00Z',
        contentDigest: contentDigest(tables),
      },
      sanitization: {
        policyDigest: sanitizationDigest,
        input: {},
        output: {},
        rules: [],
        scan: { result: 'clean', bytes: 0, version: '1' },
      },
      audit: { checkpoint: checkpoint(), key: key.note.vkey },
      ...changes,
    }
    const sign = (manifest: Uint8Array): Uint8Array => signManifest(manifest, holder)
    return buildArchive({ tables, facts, recipients: [recipient], sign, staging: `${out}.staging`, out })
  }
  return {
    id,
    async write(out, tables, changes = {}) {
      const built = await build(out, tables, changes)
      ;[number, previous] = [built.manifest.number + 1, built.archiveId]
      return built
    },
    fork: (out, tables) => build(out, tables, {}),
  }
}

const isClear = (given: Tables | readonly ClearTable[]): given is readonly ClearTable[] => Array.isArray(given)

const tableOrder = ['crashes', 'deploys', 'events', 'points', 'receipts', 'sessions'] as const
const clearTables = (tables: Tables): ClearTable[] =>
  tableOrder.flatMap((table) => {
    const rows = tables[table]
    return rows === undefined ? [] : [clearTable(table, rows)]
  })
