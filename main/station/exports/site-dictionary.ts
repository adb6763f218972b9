// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { Actor, AuditLog } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import type { ReadHandle } from '../store/open.ts'
import type { SiteWords } from './sanitize/lexicon.ts'

/** Words, and characters of a word, that a dictionary holds at most. */
const limits = { words: 20_000, length: 256 } as const

const rowSchema = z.object({ words: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))) })

/** The officer's words; undefined while nobody has set them: then nothing leaves. */
export const readDictionary = (read: ReadHandle): readonly string[] | undefined => {
  const row = read.get('SELECT words FROM site_dictionary')
  return row === undefined ? undefined : rowSchema.parse(row).words
}

/**
 * Replaces the dictionary: people, hosts, lines, badges, networks, domains. The words themselves stay out of the audit
 * log, which travels: it holds their number and digest. Gives the number of words. Error: `call.parameters`.
 */
export const setDictionary = (
  { audit, clock }: { audit: AuditLog; clock: Clock },
  words: readonly string[],
  reason: string,
  actor: Actor,
): number => {
  const kept = [...new Set(words.map((word) => word.normalize('NFKC').trim()))].filter((word) => word.length > 1).sort()
  if (kept.length > limits.words || kept.some((word) => word.length > limits.length))
    throw new AirlockError('call.parameters', { what: 'dictionary' })
  const text = JSON.stringify(kept)
  const after = { words: kept.length, sha256: createHash('sha256').update(text).digest('hex') }
  audit.change(
    { actor, action: 'dictionary.set', object: { type: 'dictionary', id: 'site' }, outcome: 'ok', reason, after },
    (tx) =>
      tx.run(
        `INSERT INTO site_dictionary (one, words, set_by, set_at) VALUES (1, ?, ?, ?)
          ON CONFLICT (one) DO UPDATE SET words = excluded.words, set_by = excluded.set_by, set_at = excluded.set_at`,
        text,
        actor.uid,
        clock.now(),
      ),
  )
  return kept.length
}

/** What the station knows by itself: its people, and the serial numbers of its device registry. */
export type StationNames = { readonly people: SiteWords['people']; readonly serials: readonly string[] }

/** A word with dots between names, the last of letters: a domain of the site, whose hosts go too. */
const domain = /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/i

/** Everything that detectors and leak scan must not let out; undefined while the officer has set no dictionary. */
export const siteWords = (dictionary: readonly string[] | undefined, station: StationNames): SiteWords | undefined =>
  dictionary && {
    words: dictionary,
    people: station.people,
    serials: station.serials,
    domains: dictionary.filter((word) => domain.test(word)),
  }
