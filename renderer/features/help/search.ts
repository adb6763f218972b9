// SPDX-License-Identifier: Apache-2.0
/** The help's search: pure. */
import { errorCodes, isErrorCode, type ErrorCode } from '../../../shared/error-codes.ts'
import { errorWords, type ErrorWords } from '../../text/error-words.ts'

export type FoundCode = ErrorWords & { readonly code: ErrorCode }

/** Codes that a list shows: who sees more than that types another letter. */
export const mostCodes = 25

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')

/** Whether every word of the question is somewhere in the text. */
export const says = (text: string, question: string): boolean => {
  const lower = text.toLowerCase()
  return wordsOf(question).every((word) => lower.includes(word))
}

/** Codes by their number (`AL-2104`, `2104`, `21`), their name, or words of what they say; a whole number stands first. */
export const findCodes = (language: 'en' | 'de', question: string): FoundCode[] => {
  const number = /^(?:al-?)?(\d{2,4})$/i.exec(question.trim())?.[1]
  const all = Object.keys(errorCodes)
    .filter(isErrorCode)
    .map((code) => ({ code, ...errorWords(language, code) }))
  return all
    .filter(({ code, headline, state, next, number: own }) =>
      number === undefined
        ? says(`${own} ${code} ${headline} ${state} ${next.join(' ')}`, question)
        : own.startsWith(`AL-${number}`),
    )
    .toSorted((a, b) => a.number.localeCompare(b.number))
    .slice(0, mostCodes)
}
