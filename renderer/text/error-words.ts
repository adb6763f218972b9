// SPDX-License-Identifier: Apache-2.0
import { errorCodes, type ErrorCode } from '../../shared/error-codes.ts'
import type { ErrorDetails } from '../../shared/errors.ts'
import { de } from '../../shared/text/de.ts'
import { en } from '../../shared/text/en.ts'

const languages = { en, de }

/** What a person reads for a code, with its facts filled in. `number` is the short code to quote: AL-2104. */
export type ErrorWords = {
  readonly headline: string
  readonly state: string
  readonly next: readonly string[]
  readonly number: string
}

/** What stands for a port that an error does not name. */
const somePort = { en: 'The device', de: 'Das Gerät' }

const fill = (language: 'en' | 'de', text: string, details: ErrorDetails): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    if (Object.hasOwn(details, name)) return String(details[name])
    return name === 'port' ? somePort[language] : '…'
  })

/** A refusal's headline less the sentence that each of them begins with: where that stands already, or is not true. */
export const reasonOf = (headline: string, title: string): string =>
  headline.startsWith(`${title}. `) ? headline.slice(title.length + 2) : headline

/** The words for a code in a language. */
export const errorWords = (language: 'en' | 'de', code: ErrorCode, details: ErrorDetails = {}): ErrorWords => {
  const { headline, state, next } = languages[language][code]
  return {
    headline: fill(language, headline, details),
    state: fill(language, state, details),
    next: next.map((step) => fill(language, step, details)),
    number: `AL-${errorCodes[code].number}`,
  }
}
