// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { createExports, type Exports } from '../../main/station/exports/exports.ts'
import type { RawRecord } from '../../main/station/exports/sanitize/raw-record.ts'
import { createIdentity, identityLimits } from '../../main/station/identity/identity.ts'
import type { Reauthentication, Session } from '../../main/station/identity/session.ts'
import { stationMigrations } from '../../main/station/store/migrations/station.ts'
import { openStore } from '../../main/station/store/open.ts'
import { benchKey, benchStation } from './bench-log.ts'
import { testClock } from './clock.ts'
import { defaultPolicy, testKeys } from './export-policy.ts'
import { makeHolder, signManifest, testPki } from './pki.ts'

/** A station that exports, over real files; `tom` asks and `olga` approves. */
export type BenchExports = {
  readonly exports: Exports
  session(login: string): Promise<Session>
  proof(session: Session): Promise<Reauthentication>
  close(): void
}

const password = 'Kupfer-Esel-17'
/** Passwords that cost a millisecond: what they cost otherwise has nothing to do with exports. */
const cheap = { N: 1024, r: 8, p: 1 }

/** Opens it in a folder, with these records to export, sealed for `recipient`. */
export const openExporter = async (
  folder: string,
  records: () => Iterable<RawRecord>,
  recipient: string,
): Promise<BenchExports> => {
  mkdirSync(join(folder, 'head'), { recursive: true })
  const clock = testClock('2026-06-10T12:00:00Z')
  const key = benchKey()
  const store = openStore(join(folder, 'station.db'), stationMigrations)
  const headFile = openHeadFile(join(folder, 'head', 'audit-head'))
  const facts = { stationId: benchStation, epoch: 1, appVersion: '0.1.0', buildHash: 'source' }
  const audit = createAuditLog({ store, clock, key, headFile, ...facts })
  const cost = { minimum: cheap, target: cheap }
  const identity = createIdentity({ store, audit, clock, limits: identityLimits, cost })
  await identity.setUpFirstPeople([
    { login: 'ada', name: 'Ada Okafor', password, roles: ['administrator'] },
    { login: 'tom', name: 'Tomas Lindqvist', password, roles: ['technician'] },
    { login: 'olga', name: 'Olga Brandt', password, roles: ['officer'] },
  ])
  const holder = makeHolder('station', { issuer: testPki().stationCa })
  const exports = createExports({
    store,
    audit,
    auditKey: key.note.vkey,
    clock,
    signatures: identity.signatures,
    folder: join(folder, 'exports'),
    names: { site: 'site-a', station: benchStation },
    keys: testKeys,
    records,
    policy: defaultPolicy,
    siteWords: () => ({
      words: ['press-line-4', 'Castellanos'],
      people: identity.list().map(({ name, login }) => ({ name, login })),
      serials: ['SN-00417-A'],
      domains: ['plant.example'],
    }),
    canaries: [],
    recipients: () => [recipient],
    trustPolicy: () => 1,
    sign: (manifest) => signManifest(manifest, holder),
  })
  return {
    exports,
    session: async (login) => (await identity.signIn(login, login, password)).session,
    proof: (session) => identity.signatures.reauthenticate(session, password),
    close: () => store.close(),
  }
}
