// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { auditPaths } from '../../station/audit/paths.ts'
import { factsOf, mayUse, realPath } from '../../station/platform/files.ts'
import type { Io } from '../command.ts'
import { readText } from '../words.ts'
import type { StationOptions } from './start-station.ts'

/** The options that every station command has, for `parseWords`. */
export const stationOptions = {
  data: { type: 'string' },
  drive: { type: 'string', multiple: true },
  media: { type: 'string', multiple: true },
  port: { type: 'string', multiple: true },
  'passphrase-file': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** Their text in a usage. */
export const stationUsage = `--data FOLDER --passphrase-file FILE [--drive FOLDER]… [--media FOLDER]… [--port PATH]…
  --drive makes a folder a drive; then only such folders are, and what is mounted below --media.
  The passphrase opens the station's keys; AIRLOCK_PASSPHRASE is read where the option is missing.`

type Values = {
  readonly data?: string | undefined
  readonly drive?: readonly string[] | undefined
  readonly media?: readonly string[] | undefined
  readonly port?: readonly string[] | undefined
  readonly 'passphrase-file'?: string | undefined
}

/** What the words say of the station. Errors: `usage`. */
export const toStationOptions = (values: Values, io: Io): StationOptions => {
  const file = values['passphrase-file']
  const passphrase = file === undefined ? io.env['AIRLOCK_PASSPHRASE'] : readText(file).trimEnd()
  if (values.data === undefined) throw new AirlockError('usage', { missing: '--data' })
  if (passphrase === undefined || passphrase === '') throw new AirlockError('usage', { missing: '--passphrase-file' })
  const drives = values.drive ?? []
  for (const drive of drives) if (!isUsableFolder(drive)) throw new AirlockError('usage', { 'no such folder': drive })
  // A station makes its folder at its first start; what is there already and is no folder of ours stays as it is.
  if (factsOf(values.data) !== undefined && !isUsableFolder(values.data))
    throw new AirlockError('usage', { 'not a folder to write to': values.data })
  const { media } = values
  return { data: values.data, drives, ports: values.port ?? [], passphrase, ...(media === undefined ? {} : { media }) }
}

/** A link to a folder is one, too. */
const isUsableFolder = (path: string): boolean => mayUse(path) && factsOf(realPath(path))?.kind === 'folder'

/** Calls that make sense before there is a station: they make one. */
const first = ['station.setUp', 'station.status']

/** A mistyped `--data` must not make a second station beside the first. Errors: `usage`. */
export const checkThere = (data: string, call: string): void => {
  if (!first.includes(call) && factsOf(auditPaths(data).database) === undefined)
    throw new AirlockError('usage', { 'there is no station here': data })
}
