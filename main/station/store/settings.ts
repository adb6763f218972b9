// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle, WriteHandle } from './open.ts'

const row = z.object({ value: z.string() })

/** The names of what a station knows of itself. */
export type Setting =
  | 'site'
  | 'hall'
  | 'bench'
  | 'storage'
  | 'station-certificate'
  | 'dictionary'
  | 'port-numbers'
  | 'run-at-once'
  | 'unregistered-drives'

/** A setting's text, or undefined. */
export const readSetting = (read: ReadHandle, name: Setting): string | undefined => {
  const found = read.get('SELECT value FROM setting WHERE name = ?', name)
  return found === undefined ? undefined : row.parse(found).value
}

/** Sets it, inside the caller's audited change. */
export const writeSetting = (tx: WriteHandle, name: Setting, value: string): void => {
  tx.run(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    value,
  )
}
