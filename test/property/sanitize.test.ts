// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detect } from '../../main/station/exports/sanitize/detect.ts'
import { createLexicon } from '../../main/station/exports/sanitize/lexicon.ts'
import { splice } from '../../main/station/exports/sanitize/known.ts'
import { corpusSite, evasiveLines, secretLines } from '../support/leak-corpus.ts'
import { domainLines, lookalikeLines } from '../support/plain-corpus.ts'
import { cleaned, lineOf, linePolicy, scanned, textOf } from '../support/sanitize.ts'

const seeds = fc.integer({ min: 1, max: 1_000_000 })
const lexicon = createLexicon(corpusSite)
const after = (line: string): string => {
  const { text, findings } = detect(line, lexicon)
  return splice(
    text,
    findings.map(({ start, end }) => ({ start, end, replacement: '[x]' })),
  ).text
}
/** Share of the items that pass, in percent. */
const share = <T>(items: readonly T[], passes: (item: T) => boolean): number =>
  (items.filter(passes).length / items.length) * 100

describe('cleaning', () => {
  it('gives the same bytes for the same records in any order', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.infiniteStream(fc.nat()), async (seed, order) => {
        const records = secretLines(seed, 60).map(({ text }, i) => lineOf(text, `KX-${i % 7}`))
        const keys = new Map(records.map((record) => [record, order.next().value ?? 0]))
        const shuffled = records.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
        const [one, two] = [await cleaned(records, linePolicy()), await cleaned(shuffled, linePolicy())]
        expect(textOf(two)).toBe(textOf(one))
        expect(two.report).toEqual(one.report)
      }),
      { numRuns: 15 },
    )
  })

  it('and the leak scan behind it let no planted secret out', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const lines = secretLines(seed, 120)
        const run = await cleaned(
          lines.map(({ text }) => lineOf(text)),
          linePolicy(),
        )
        const text = textOf(run)
        for (const { secret } of lines) expect(text.includes(JSON.stringify(secret).slice(1, -1)), secret).toBe(false)
        // An honest run passes: what was found is gone everywhere, so that nothing stands in its own way.
        expect((await scanned(run, linePolicy())).hits).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('never fails and never lets an unclean line pass the scan, whatever the text is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 20 }), async (lines) => {
        const run = await cleaned(
          lines.map((line) => lineOf(line)),
          linePolicy(),
        )
        expect((await scanned(run, linePolicy())).hits.filter(({ rule }) => rule === 'parse')).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('the leak scan alone', () => {
  it('catches every secret whose value is known, when no detector has run', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const [line] = secretLines(seed, 1 + (seed % 19)).slice(-1)
        if (line === undefined) return
        const raw = Buffer.from(`${JSON.stringify({ line: line.text })}\n`)
        const run = await cleaned([], linePolicy())
        const leaky = {
          ...run,
          tables: [{ path: 'events.ndjson', records: 1, pieces: [raw], bytes: raw }],
          values: { ...run.values, found: new Map([[line.secret, '']]) },
        }
        expect((await scanned(leaky, linePolicy())).clean, line.text).toBe(false)
      }),
      { numRuns: 200 },
    )
  })
})

describe('on lines that were made without a look at the rules', () => {
  it('99.5 % of the secrets are gone, and 97 % of the text beside them stays', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const lines = secretLines(seed, 1900)
        expect(share(lines, ({ text, secret }) => !after(text).includes(secret))).toBeGreaterThanOrEqual(99.5)
        expect(
          share(lines, ({ text, beside }) => beside.every((word) => after(text).includes(word))),
        ).toBeGreaterThanOrEqual(97)
      }),
      { numRuns: 5 },
    )
  })

  it('80 % of the disguised ones are gone', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const gone = share(
          evasiveLines(seed, 1000),
          ({ text, secret }) => after(text).includes('[x]') && !after(text).includes(secret),
        )
        expect(gone).toBeGreaterThanOrEqual(80)
      }),
      { numRuns: 5 },
    )
  })

  it('98 % of ordinary lines and 75 % of what only looks like a secret stay', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(share(domainLines(seed, 1000), (line) => after(line) === line)).toBeGreaterThanOrEqual(98)
        expect(
          share(lookalikeLines(seed, 1400), ({ text, keep }) => after(text).includes(keep)),
        ).toBeGreaterThanOrEqual(75)
      }),
      { numRuns: 5 },
    )
  })
})
