// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { expect } from 'vitest'
import { z } from 'zod'
import { readLeaves } from '../../main/station/audit/tables.ts'
import type { ExportCopy, ExportRow } from '../../main/station/exports/request.ts'
import type { VolumeFiles } from '../../main/station/platform/volume-io.ts'
import { createExports, type ExportDependencies, type Exports } from '../../main/station/exports/exports.ts'
import type { RawRecord } from '../../main/station/exports/sanitize/raw-record.ts'
import { createIdentity, identityLimits, type Identity } from '../../main/station/identity/identity.ts'
import type { Reauthentication, Session } from '../../main/station/identity/session.ts'
import type { JobContext } from '../../main/station/jobs/job.ts'
import { newId } from '../../main/station/platform/ids.ts'
import { stationMigrations } from '../../main/station/store/migrations/station.ts'
import { makeRecipient } from './archive.ts'
import { testLog, testStation, type TestLog } from './audit.ts'
import { testClock } from './clock.ts'
import { defaultPolicy, testKeys } from './export-policy.ts'
import { cheap, testPassword } from './people.ts'
import { makeHolder, signManifest, testPki } from './pki.ts'

/** A job that nobody watches. */
export const testJob = (id = newId(), signal: AbortSignal = new AbortController().signal): JobContext => ({
  id,
  signal,
  progress: () => undefined,
})

/** Records of two devices that hold secrets of several kinds, in every table. */
export const testRecords = (): RawRecord[] => [
  {
    table: 'sessions',
    fields: {
      session: '7a0d2f34-1111-4222-8333-444455556666',
      device: 'SN-00417-A',
      model: 'atmega328p',
      hardware: 'rev-c',
      firmware: '2.1.0',
      build: 'a1b2c3d4',
      port: '/dev/serial/by-id/usb-press7',
      kind: 'cold',
      started: 1_780_000_000_123,
      ended: null,
      boot_reason: 'power on by jsmith@plant.example',
      end_reason: null,
    },
  },
  {
    table: 'points',
    fields: {
      session: '7a0d2f34-1111-4222-8333-444455556666',
      device: 'SN-00417-A',
      series: 'motor.temperature',
      labels: '{"core":"0","hall":"north"}',
      unit: 'Cel',
      kind: 'gauge',
      t: 1_780_000_001_456,
      t_dev: 1456,
      seq: 1,
      value: 23.5,
    },
  },
  {
    table: 'events',
    fields: {
      session: '7a0d2f34-1111-4222-8333-444455556666',
      device: 'SN-00417-A',
      t: 1_780_000_002_000,
      seq: 2,
      severity: 9,
      code: 'net',
      template: 'operator R. Castellanos acknowledged on PRESS_LINE-4 in <num> ms',
      arguments: '["17"]',
      line: 'operator R. Castellanos acknowledged on PRESS_LINE-4 in 17 ms',
    },
  },
]

/** A station with a real log, real people and real signatures, and its exports. */
export type TestExports = TestLog & {
  clock: ReturnType<typeof testClock>
  identity: Identity
  exports: Exports
  dependencies: ExportDependencies
  records: RawRecord[]
  dictionary: { words: readonly string[] | undefined }
  identityOfTeam: string
  session(login: string): Promise<Session>
  proof(session: Session): Promise<Reauthentication>
}

/** Makes one: `tom` asks, `olga` and `piet` may approve. */
export const testExports = async (changes: Partial<ExportDependencies> = {}): Promise<TestExports> => {
  const clock = testClock('2026-06-10T12:00:00Z')
  const log = testLog(clock, stationMigrations)
  const { store, audit, key } = log
  const identity = createIdentity({ store, audit, clock, limits: identityLimits, cost: cheap })
  await identity.setUpFirstPeople([
    { login: 'ada', name: 'Ada Okafor', password: testPassword, roles: ['administrator'] },
    { login: 'tom', name: 'Tomas Lindqvist', password: testPassword, roles: ['technician'] },
    { login: 'olga', name: 'Olga Brandt', password: testPassword, roles: ['officer'] },
    { login: 'piet', name: 'Piet van Houten', password: testPassword, roles: ['officer'] },
  ])
  const records = testRecords()
  const team = await makeRecipient()
  const holder = makeHolder('station', { issuer: testPki().stationCa })
  const dictionary = { words: ['press-line-4', 'Castellanos', 'plant.example'] as readonly string[] | undefined }
  const dependencies: ExportDependencies = {
    store,
    audit,
    auditKey: key.note.vkey,
    clock,
    signatures: identity.signatures,
    folder: join(log.folder, 'exports'),
    names: { site: 'site-a', station: testStation },
    keys: testKeys,
    records: () => records,
    policy: defaultPolicy,
    siteWords: () =>
      dictionary.words && {
        words: dictionary.words,
        people: identity.list().map(({ name, login }) => ({ name, login })),
        serials: ['SN-00417-A'],
        domains: ['plant.example'],
      },
    canaries: [],
    recipients: () => [team.recipient],
    trustPolicy: () => 1,
    sign: (manifest) => signManifest(manifest, holder),
    ...changes,
  }
  return {
    ...log,
    clock,
    identity,
    exports: createExports(dependencies),
    dependencies,
    records,
    dictionary,
    identityOfTeam: team.identity,
    session: async (login) => (await identity.signIn(login, login, testPassword)).session,
    proof: (session) => identity.signatures.reauthenticate(session, testPassword),
  }
}

/** The period of the test records. */
export const period = { from: 1_780_000_000_000, to: 1_780_100_000_000, reason: 'monthly report' }

/** Asked for by the technician. */
export const request = async (test: TestExports): Promise<ExportRow> =>
  test.exports.request(period, await test.session('tom'), 'technician', testJob())

/** Asked for, and approved by an officer who decided every new field. */
export const approved = async (test: TestExports): Promise<ExportRow> => {
  const { id, content_digest } = await request(test)
  const { newFields } = test.exports.preview(id)
  const proof = await test.proof(await test.session('olga'))
  return test.exports.approve({ id, contentDigest: content_digest, newFields }, proof, 'officer')
}

/** A folder as a medium. */
export const medium = (folder: string) => ({ id: 'stick-1', folder: () => Promise.resolve(folder) })
/** Written by an officer. */
export const write = async (test: TestExports, id: string, folder: string, files?: VolumeFiles): Promise<ExportCopy> =>
  test.exports.write(id, medium(folder), await test.session('olga'), 'officer', testJob(), files)

const leafSchema = z.object({ action: z.string(), outcome: z.string(), reason: z.string().nullish() })

/** What the audit log says of exports. */
export const actions = ({ store, audit }: TestExports): string[] =>
  readLeaves(store.read, 0, audit.head().size)
    .map(({ leaf }) => leafSchema.parse(JSON.parse(Buffer.from(leaf).toString())))
    .filter(({ action }) => action.startsWith('export.'))
    .map(({ action, outcome, reason }) => [action, outcome, reason].filter(Boolean).join(' '))

/** Matches an error of this code. */
export const code = (value: string): unknown => expect.objectContaining({ code: value })
