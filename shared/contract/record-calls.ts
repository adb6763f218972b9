// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { auditRow } from './look-calls.ts'
import { runTargetState } from './run-calls.ts'
import { count, facts, hex64, time, uuid } from './values.ts'

const readers = ['technician', 'officer', 'administrator', 'auditor'] as const

/** A run as lists show it; `updated`: devices that were written, read back and said their new version. */
const runLine = z.strictObject({
  id: uuid,
  bundle: hex64,
  product: z.string(),
  version: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
  devices: count,
  updated: count,
})

/** One device of a run as its record says it. */
const recordDevice = z.strictObject({
  /** Number of its port's sticker; null for a place that has none any more. */
  port: count.nullable(),
  state: runTargetState,
  serial: z.string().nullable(),
  model: z.string().nullable(),
  hardware: z.string().nullable(),
  from: z.string().nullable(),
  code: z.string().nullable(),
  details: facts.nullable(),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  by: z.string(),
  jobId: uuid.nullable(),
  /** The log entry of its end: the number of its record, which the label bears. */
  entry: count.nullable(),
})

/** Records of runs: made by the run itself, read and printed at any time after. */
export const recordCalls = {
  /** The newest runs first. */
  'records.list': call({
    params: z.strictObject({ limit: z.number().int().min(1).max(200) }),
    result: z.strictObject({ runs: z.array(runLine) }),
    roles: readers,
    audit: 'none',
  }),
  /** Everything that a run's record says. Errors: `run.none` for a run that is not known. */
  'records.get': call({
    params: z.strictObject({ id: uuid }),
    result: z.strictObject({
      run: runLine,
      people: z.array(z.string()),
      signers: z.array(z.strictObject({ role: z.string(), name: z.string().nullable() })),
      devices: z.array(recordDevice),
      /** What people did with the run. */
      entries: z.array(auditRow),
      /** SHA-256 over all of the above in canonical JSON. */
      digest: hex64,
    }),
    roles: readers,
    audit: 'none',
  }),
} as const
