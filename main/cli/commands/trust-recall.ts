// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { documentChanges } from '../../../shared/formats/document-changes.ts'
import { recallSchema, type RecallList } from '../../../shared/formats/recall.ts'
import { millis } from '../../../shared/units.ts'
import { toTime } from '../../station/platform/clock.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { readRecallDocument } from '../bundle/context.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { describeChanges } from '../describe-changes.ts'
import { saveNewDocument } from '../trust/save-document.ts'
import { needed, parseWords, wholeNumber } from '../words.ts'
import { keyOf } from './trust-rotate.ts'

const matches = ['bundle', 'bundle-id', 'payload', 'below', 'signer'] as const
type Words = { readonly [K in (typeof matches)[number]]?: string | undefined }

/** Makes the next recall list. Errors: `usage`, `file.unusable`, `manifest.schema` (an id, a digest that is none). */
export const trustRecall: Command = {
  name: 'trust recall',
  summary: 'make the next recall list: withdraw bundles, images, counters or keys',
  usage: `airlock trust recall [CURRENT.airtrust] --out NEXT.airtrust --id ID
    (--bundle SHA256 | --bundle-id UUID | --payload SHA256 | --below PRODUCT=COUNTER | --signer KEY)
    --reason TEXT --instead TEXT [--severity critical|high|low] [--json]
airlock trust recall CURRENT.airtrust --out NEXT.airtrust --remove ID [--json]
  Without CURRENT it is the first list. The list is unsigned: airlock bundle sign NEXT.airtrust --role recall …
  A list that removes or changes an entry needs the root threshold as well. KEY is a pin or a certificate's file.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        id: { type: 'string' },
        bundle: { type: 'string' },
        'bundle-id': { type: 'string' },
        payload: { type: 'string' },
        below: { type: 'string' },
        signer: { type: 'string' },
        reason: { type: 'string' },
        instead: { type: 'string' },
        severity: { type: 'string', default: 'high' },
        remove: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const [path, more] = positionals
    if (more !== undefined) throw new AirlockError('usage', { why: 'one word too many', word: more })
    const current = path === undefined ? undefined : readRecallDocument(path).list
    const out = needed(values.out, 'out')
    const next = nextList(current, toTime(millis(io.clock.now())), (entries) => {
      if (values.remove !== undefined) return without(entries, values.remove)
      const id = needed(values.id, 'id')
      if (entries.some((entry) => entry.id === id)) throw new AirlockError('usage', { id, why: 'it is listed already' })
      const [reason, instead] = [needed(values.reason, 'reason'), needed(values.instead, 'instead')]
      return [...entries, { id, match: matchOf(values), reason, severity: values.severity, instead }]
    })
    const manifest = canonicalBytes(next)
    saveNewDocument(out, manifest)
    const changes = documentChanges(current ?? { entries: [] }, next).filter(({ path: at }) =>
      at.startsWith('entries['),
    )
    const made = { recall: out, version: next.version, digest: sha256Hex(manifest) }
    const roles = values.remove === undefined ? 'recall' : 'recall and root'
    io.out(
      values.json
        ? `${JSON.stringify({ ...made, changes })}\n`
        : `${out}\nsha256 ${made.digest}\n${describeChanges(changes)}sign as ${roles}\n`,
    )
    return 0
  },
}

const nextList = (
  current: RecallList | undefined,
  issuedAt: string,
  edit: (entries: RecallList['entries']) => { readonly id: string }[],
): RecallList => {
  const entries = edit(current?.entries ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const version = (current?.version ?? 0) + 1
  const parsed = recallSchema.safeParse({ kind: 'airlock.recall', schema: 1, version, issuedAt, entries })
  if (parsed.success) return parsed.data
  throw new AirlockError('manifest.schema', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
}

const without = (entries: RecallList['entries'], id: string): RecallList['entries'] => {
  const rest = entries.filter((entry) => entry.id !== id)
  if (rest.length === entries.length) throw new AirlockError('usage', { remove: id, why: 'no such entry' })
  return rest
}

/** What the entry speaks of: exactly one of the five. The schema judges digests, ids and names. */
const matchOf = (words: Words): object => {
  const given = matches.filter((match) => words[match] !== undefined)
  if (given.length !== 1) throw new AirlockError('usage', { why: `one of: ${matches.map((m) => `--${m}`).join(' ')}` })
  const { bundle, 'bundle-id': bundleId, payload, below, signer } = words
  if (bundle !== undefined) return { bundle }
  if (bundleId !== undefined) return { bundleId }
  if (payload !== undefined) return { payload }
  if (signer !== undefined) return { signer: keyOf(signer) }
  const [product = '', counter = ''] = (below ?? '').split('=')
  return { belowCounter: { product, counter: wholeNumber(counter, 'below') } }
}
