// SPDX-License-Identifier: Apache-2.0
/** What stays on the station about an export, sealed by the site's key: who is behind which code, what a leak search found. */
import { join } from 'node:path'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { factsOf, makeFolder, readWhole, writeDurable } from '../platform/files.ts'
import type { LeakHit } from './sanitize/leak/leak-scan.ts'
import type { SiteKeys } from './site-keys.ts'

type Place = { readonly folder: string; readonly keys: SiteKeys }

/** A hundred hits of at most 64 KiB each, written as JSON and sealed. */
const largestHits = bytes(64 * 1024 * 1024)
const hitsSchema = z.array(z.strictObject({ where: z.string(), rule: z.string(), value: z.string() }))

/** Beside the exports, never among what is copied. */
const pathOf = (folder: string, name: string): string => {
  const path = join(folder, 'maps')
  makeFolder(path)
  return join(path, name)
}

const keep = ({ folder, keys }: Place, name: string, value: unknown): void =>
  writeDurable(pathOf(folder, name), keys.seal(new TextEncoder().encode(JSON.stringify(value))))

/** Keeps the map from codes to what they stand for. */
export const keepMap = (place: Place, id: string, map: Iterable<readonly [string, string]>): void =>
  keep(place, `${id}.map`, [...map])

/** Keeps what the leak search found, for whoever has to put it right. */
export const keepHits = (place: Place, id: string, hits: readonly LeakHit[]): void => keep(place, `${id}.hits`, hits)

/** What the leak search of a refused export found. Errors: `not-found`, `audit.key`. */
export const readHits = ({ folder, keys }: Place, id: string): LeakHit[] => {
  const path = pathOf(folder, `${id}.hits`)
  if (factsOf(path) === undefined) throw new AirlockError('not-found', { export: id })
  return hitsSchema.parse(JSON.parse(new TextDecoder().decode(keys.open(readWhole(path, largestHits)))))
}
