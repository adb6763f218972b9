// SPDX-License-Identifier: Apache-2.0
import { errorCodes, type ErrorCode } from '../../shared/error-codes.ts'
import type { ErrorDetails } from '../../shared/errors.ts'
import { de } from '../../shared/text/de.ts'
import { en } from '../../shared/text/en.ts'
import { fillText } from '../../shared/text/fill.ts'
import { createFormat } from './format.ts'

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

const formats = { en: createFormat('en'), de: createFormat('de') }

/** A fact as people read it: a day has its month as a word, room on a drive is a size. */
const sayIn =
  (language: 'en' | 'de') =>
  (name: string, fact: ErrorDetails[string] | undefined): string => {
    if (fact === undefined) return name === 'port' ? somePort[language] : '…'
    if (typeof fact === 'string' && /^\d{4}-\d\d-\d\d$/.test(fact)) return formats[language].date(Date.parse(fact))
    if (typeof fact === 'number' && (name === 'needed' || name === 'free')) return formats[language].size(fact)
    return String(fact)
  }

/** A refusal's headline less the sentence that each of them begins with: where that stands already, or is not true. */
export const reasonOf = (headline: string, title: string): string =>
  headline.startsWith(`${title}. `) ? headline.slice(title.length + 2) : headline

/** The words for a code in a language. */
export const errorWords = (language: 'en' | 'de', code: ErrorCode, details: ErrorDetails = {}): ErrorWords => {
  const { headline, state, next } = languages[language][code]
  const fill = (text: string): string => fillText(text, details, sayIn(language))
  return {
    headline: fill(headline),
    state: fill(state),
    next: next.map(fill),
    number: `AL-${errorCodes[code].number}`,
  }
}
