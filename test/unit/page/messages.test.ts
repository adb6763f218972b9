// SPDX-License-Identifier: Apache-2.0
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorWords } from '../../../renderer/text/error-words.ts'
import { de as pageDe } from '../../../renderer/text/de.ts'
import { en as pageEn, type TextKey } from '../../../renderer/text/en.ts'
import { errorCodes, isErrorCode } from '../../../shared/error-codes.ts'
import { de } from '../../../shared/text/de.ts'
import { en } from '../../../shared/text/en.ts'

/**
 * A message that the app must have: what it says in each language (one of several words: `a|b`), the facts that it
 * names. Where the page has a text of its own for it, with figures, `page` is its key.
 */
type Message = {
  readonly number: number
  readonly en: readonly string[]
  readonly de: readonly string[]
  readonly facts?: readonly string[]
  readonly page?: TextKey
}
const { messages, notRaised } = JSON.parse(readFileSync('test/vectors/ux-messages.json', 'utf8')) as {
  messages: readonly Message[]
  /** Why nothing raises a message. */
  notRaised: Readonly<Record<string, string>>
}

const codes = Object.keys(errorCodes).filter(isErrorCode)
const codeOf = (number: number) => codes.find((code) => errorCodes[code].number === number)
const languages = { en: { errors: en, page: pageEn }, de: { errors: de, page: pageDe } }

const textOf = ({ number, page }: Message, language: 'en' | 'de'): string => {
  const { errors, page: texts } = languages[language]
  if (page !== undefined) return texts[page]
  const code = codeOf(number)
  if (code === undefined) return ''
  const { headline, state, next } = errors[code]
  return [headline, state, ...next].join('\n')
}

describe('the messages of the app', () => {
  it('are all there with their code, in every language, each with the facts that it names (ux 69)', () => {
    const missing = messages.flatMap((message) =>
      (['en', 'de'] as const).flatMap((language) => {
        const text = textOf(message, language)
        const words = message[language].filter((word) => !new RegExp(word).test(text))
        const facts = (message.facts ?? []).filter((fact) => !text.includes(`{${fact}`))
        return [...words, ...facts].map((what) => `${message.number} ${language}: ${what}`)
      }),
    )
    expect(missing).toEqual([])
    expect(new Set(messages.map(({ number }) => number)).size).toBe(57)
  })

  it('name a fact where it is known, and are whole sentences where it is not', () => {
    const scope = (facts: Record<string, string>): string => errorWords('en', 'trust.scope', facts).headline
    const plain = 'This bundle was not imported. It is not meant for this site, product or channel'
    expect(scope({})).toBe(`${plain}.`)
    expect(scope({ site: 'north', sites: 'south, east' })).toBe(
      `${plain}: it is for south, east, and this station is at north.`,
    )
    expect(scope({ product: 'pump', products: 'valve' })).toBe(
      `${plain}: it is for pump, and its signer may sign for valve.`,
    )
    expect(errorWords('de', 'trust.expired', { ended: '2026-03-05' }).headline).toMatch(
      /war am 5\. März 2026 abgelaufen/,
    )
    expect(errorWords('en', 'medium.full', { needed: 4_100_000, free: 1_200_000 }).headline).toMatch(
      /: 4\.1.MB needed, 1\.2.MB free\.$/,
    )
    for (const code of codes)
      for (const language of ['en', 'de'] as const) {
        const { headline, state, next } = errorWords(language, code)
        expect([headline, state, ...next].join(' '), code).not.toMatch(/[[\]]/)
      }
  })

  it('are raised somewhere, or it is known why not', () => {
    const product = globSync('{main,renderer}/**/*.{ts,tsx}')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
    // A fault of the line has its name less the group.
    const isRaised = (code = '-'): boolean =>
      [code, code.replace(/^flash\./, '')].some((name) => product.includes(`'${name}'`))
    const silent = messages.map(({ number }) => number).filter((number) => !isRaised(codeOf(number)))
    expect(silent.filter((number) => notRaised[String(number)] === undefined)).toEqual([])
  })
})
