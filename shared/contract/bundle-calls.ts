// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { bundle, hex64, time, uuid } from './values.ts'

const started = z.strictObject({ jobId: uuid })

/** Bundles: in from a drive, in the library. */
export const bundleCalls = {
  /** Starts a job that judges a bundle where it lies and keeps nothing; its result is `checkResult` of values.ts. */
  'bundles.check': call({
    params: z.strictObject({ driveId: z.string(), name: z.string() }),
    result: started,
    roles: ['technician', 'administrator'],
    audit: 'entry',
  }),
  /** Starts an import job; its result is `importResult` of values.ts: a refusal is a result, not an error. */
  'bundles.import': call({
    params: z.strictObject({ driveId: z.string(), name: z.string() }),
    result: started,
    roles: ['technician', 'administrator'],
    audit: 'entry',
  }),
  'bundles.list': call({
    params: z.strictObject({}),
    result: z.strictObject({
      bundles: z.array(bundle),
      /** Bundles that the recall list in force speaks of, with each entry that does. */
      withdrawn: z.array(
        z.strictObject({
          bundle: hex64,
          version: z.string(),
          entry: z.string(),
          reason: z.string(),
          instead: z.string(),
        }),
      ),
      /** Bundles that two people at this site have withdrawn, by themselves or by a key that they need. */
      withdrawnHere: z.array(
        z.strictObject({
          bundle: hex64,
          kind: z.enum(['key', 'bundle']),
          /** The key or bundle as people call it. */
          what: z.string(),
          askedBy: z.string(),
          signedBy: z.string(),
          at: time,
          reason: z.string(),
        }),
      ),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
