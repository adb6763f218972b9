// SPDX-License-Identifier: Apache-2.0
import { basename, dirname, join } from 'node:path'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { z } from 'zod'
import { withFile } from '../bundle/draft.ts'
import { readHead } from '../../station/bundles/envelope/head.ts'
import { startSequence } from '../../station/bundles/envelope/sequence.ts'
import { startTape } from '../../station/bundles/envelope/tape.ts'
import { filePieces } from '../../station/exports/archive/write-file.ts'
import { createFile, factsOf, makeFolder, remove } from '../../station/platform/files.ts'
import { newId } from '../../station/platform/ids.ts'
import { noteTurnedAway, readLinks } from './catalogue.ts'
import type { Lake } from './lake.ts'
import { importArchive, type ImportContext, type Imported } from './import-archive.ts'

/** The result of one file, as `archive import --json` prints it. */
export type FileResult = { readonly file: string } & Omit<Imported, 'manifest' | 'link'>

/**
 * Imports files in the order of their chains, whatever the order of the words. One bad file does not stop the others.
 * What waits for something is copied to `quarantine/`, and every file that was not loaded is noted for the report.
 */
export const importArchives = async (
  files: readonly string[],
  context: Omit<ImportContext, 'links'>,
): Promise<FileResult[]> => {
  const { lake, rules } = context
  const links = await readLinks(lake)
  const results: FileResult[] = []
  for (const file of inChainOrder(files)) {
    const { manifest, link, ...result } = await importArchive(file, { ...context, links })
    if (link !== undefined) links.push(link)
    if (result.verdict !== 'accepted') {
      const { verdict, code = 'internal', archiveId: archive = null } = result
      const { station = null, number = null } = manifest ?? {}
      const entry = { at: rules.now, file: basename(file), archive, station, number, verdict, code }
      await noteTurnedAway(lake, entry)
      if (verdict === 'quarantined') keepCopy(file, quarantined(lake, archive ?? newId()))
    } else if (result.archiveId !== undefined) remove(quarantined(lake, result.archiveId))
    results.push({ file, ...result })
  }
  return results
}

const order = z.object({ station: z.string(), number: z.number() })

/** Sorted by what the manifests claim. Nothing is trusted by that: every archive is judged when its turn comes. */
const inChainOrder = (files: readonly string[]): string[] =>
  files
    .map((file) => ({ file, ...(claimOf(file) ?? { station: '', number: 0 }) }))
    .toSorted((a, b) => (a.station === b.station ? a.number - b.number : a.station < b.station ? -1 : 1))
    .map(({ file }) => file)

const claimOf = (path: string): z.infer<typeof order> | undefined =>
  withFile(path, (file) => {
    const head = readHead(startTape(file), startSequence())
    const document = head.ok ? parseCanonical(head.value.manifest) : undefined
    return document?.ok === true ? order.safeParse(document.value).data : undefined
  })

const quarantined = ({ folder }: Lake, id: string): string => join(folder, 'quarantine', `${id}.airtlm`)

const keepCopy = (from: string, to: string): void => {
  makeFolder(dirname(to))
  if (factsOf(to) !== undefined) return
  const file = createFile(to)
  try {
    for (const piece of filePieces(from)) file.write(piece)
    file.sync()
  } finally {
    file.close()
  }
}
