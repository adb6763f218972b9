// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, exportPreview, exportRequest, hex64, password, shortText, time, uuid } from './values.ts'

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
    result: exportPreview,
    roles: ask,
    audit: 'none',
  }),
  /** What the leak search found in a request that it refused: the values stay on the station. */
  'exports.hits': call({
    params: z.strictObject({ id: uuid }),
    result: z.strictObject({
      hits: z.array(z.strictObject({ where: z.string(), rule: z.string(), value: z.string() })),
    }),
    roles: ask,
    audit: 'none',
  }),
  'exports.approve': call({
    params: z.strictObject({
      id: uuid,
      contentDigest: hex64,
      /** Every field that no earlier approval let out, as the preview names them: the officer lets each out knowingly. */
      newFields: z.array(z.string().max(256)).max(10_000).default([]),
      password,
    }),
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
