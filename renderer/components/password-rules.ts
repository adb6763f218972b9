// SPDX-License-Identifier: Apache-2.0

/** The rules that a page can tick while somebody types; the station decides. */
export type PasswordTick = { readonly rule: 'length' | 'kinds' | 'login'; readonly ok: boolean }

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

/** At least 12 characters of three kinds, or 16 of any; without the user name. */
export const passwordTicks = (password: string, login: string): readonly PasswordTick[] => {
  const { length } = Array.from(password)
  const variety = kinds.filter((kind) => kind.test(password)).length
  return [
    { rule: 'length', ok: length >= 12 },
    { rule: 'kinds', ok: length >= 16 || variety >= 3 },
    { rule: 'login', ok: length > 0 && (login === '' || !password.toLowerCase().includes(login.toLowerCase())) },
  ]
}

/** Whether the page would send it. */
export const isPassable = (password: string, login: string): boolean =>
  passwordTicks(password, login).every(({ ok }) => ok)
