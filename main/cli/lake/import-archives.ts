// SPDX-License-Identifier: Apache-2.0
import { basename, dirname, join } from 'node:path'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { z } from 'zod'
import { openForeign } from '../bundle/draft.ts'
import { readHead } from '../../station/bundles/envelope/head.ts'
import { startSequence } from '../../station/bundles/envelope/sequence.ts'
import { startTape } from '../../station/bundles/envelope/tape.ts'
import { filePieces } from '../../station/exports/archive/write-file.ts'
import { createFile, factsOf, makeFolder, remove } from '../../station/platform/files.ts'
import { newId } from '../../station/platform/ids.ts'
import { noteTurnedAway, readLinks } from './catalogue.ts'
import type { Lake } from './lake.ts'
import type { Link } from './link.ts'
import { loadArchive, type Loaded } from './load-archive.ts'
import { prepareArchive, type ImportContext, type Prepared, type TurnedAway } from './prepare-archive.ts'

/** What became of one file. `rows`: new rows in the lake; `already`: the archive was in it before. */
export type FileResult = {
  readonly file: string
  readonly archiveId?: string
  readonly verdict: 'accepted' | 'refused' | 'quarantined'
  readonly code?: ErrorCode
  readonly detail?: string
  readonly rows: number
  readonly already: boolean
}

/**
 * Imports files in the order of their chains, whatever the order of the words (docs/formats/telemetry-archive.md,
 * clause 6). One bad file does not stop the others. What waits for something is copied to `quarantine/`, and every file
 * that was not loaded is noted for the report. While the engine loads one archive, the next one is judged and decrypted.
 */
export const importArchives = async (files: readonly string[], context: ImportContext): Promise<FileResult[]> => {
  const links = await readLinks(context.lake)
  const results: FileResult[] = []
  let ahead: Ahead | undefined
  try {
    const queue = await inChainOrder(files)
    for (const [index, file] of queue.entries()) {
      const prepared = await (ahead ?? prepareAhead(file, context, links))
      const following = queue[index + 1]
      const link = prepared.next.kind === 'load' ? prepared.next.link : undefined
      // The next one is judged as if this one were in; where it does not get in, that was for nothing.
      const known = link === undefined ? [...links] : [...links, link]
      ahead = following === undefined ? undefined : prepareAhead(following, context, known)
      const result = await finish(file, prepared, context, links)
      results.push(result)
      if (link !== undefined && result.verdict === 'accepted') links.push(link)
      else if (link !== undefined) ahead = await drop(ahead)
    }
  } finally {
    await drop(ahead)
  }
  return results
}

type Ahead = Promise<Prepared>

const prepareAhead = (file: string, context: ImportContext, links: readonly Link[]): Ahead => {
  const work = prepareArchive(file, context, links)
  // Its failure is seen when its turn comes; until then nobody listens.
  work.catch(() => undefined)
  return work
}

const drop = async (ahead: Ahead | undefined): Promise<undefined> => {
  const [done] = await Promise.allSettled(ahead === undefined ? [] : [ahead])
  if (done?.status === 'fulfilled') remove(done.value.staging)
}

const finish = async (
  file: string,
  prepared: Prepared,
  context: ImportContext,
  links: readonly Link[],
): Promise<FileResult> => {
  const { staging, archiveId, next } = prepared
  const facts = { file, ...(archiveId === undefined ? {} : { archiveId }) }
  try {
    if (next.kind === 'already') return { ...facts, verdict: 'accepted', rows: 0, already: true }
    const loaded: Loaded =
      next.kind === 'load' ? await loadArchive({ staging, ...next }, context, links) : { ok: false, why: next.why }
    if (!loaded.ok) {
      await turnAway(file, prepared, loaded.why, context)
      return { ...facts, ...loaded.why, rows: 0, already: false }
    }
    if (archiveId !== undefined) remove(quarantined(context.lake, archiveId))
    return { ...facts, verdict: 'accepted', rows: loaded.rows, already: false }
  } finally {
    remove(staging)
  }
}

const turnAway = async (
  file: string,
  { archiveId, manifest }: Prepared,
  { verdict, code }: TurnedAway,
  { lake, rules }: ImportContext,
): Promise<void> => {
  const { station = null, number = null } = manifest ?? {}
  // The id is a digest: it can be taken from a file that nobody trusts yet, and fits when the file comes again.
  const archive = archiveId ?? (await headOf(file))?.manifestDigest ?? null
  await noteTurnedAway(lake, { at: rules.now, file: basename(file), archive, station, number, verdict, code })
  if (verdict === 'quarantined') keepCopy(file, quarantined(lake, archive ?? newId()))
}

const order = z.object({ station: z.string(), number: z.number() })

/** Sorted by what the manifests claim. Nothing is trusted by that: every archive is judged when its turn comes. */
const inChainOrder = async (files: readonly string[]): Promise<string[]> => {
  const claims: (z.infer<typeof order> & { file: string })[] = []
  for (const file of files) claims.push({ file, ...((await claimOf(file)) ?? { station: '', number: 0 }) })
  return claims
    .toSorted((a, b) => (a.station === b.station ? a.number - b.number : a.station < b.station ? -1 : 1))
    .map(({ file }) => file)
}

const headOf = async (path: string) => {
  const file = openForeign(path)
  try {
    const head = await readHead(startTape(file), startSequence())
    return head.ok ? head.value : undefined
  } finally {
    file.close()
  }
}

const claimOf = async (path: string): Promise<z.infer<typeof order> | undefined> => {
  const head = await headOf(path)
  const document = head === undefined ? undefined : parseCanonical(head.manifest)
  return document?.ok === true ? order.safeParse(document.value).data : undefined
}

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
