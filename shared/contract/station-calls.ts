// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { verdictSchema } from '../verdict.ts'
import { clockLook, recovered, storageLook } from './health-calls.ts'
import { count, hex64, loginText, password, person, shortText, time, uuid } from './values.ts'

const nothing = z.strictObject({})
/** A fingerprint for people. */
const words = z.array(z.string()).length(12)
const newPerson = z.strictObject({ login: loginText, name: shortText, password })

/** The station itself: state, first set-up, trust, its own certificate. */
export const stationCalls = {
  'station.status': call({
    params: nothing,
    result: z.strictObject({
      state: z.enum(['setup', 'ready', 'read-only']),
      stationId: z.string(),
      site: z.string().nullable(),
      hall: z.string().nullable(),
      bench: z.string().nullable(),
      version: z.string(),
      /** When this Airlock was made: a clock before it is wrong. */
      built: time,
      now: time,
      clock: clockLook,
      storage: storageLook,
      /** `firstBad`: the first entry that does not fit, where a fault names one. */
      audit: z.strictObject({
        size: count,
        root: hex64,
        code: z.string().nullable(),
        firstBad: count.nullable(),
        /** When every entry was last verified; null where that has not been since the start. */
        checked: z.strictObject({ at: time, size: count, root: hex64 }).nullable(),
      }),
      trust: z.strictObject({ version: count, manifest: hex64 }).nullable(),
      enrolled: z.boolean(),
      /** Work that the last run of the station could not end. */
      interrupted: z.array(z.strictObject({ jobId: z.string(), kind: z.string(), subject: z.string() })),
      recovered: z.array(recovered),
    }),
    roles: ['setup', 'signed-out', 'anyone'],
    audit: 'none',
  }),
  /** Names the site and makes the first two people: an administrator and a compliance officer. */
  'station.setUp': call({
    params: z.strictObject({
      site: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
      hall: shortText.max(64).optional(),
      bench: shortText.max(64).optional(),
      administrator: newPerson,
      officer: newPerson,
    }),
    result: z.strictObject({ people: z.array(person) }),
    roles: ['setup'],
    audit: 'entry',
  }),
  /** Reads the site's first trust policy from a drive and asks for four of its twelve words; nothing is trusted yet. */
  'trust.review': call({
    params: z.strictObject({ driveId: z.string(), name: z.string() }),
    result: z.strictObject({
      manifest: hex64,
      version: count,
      positions: z.array(z.number().int().min(1).max(12)).length(4),
    }),
    roles: ['officer', 'administrator'],
    audit: 'none',
  }),
  /** One person's confirmation by words from a paper; the policy is in force when two different people gave theirs. */
  'trust.confirm': call({
    params: z.strictObject({
      driveId: z.string(),
      name: z.string(),
      manifest: hex64,
      words: z.array(z.strictObject({ position: z.number().int().min(1).max(12), word: z.string().max(32) })).length(4),
      password,
    }),
    result: z.strictObject({ confirmations: count, inForce: z.boolean() }),
    roles: ['officer', 'administrator'],
    audit: 'entry',
  }),
  /**
   * Starts a job that judges every trust file of a drive: good policy steps, by their versions, wait for a second signature
   * (`trust.sign`); then good recall lists are in force at once. Its result is `trustImportResult` of values.ts.
   */
  'trust.import': call({
    params: z.strictObject({ driveId: z.string() }),
    result: z.strictObject({ jobId: uuid }),
    roles: ['administrator', 'officer', 'technician'],
    audit: 'entry',
  }),
  /** The station's signing key, in twelve words that people compare with the team's, and how long its certificate counts. */
  'enrolment.look': call({
    params: nothing,
    result: z.strictObject({ key: hex64, words, notAfter: time.nullable() }),
    roles: ['administrator', 'officer', 'auditor'],
    audit: 'none',
  }),
  /** Writes the station's certificate request (`NAME.airreq`) to a drive. */
  'enrolment.request': call({
    params: z.strictObject({ driveId: z.string() }),
    result: z.strictObject({ name: z.string(), key: hex64, words }),
    roles: ['administrator'],
    audit: 'entry',
  }),
  /** Takes the certificate (`NAME.cert.airtrust`) that the team issued for this station's key. */
  'enrolment.install': call({
    params: z.strictObject({ driveId: z.string(), name: z.string() }),
    result: z.strictObject({ verdict: verdictSchema, notAfter: time.nullable() }),
    roles: ['administrator'],
    audit: 'entry',
  }),
} as const
