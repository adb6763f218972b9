// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, exportRequest, hex64, password, shortText, size, time, uuid } from './values.ts'

const nothing = z.strictObject({})
const ask = ['technician', 'officer', 'developer'] as const

/** What leaves the site: asked for, looked at, approved by somebody else, written. */
export const exportCalls = {
  /** Starts a job that sanitizes, scans and keeps the clear bytes; its result is an `exportRequest` of values.ts. */
  'exports.request': call({
    params: z.strictObject({ from: time, to: time, reason: shortText }),
    result: z.strictObject({ jobId: uuid }),
    roles: ask,
    audit: 'entry',
  }),
  'exports.list': call({
    params: nothing,
    result: z.strictObject({ requests: z.array(exportRequest) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** What would leave: counts before and after, surviving strings by rarity, samples, digest of exactly these bytes. */
  'exports.preview': call({
    params: z.strictObject({ id: uuid }),
    result: z.strictObject({
      contentDigest: hex64,
      tables: z.array(z.strictObject({ table: z.string(), recordsIn: count, recordsOut: count, bytes: size })),
      removed: z.array(z.strictObject({ table: z.string(), field: z.string(), rule: z.string(), count })),
      strings: z.array(z.strictObject({ table: z.string(), field: z.string(), value: z.string(), count })),
      samples: z.array(z.strictObject({ table: z.string(), line: z.string() })),
    }),
    roles: ask,
    audit: 'none',
  }),
  'exports.approve': call({
    params: z.strictObject({ id: uuid, contentDigest: hex64, password }),
    result: exportRequest,
    roles: ['officer'],
    audit: 'entry',
  }),
  'exports.reject': call({
    params: z.strictObject({ id: uuid, reason: shortText, password }),
    result: exportRequest,
    roles: ['officer'],
    audit: 'entry',
  }),
  /** Starts a job that compresses, encrypts, signs and writes the approved bytes, and reads them back. */
  'exports.write': call({
    params: z.strictObject({ id: uuid, driveId: z.string() }),
    result: z.strictObject({ jobId: uuid }),
    roles: ['officer'],
    audit: 'entry',
  }),
  /** Names that must never leave: people, hosts, lines, networks. */
  'dictionary.set': call({
    params: z.strictObject({ words: z.array(shortText).max(20_000), reason: shortText }),
    result: z.strictObject({ words: count }),
    roles: ['officer'],
    audit: 'entry',
  }),
} as const
