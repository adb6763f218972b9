// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call, stream } from '../rpc/contract-table.ts'

/** Key bytes as base64: they travel between the station and its host only, never to a page. */
const secret = z.base64().max(8192)

/**
 * `refused`: the page tried to reach or open something (`what`); `lost`: its process ended or hung; `forced`: a person
 * ended the app while devices were written. `count`: how often since it was last told.
 */
const incident = z.strictObject({
  kind: z.enum(['refused', 'lost', 'forced']),
  what: z.string().max(64),
  detail: z.string().max(256),
  count: z.number().int().min(1),
})
export type Incident = z.infer<typeof incident>

/**
 * What the shell (or a headless command) does for the station. The roles of these rows mean nothing here: the line
 * between a station and its host is private to the two.
 */
export const hostContract = {
  /** Names the key store: recorded beside what it wrapped, compared before unwrapping. */
  'host.keyStore': call({
    params: z.strictObject({}),
    result: z.strictObject({ backend: z.string() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Encrypts a small secret so that only this host can open it again. */
  'host.wrap': call({
    params: z.strictObject({ secret }),
    result: z.strictObject({ wrapped: z.string() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Opens what `host.wrap` closed. Errors: `audit.key` when this host cannot. */
  'host.unwrap': call({
    params: z.strictObject({ wrapped: z.string().max(16384) }),
    result: z.strictObject({ secret }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Milliseconds since the person last touched the machine, or null where the host cannot tell. */
  'host.idle': call({
    params: z.strictObject({}),
    result: z.strictObject({ ms: z.number().int().nullable() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Says how many devices are being written: while there are any, the machine is kept from sleeping, the app from closing. */
  'host.keepAwake': call({
    params: z.strictObject({ devices: z.number().int().min(0).max(1024) }),
    result: z.strictObject({ held: z.boolean() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Prints what the page shows for paper, after the desktop's own question. `reason` is the desktop's word for why not. */
  'host.print': call({
    params: z.strictObject({ paper: z.enum(['a4', 'letter', 'label']), count: z.number().int().min(1).max(50) }),
    result: z.strictObject({ printed: z.boolean(), reason: z.string().max(256) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** The same as a PDF file, base64. Errors: `print.failed` without a page. */
  'host.pdf': call({
    params: z.strictObject({}),
    result: z.strictObject({ pdf: z.base64().max(64 * 1024 * 1024) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** What the host saw that belongs into the log: what a page was refused, a page that was lost, an end by force. */
  'host.incidents': stream({
    params: z.strictObject({}),
    event: incident,
    roles: ['anyone'],
  }),
} as const
export type HostContract = typeof hostContract
