// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import type { Io } from '../command.ts'
import { readText } from '../words.ts'
import type { StationOptions } from './start-station.ts'

/** The options that every station command has, for `parseWords`. */
export const stationOptions = {
  data: { type: 'string' },
  drive: { type: 'string', multiple: true },
  port: { type: 'string', multiple: true },
  'passphrase-file': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** Their text in a usage. */
export const stationUsage = `--data FOLDER --passphrase-file FILE [--drive FOLDER]… [--port PATH]…
  The passphrase opens the station's keys; AIRLOCK_PASSPHRASE is read where the option is missing.`

type Values = {
  readonly data?: string | undefined
  readonly drive?: readonly string[] | undefined
  readonly port?: readonly string[] | undefined
  readonly 'passphrase-file'?: string | undefined
}

/** What the words say of the station. Errors: `usage`. */
export const toStationOptions = (values: Values, io: Io): StationOptions => {
  const file = values['passphrase-file']
  const passphrase = file === undefined ? io.env['AIRLOCK_PASSPHRASE'] : readText(file).trimEnd()
  if (values.data === undefined) throw new AirlockError('usage', { missing: '--data' })
  if (passphrase === undefined || passphrase === '') throw new AirlockError('usage', { missing: '--passphrase-file' })
  return { data: values.data, drives: values.drive ?? [], ports: values.port ?? [], passphrase }
}
