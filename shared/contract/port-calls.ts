// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call, stream } from '../rpc/contract-table.ts'

const nothing = z.strictObject({})

/** A port is known by its place on the bench: the hub's socket, or the path that somebody configured. */
export const portId = z.string().min(1).max(256)
/** What the sticker says. */
const portNumber = z.number().int().min(1).max(999)
const portName = z
  .string()
  .regex(/^[^\p{C}]*$/u)
  .trim()
  .min(1)
  .max(40)
  .nullable()

const numbered = { id: portId, number: portNumber, name: portName }
/** `ports`: what is plugged in; `absent`: places whose number is kept. Both by number. */
const portMap = z.strictObject({
  ports: z.array(z.strictObject({ ...numbered, label: z.string(), owner: z.enum(['free', 'flashing', 'telemetry']) })),
  absent: z.array(z.strictObject(numbered)),
})

/** The ports of the bench and the numbers on their stickers. */
export const portCalls = {
  'ports.list': call({ params: nothing, result: portMap, roles: ['anyone'], audit: 'none' }),
  /** The map at once, then whenever it has changed, or something was plugged in anew; a device that is plugged in shows within two seconds. */
  'ports.watch': stream({ params: nothing, event: portMap, roles: ['anyone'] }),
  /** The number on a port's sticker, and what people call it; a port that had the number takes this one's. */
  'ports.number': call({
    params: z.strictObject(numbered),
    result: portMap,
    roles: ['administrator'],
    audit: 'entry',
  }),
} as const
