// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, time, uuid } from './values.ts'

/** Of each kind at most this many are answered: a list that a person reads. */
export const mostFound = 8

/** Finding things by a few characters. */
export const findCalls = {
  /**
   * Devices by any part of the serial number, bundles by product and version, exports by number or purpose, log entries
   * by number; entries only to those who may read the log. The closest first.
   */
  'find.search': call({
    params: z.strictObject({ text: z.string().trim().min(1).max(64) }),
    result: z.strictObject({
      devices: z.array(
        z.strictObject({
          id: z.string(),
          serial: z.string(),
          model: z.string(),
          version: z.string().nullable(),
          lastSeen: time,
        }),
      ),
      bundles: z.array(z.strictObject({ id: hex64, product: z.string(), version: z.string() })),
      exports: z.array(z.strictObject({ id: uuid, number: count.nullable(), reason: z.string() })),
      entries: z.array(z.strictObject({ seq: count, action: z.string(), at: time })),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
