// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { detect } from '../../../main/station/exports/sanitize/detect.ts'
import { detectors } from '../../../main/station/exports/sanitize/detectors/all.ts'
import { isIPv6 } from '../../../main/station/exports/sanitize/detectors/ipv6.ts'
import { createLexicon } from '../../../main/station/exports/sanitize/lexicon.ts'

const folder = 'test/vectors/detectors'
const fileSchema = z.strictObject({
  detector: z.string(),
  version: z.int(),
  vectors: z.array(z.strictObject({ text: z.string(), expect: z.array(z.string()) })).min(2),
})
const files = readdirSync(folder).map((name) => fileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
const nothing = createLexicon({ words: [], people: [], serials: [], domains: [] })

const foundBy = (rule: string, text: string): string[] => {
  const { text: read, findings } = detect(text, nothing)
  const spans = findings.filter((finding) => finding.rule === rule).map(({ start, end }) => read.slice(start, end))
  // What reads the same with and without its escapes is found twice.
  return [...new Set(spans)]
}

describe('vectors', () => {
  it('are there for every detector, of its version, with texts that it takes and texts that it leaves', () => {
    const listed = files.map(({ detector, version }) => `${detector}@${version}`).sort()
    expect(listed).toEqual(detectors.map(({ id, version }) => `${id}@${version}`).sort())
    for (const { vectors } of files) {
      expect(vectors.some(({ expect: found }) => found.length > 0)).toBe(true)
      expect(vectors.some(({ expect: found }) => found.length === 0)).toBe(true)
    }
  })

  it.each(files.flatMap(({ detector, vectors }) => vectors.map((vector) => ({ detector, ...vector }))))(
    '$detector finds $expect in $text',
    ({ detector, text, expect: wanted }) => {
      expect(foundBy(detector, text)).toEqual(wanted)
    },
  )
})

describe('the IPv6 parser', () => {
  it.each(['::', '::1', '1::', 'fe80::1', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1:2:3:4:5:6:1.2.3.4', '1::8'])(
    'takes %s',
    (text) => {
      expect(isIPv6(text)).toBe(true)
    },
  )
  it.each([
    '',
    ':',
    ':::',
    '1',
    '1:2:3',
    '12:34:56',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '12345::',
    'g::',
    '::1.2.3',
    '::1.2.3.256',
    '::01.2.3.4',
  ])('refuses %s', (text) => {
    expect(isIPv6(text)).toBe(false)
  })
})

describe('normalising', () => {
  const site = createLexicon({
    words: ['press-line-4'],
    people: [{ name: 'Sören Lindqvist', login: 'slindq' }],
    serials: ['SN-00417-A'],
    domains: ['plant.example'],
  })
  const rules = (text: string): string[] => [...new Set(detect(text, site).findings.map(({ rule }) => rule))].sort()

  it.each([
    ['zero-width characters', 'john\u200b@acme.com', 'email'],
    ['terminal colours', 'jo\u001b[1mhn@acme.com', 'email'],
    ['full-width letters', 'ｊｏｈｎ＠ａｃｍｅ．ｃｏｍ', 'email'],
    ['Cyrillic lookalikes', 'jоhn@acme.com', 'email'],
    ['URL escapes', 'john%40acme.com', 'email'],
    ['HTML entities', 'john&#64;acme&period;com', 'email'],
    ['JSON escapes', 'john\\u0040acme.com', 'email'],
    ['defanged dots', '10[.]0[.]0[.]5', 'ipv4'],
    ['base64', 'am9obi5kb2VAYWNtZS5jb20=', 'encoded'],
    [
      'base64 in base64',
      Buffer.from(Buffer.from('john.doe@acme.com').toString('base64')).toString('base64'),
      'encoded',
    ],
    ['hex', Buffer.from('john.doe@acme.com').toString('hex'), 'encoded'],
    ['another spelling of a word', 'PRESS_LINE.4', 'dictionary'],
    ['a word without its dashes', 'pressline4', 'dictionary'],
    ['umlauts written out', 'Soeren LINDQVIST', 'dictionary'],
    ['the name turned round', 'Lindqvist, Sören', 'dictionary'],
    ['a word inside a longer name', 'dhcp-press-line-4-eth0', 'dictionary'],
    ['a host of the site', 'x7.plant.example', 'domain'],
    ['a serial number of the registry', 'sn_00417_a', 'registry'],
  ])('sees through %s', (_what, text, rule) => {
    expect(rules(text)).toContain(rule)
  })

  it('finds nothing in words that only begin like a name', () => {
    expect(rules('compressline40 and lindqvistite, plant.examples')).toEqual([])
  })

  it('takes time in proportion to the length of a hostile line', () => {
    // Each of these made a careless rule exponential once.
    for (const piece of [
      'a',
      'aA',
      'a_',
      '1.',
      'a.',
      'ab:',
      '1 ',
      '-',
      '=',
      'user ',
      '"',
      '\\',
      '%4',
      '0.1234 ',
      '+1 ',
    ])
      expect(detect(`password ${piece.repeat(20_000 / piece.length)}`, nothing).text.length).toBeGreaterThan(10_000)
  })
})
