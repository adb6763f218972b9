// SPDX-License-Identifier: Apache-2.0
import { dirname, join } from 'node:path'
import type { TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { makeFolder, publish } from '../../station/platform/files.ts'
import { addArchive } from './catalogue.ts'
import { judgeChain, judgeStationKey, type Link } from './link.ts'
import { stageTable, type StagedFile } from './load-table.ts'
import { clearFile, type ImportContext, type TurnedAway } from './prepare-archive.ts'

/** New rows in the lake, or why there are none. */
export type Loaded = { readonly ok: true; readonly rows: number } | { readonly ok: false; readonly why: TurnedAway }

/**
 * Takes a prepared archive into the lake: stage → count → publish → catalogue. The files come first, then the row that
 * makes them count: what a crash leaves between the two is replaced by the next import. All rows are in, or none.
 */
export const loadArchive = async (
  archive: { readonly staging: string; readonly link: Link; readonly manifest: TelemetryManifest },
  { lake, rules, gapReason, log }: ImportContext,
  links: readonly Link[],
): Promise<Loaded> => {
  const { staging, link, manifest } = archive
  const files: StagedFile[] = []
  for (const payload of manifest.payloads) {
    const clear = clearFile(staging, payload.table)
    const staged = await stageTable(lake, { id: link.id, manifest }, payload, clear, join(staging, 'parquet'))
    if (!staged.ok) {
      const { cause, ok: _, ...fault } = staged
      if (cause !== undefined) log.error('archive', cause)
      return { ok: false, why: { verdict: 'refused', ...fault } }
    }
    files.push(...staged.files)
  }
  for (const { from, to } of files) {
    const target = join(lake.folder, to)
    makeFolder(dirname(target))
    publish(from, target)
  }
  const lifted = judgeChain(link, links) ?? judgeStationKey(link, links)
  const reason = lifted === undefined ? null : gapReason
  await addArchive(lake, { link, manifest, gapReason: reason, importedAt: rules.now }, files)
  return { ok: true, rows: files.reduce((sum, file) => sum + file.rows, 0) }
}
