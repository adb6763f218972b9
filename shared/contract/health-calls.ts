// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, password, shortText, size, time } from './values.ts'

const nothing = z.strictObject({})
const reason = z.string().trim().min(1).max(1000)

/** The clock as the station judges it; `behind` and `ahead` stop importing and signing. */
export const clockLook = z.strictObject({
  state: z.enum(['good', 'stepped', 'behind', 'ahead']),
  /** Milliseconds by which it is behind or ahead, or was moved. */
  by: z.number().int().min(0),
  /** Minutes east of UTC. */
  offset: z.number().int(),
  /** Who said that it is right; it counts when a compliance officer has confirmed it. Only for people signed in. */
  looked: z.strictObject({ name: z.string(), reason: z.string(), at: time }).nullable(),
})

/** Free room as the station judges it; `full` stops what fills it, `reserve` all new work. */
export const storageLook = z.strictObject({
  state: z.enum(['good', 'low', 'full', 'reserve']),
  free: size,
  /** Days until it is full at the pace of the last weeks; null where there is no pace yet. */
  days: count.nullable(),
})

/** What the last start found and put right: codes and facts, whose sentences the page has. */
export const recovered = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['exports', 'imports', 'contents', 'captures', 'accounts']), count }),
  z.strictObject({
    kind: z.literal('flash'),
    product: z.string(),
    version: z.string(),
    port: z.string(),
    /** Step in which it was cut off. */
    stage: z.string(),
    next: z.enum(['start-again', 'continue', 'check-version', 'none']),
  }),
])

/** The station's own health: its clock, its storage. */
export const healthCalls = {
  /**
   * An administrator has set or compared the computer's clock and says so, with a reason and the password. Airlock does
   * not set it: that takes the rights of the operating system.
   */
  'clock.look': call({
    params: z.strictObject({ reason, password }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
  /** Another person confirms what the administrator said: time is counted from this clock again. */
  'clock.confirm': call({
    params: z.strictObject({ reason, password }),
    result: nothing,
    roles: ['officer'],
    audit: 'entry',
  }),
  'storage.get': call({
    params: nothing,
    result: z.strictObject({
      look: storageLook,
      total: size,
      /** Where the data lies, for the person who sets the station up; null for everybody else. */
      folder: z.string().nullable(),
      /** Bytes a day, over the last weeks. */
      pace: size.nullable(),
      low: size,
      full: size,
      reserve: z.strictObject({ size, held: z.boolean() }),
      sizes: z.array(z.strictObject({ kind: z.enum(['bundles', 'telemetry', 'exports', 'log']), bytes: size })),
    }),
    roles: ['setup', 'anyone'],
    audit: 'none',
  }),
  /** Free bytes below which storage counts as low and as full. */
  'storage.set': call({
    params: z.strictObject({ low: size.min(1), full: size.min(1), reason }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
  /** Names hall and bench of the station; they stand at the top of every page. */
  'station.place': call({
    params: z.strictObject({ hall: shortText.max(64), bench: shortText.max(64) }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
} as const
