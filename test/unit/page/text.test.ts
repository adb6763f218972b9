// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { i18n } from '@lingui/core'
import { describe, expect, it } from 'vitest'
import { compile } from '../../../renderer/text/compile.ts'
import { de } from '../../../renderer/text/de.ts'
import { en, type TextKey } from '../../../renderer/text/en.ts'
import { countdown, createFormat, shortDigest } from '../../../renderer/text/format.ts'
import { de as germanErrors } from '../../../shared/text/de.ts'
import { en as englishErrors } from '../../../shared/text/en.ts'

const keys = Object.keys(en).filter((key): key is TextKey => Object.hasOwn(en, key))
const names = (text: string): string[] =>
  [...new Set(Array.from(text.matchAll(/\{(\w+)[,}]/g), ([, name]) => name ?? ''))].sort()

/** The narrow space that does not break, as one that can be read in a test. */
const plain = (text: string): string => text.replaceAll('\u202f', ' ')

describe('the catalogues', () => {
  it.each(keys)('%s fills in the same values in both languages, and compiles', (key) => {
    expect(names(de[key])).toEqual(names(en[key]))
    expect(() => [compile(en[key]), compile(de[key])]).not.toThrow()
  })

  it.each(['en', 'de'])('no text of %s takes the place of another one', (language) => {
    const folder = new URL(`../../../renderer/text/${language}/`, import.meta.url)
    const all = readdirSync(folder).flatMap((file) =>
      Array.from(readFileSync(new URL(file, folder), 'utf8').matchAll(/^ {2}'([\w.-]+)':/gm), ([, key]) => key),
    )
    expect(all.length).toBeGreaterThanOrEqual(keys.length)
    expect(all.filter((key, place) => all.indexOf(key) !== place)).toEqual([])
  })

  it('chooses the plural by the number, also beside other values', () => {
    i18n.load('en', {
      a: compile('{name} has {n, plural, =0 {nothing} one {# box of {kind}} other {# boxes of {kind}}}.'),
    })
    i18n.activate('en')
    const say = (n: number): string => i18n._('a', { name: 'Ada', n, kind: 'nails' })
    expect([say(0), say(1), say(3)]).toEqual([
      'Ada has nothing.',
      'Ada has 1 box of nails.',
      'Ada has 3 boxes of nails.',
    ])
  })

  it('knows the step of the errors that only names the firmware contact, whom a refusal names anyway', () => {
    const alone = (errors: typeof englishErrors, step: string): string[] =>
      Object.entries(errors).flatMap(([code, { next }]) => (next.length === 1 && next[0] === step ? [code] : []))
    const english = alone(englishErrors, en['refusal.tell'])
    expect(english).toContain('limit.manifest-size')
    expect(alone(germanErrors, de['refusal.tell'])).toEqual(english)
  })

  it('refuses a brace that nobody closes', () => {
    expect(() => compile('{n, plural, one {# box')).toThrow(SyntaxError)
  })
})

describe('numbers and times', () => {
  const format = createFormat('en')

  it('writes sizes in powers of ten with one decimal below ten', () => {
    expect([999, 1000, 4_100_000, 14_200_000_000].map((size) => plain(format.size(size)))).toEqual([
      '999 B',
      '1.0 kB',
      '4.1 MB',
      '14 GB',
    ])
    expect(plain(createFormat('de').size(4_100_000))).toBe('4,1 MB')
  })

  it('writes a measured value to a thousandth, with the decimal sign of the language', () => {
    expect([format.value(44.99912), createFormat('de').value(44.99912), format.value(37)]).toEqual([
      '44.999',
      '44,999',
      '37',
    ])
  })

  it('groups digits from five on', () => {
    expect([9999, 10_000, 1_234_567].map((n) => plain(format.number(n)))).toEqual(['9999', '10 000', '1 234 567'])
  })

  it('rounds time left to what a person can use', () => {
    expect([0, 23_400, 61_000, 154_000, 400_000].map((ms) => plain(countdown(ms)))).toEqual([
      '0:00',
      '0:24',
      '1:10',
      '2:40',
      '7 min',
    ])
  })

  it('writes the month as a word, so that nobody takes it for the day (ux 86)', () => {
    expect(format.date(Date.UTC(2026, 10, 3, 12))).toMatch(/3 Nov 2026/)
    expect(createFormat('de').date(Date.UTC(2026, 10, 3, 12))).toMatch(/3\. Nov/)
  })

  it('never says all is done while something is open', () => {
    expect(plain(format.percent(0.999))).toBe('99 %')
  })

  it('shows a fingerprint in groups of four', () => {
    expect(shortDigest('7f3a91c2e05b0000')).toBe('7F3A 91C2 E05B')
  })
})
