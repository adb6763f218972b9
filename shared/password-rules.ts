// SPDX-License-Identifier: Apache-2.0
/** What a password has to be: one place for the page, which ticks the rules while somebody types, and the station, which decides. */

/** The rules in the order in which they are looked at; each has a reason of its own, `person.password-<rule>`. */
export const passwordRules = ['characters', 'length', 'kinds', 'login', 'common'] as const
export type PasswordRule = (typeof passwordRules)[number]

const least = { length: 12, kinds: 3, phrase: 16, distinct: 6 }
const longest = 256

/** Words that everybody tries first. */
const denied = 'password passwort airlock admin qwert letmein welcome secret changeme 1234 abcd'.split(' ')

/** The form that is hashed and judged: keyboards differ in how they compose an é. */
export const normalizePassword = (password: string): string => password.normalize('NFKC')

const kindsOf = (text: string): number =>
  [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((pattern) => pattern.test(text)).length

/** Whether it is too long to be looked at, or no text at all. */
export const isUnreadable = (password: string): boolean => password.length > 4 * longest || !password.isWellFormed()

/** A word that everybody tries with little around it, or a few characters over and over. */
const isCommon = (text: string): boolean => {
  const rest = denied.reduce((left, word) => left.replaceAll(word, ''), text.toLowerCase())
  return new Set(Array.from(text)).size < least.distinct || rest.length < least.length / 2
}

/**
 * Which rules a password breaks: at least 12 characters, of 3 kinds or a phrase of 16, without the login, not what
 * everybody tries, at most 256 characters and none that controls a terminal.
 */
export const brokenRules = (password: string, login: string): readonly PasswordRule[] => {
  if (isUnreadable(password)) return ['characters']
  const text = normalizePassword(password)
  const { length } = Array.from(text)
  const broken: Readonly<Record<PasswordRule, boolean>> = {
    characters: length > longest || /\p{Cc}/u.test(text),
    length: length < least.length,
    kinds: length < least.phrase && kindsOf(text) < least.kinds,
    login: login !== '' && text.toLowerCase().includes(login.toLowerCase()),
    common: isCommon(text),
  }
  return passwordRules.filter((rule) => broken[rule])
}
