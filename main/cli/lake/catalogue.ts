// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { canonicalize } from '../../../shared/formats/canonical-json.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { formatCheckpoint, parseCheckpoint, type Checkpoint } from '../../station/audit/checkpoint.ts'
import type { Lake } from './lake.ts'
import type { Link } from './link.ts'
import type { StagedFile } from './load-table.ts'

const head = z.string().transform((text, context): Checkpoint => {
  const parsed = parseCheckpoint(text)
  if (parsed !== undefined) return parsed
  context.addIssue('not a checkpoint')
  return z.NEVER
})
const link = z.object({
  id: z.string(),
  station: z.string(),
  number: z.number(),
  previous: z.string().nullable(),
  signer: z.string(),
  head,
})

/** Every archive of the lake as a link of its station's chain: some hundred bytes each. */
export const readLinks = async (lake: Lake): Promise<Link[]> =>
  lake.all(link, 'SELECT id, station, number::DOUBLE AS number, previous, signer, head FROM archive')

/** One archive that is to be in the lake. */
export type NewArchive = {
  readonly link: Link
  readonly manifest: TelemetryManifest
  /** Why it was taken although the one before it is missing. */
  readonly gapReason: string | null
  readonly importedAt: number
}

/** Makes an archive part of the lake, in one transaction: its row and those of its files, which are in place already. */
export const addArchive = async (lake: Lake, archive: NewArchive, files: readonly StagedFile[]): Promise<void> => {
  const { link: own, manifest } = archive
  await lake.transact(async () => {
    await lake.run(
      `INSERT INTO archive VALUES ($id, $station, $site, $number, $previous, $signer, $head, $policy, $sanitization,
        $from, $to, $created, $imported, $reason, $manifest)`,
      {
        ...own,
        head: formatCheckpoint(own.head),
        site: manifest.site,
        policy: manifest.trustPolicy,
        sanitization: manifest.sanitization.policyDigest,
        from: timeMs(manifest.range.from),
        to: timeMs(manifest.range.to),
        created: timeMs(manifest.createdAt),
        imported: archive.importedAt,
        reason: archive.gapReason,
        manifest: canonicalize(manifest),
      },
    )
    for (const { to, table, rows } of files) {
      await lake.run('INSERT INTO file VALUES ($to, $id, $table, $rows)', { to, id: own.id, table, rows })
    }
  })
}

/** A file that was not loaded, for the report. */
export type TurnedAway = {
  readonly at: number
  readonly file: string
  readonly archive: string | null
  readonly station: string | null
  readonly number: number | null
  readonly verdict: 'refused' | 'quarantined'
  readonly code: string
}

/** Notes a file that was not loaded. */
export const noteTurnedAway = async (lake: Lake, entry: TurnedAway): Promise<void> =>
  lake.run('INSERT INTO turned_away VALUES ($at, $file, $archive, $station, $number, $verdict, $code)', { ...entry })
