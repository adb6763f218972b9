// SPDX-License-Identifier: Apache-2.0
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AirlockError } from '../../shared/errors.ts'
import { bytes } from '../../shared/units.ts'
import { auditPaths } from './audit/paths.ts'
import { factsOf, makeFolder, readWhole, writeDurable } from './platform/files.ts'
import { newId } from './platform/ids.ts'

/** Who this station is: random, says nothing, never changes; the epoch grows when a log must begin anew. */
const identitySchema = z.strictObject({ stationId: z.uuid(), epoch: z.number().int().min(1) })
export type StationIdentity = z.infer<typeof identitySchema>

/** Where things lie below the data folder. The head of the log lies apart from the log. */
export const dataPaths = (data: string) =>
  ({
    lock: join(data, 'lock.db'),
    identity: join(data, 'station.json'),
    log: auditPaths(data),
    telemetry: join(data, 'telemetry.db'),
    stationKey: join(data, 'keys', 'station.key'),
    pseudonymKey: join(data, 'keys', 'pseudonym.key'),
    vault: join(data, 'vault'),
    exports: join(data, 'exports'),
  }) as const
export type DataPaths = ReturnType<typeof dataPaths>

/** Makes the folders that are missing, readable by this account only. */
export const makeDataFolder = (data: string): DataPaths => {
  const paths = dataPaths(data)
  for (const folder of [data, dirname(paths.log.headFile), dirname(paths.log.key), paths.vault, paths.exports])
    makeFolder(folder)
  return paths
}

/**
 * The station's identity, made at the first start. A database without an identity is not adopted: it is somebody
 * else's, or the folder was damaged. Errors: `audit.unreadable`.
 */
export const stationIdentity = (paths: DataPaths): StationIdentity => {
  if (factsOf(paths.identity) !== undefined) {
    const text = new TextDecoder().decode(readWhole(paths.identity, bytes(4096)))
    const parsed = identitySchema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    throw new AirlockError('audit.unreadable', { what: 'station.json' })
  }
  if (factsOf(paths.log.database) !== undefined)
    throw new AirlockError('audit.unreadable', { what: 'station.json is missing' })
  const fresh = { stationId: newId(), epoch: 1 }
  writeDurable(paths.identity, `${JSON.stringify(fresh)}\n`)
  return fresh
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
