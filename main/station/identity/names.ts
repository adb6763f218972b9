// SPDX-License-Identifier: Apache-2.0
/** What a login and a displayed name may look like: nobody can pass for somebody else by look-alike letters. Pure. */

/** ASCII only, so folding is lower-casing and nothing more: `аdmin` with a Cyrillic letter is no login at all. */
const loginPattern = /^[A-Za-z][A-Za-z0-9._-]{1,31}$/

/** Letters, marks, digits and the few signs that names have; single spaces inside. */
const namePattern = /^[\p{L}\p{M}\p{Nd}.,'’()-]+( [\p{L}\p{M}\p{Nd}.,'’()-]+)*$/u

/** Scripts that one name may not mix. Those of East Asia are written together and count as one. */
const scripts: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Devanagari}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u,
]
const anyScript = /[\p{Script=Common}\p{Script=Inherited}]/u

/** Cyrillic and Greek letters that look like Latin ones, pairwise. */
const lookAlikes = new Map(
  'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSαaοoρpνvιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX'
    .match(/../gu)
    ?.map((pair) => [pair.slice(0, 1), pair.slice(1)]),
)

/** The form in which two logins are the same. */
export const foldLogin = (login: string): string => login.toLowerCase()

/** Whether a login may be given. */
export const isLogin = (login: string): boolean => loginPattern.test(login)

/** Whether a name may be displayed: at most 64 characters, NFC, one script, no invisible or direction-changing ones. */
export const isName = (name: string): boolean => {
  if (name.length > 64 || name !== name.normalize('NFC') || !namePattern.test(name)) return false
  const letters = Array.from(name).filter((letter) => !anyScript.test(letter))
  const first = letters[0]
  if (first === undefined) return false
  const script = scripts.find((pattern) => pattern.test(first))
  return script !== undefined && letters.every((letter) => script.test(letter))
}

/** The form in which two names look the same. */
export const skeleton = (name: string): string =>
  Array.from(name.normalize('NFKD'))
    .map((letter) => lookAlikes.get(letter) ?? lookAlikes.get(letter.toUpperCase()) ?? letter)
    .join('')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
