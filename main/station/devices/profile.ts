// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { baud, bytes, millis } from '../../../shared/units.ts'
import { listFolder, readWhole } from '../platform/files.ts'

const lineSpeed = z.int().min(50).max(10_000_000).transform(baud)
const size = z.int().min(1).max(0xffff_ffff).transform(bytes)

/** What is known of a kind of board, as data: `resources/profiles/*.json`. */
export const profileSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** For people. */
  name: z.string().min(1).max(256),
  /** The product of the bundles that are meant for this board. */
  product: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  driver: z.enum(['stk500v1']),
  loader: z.strictObject({
    baud: lineSpeed,
    /** Chip signature, lower-case hex. */
    signature: z.string().regex(/^[0-9a-f]{6}$/),
    /** Bytes below the boot loader. */
    flashBytes: size,
    pageBytes: size,
    /** Erase and write of one page, by the data sheet. */
    pageWriteMs: z.number().min(0).max(1000),
  }),
  application: z.strictObject({
    baud: lineSpeed,
    /** Time from reset to the banner, at most. */
    bannerWithinMs: z.int().min(100).max(60_000).transform(millis),
    /** A line of JSON with an object under `key`; the names of its fields. */
    banner: z.strictObject({
      key: z.string().min(1).max(64),
      model: z.string().min(1).max(64),
      serial: z.string().min(1).max(64),
      hardware: z.string().min(1).max(64),
      version: z.string().min(1).max(64),
    }),
  }),
})
export type DeviceProfile = z.infer<typeof profileSchema>

const limit = bytes(65_536)

const parse = (path: string): DeviceProfile => {
  try {
    return profileSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(readWhole(path, limit))))
  } catch (cause) {
    throw new AirlockError('device.profile', { profile: path.split(/[\\/]/).at(-1) ?? path }, { cause })
  }
}

/** Every profile of a folder, sorted by file name. Errors: `device.profile` names the file that is not one. */
export const loadProfiles = (folder: string): DeviceProfile[] =>
  listFolder(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parse(join(folder, name)))
