// SPDX-License-Identifier: Apache-2.0

/** Log text as a constant part with `<kind>` where something varies, and what stood there. */
export type Masked = { readonly template: string; readonly arguments: readonly string[] }

/** In this order: the first that fits takes the text. `lit` is text that itself looks like a mask. */
const kinds = {
  lit: /<(?:lit|uuid|email|mac|ip|hex|id|num)>/,
  uuid: /(?<![0-9A-Za-z])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9A-Za-z])/,
  email: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/,
  mac: /(?<![0-9A-Za-z:])[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5,7}(?![0-9A-Za-z:])/,
  ip: /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2}|:\d{1,5})?(?![\w.]*\d)|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\w:])/,
  hex: /(?<![0-9A-Za-z_])(?:0[xX][0-9a-fA-F]{1,64}|(?=[a-fA-F]{0,63}\d)(?=\d{0,63}[a-fA-F])[0-9a-fA-F]{8,64})(?![0-9A-Za-z_])/,
  // Serial numbers, host names, badge ids: parts joined by - or _, one of which mixes letters and digits. Masked whole:
  // half of an identity is still a hint. Host names with a domain stay whole for the sanitizer to judge.
  id: /(?<![\w.-])(?=[\w-]{0,63}(?:[A-Za-z]\d|\d[A-Za-z]))(?=[A-Za-z0-9]{1,63}[-_])[A-Za-z0-9][\w-]{2,63}(?![\w-]|\.[A-Za-z])/,
  num: /(?<![\w.])[-+]?\d+(?:\.\d+)*(?:[eE][-+]?\d{1,3}(?!\d))?/,
} as const

const variable = new RegExp(
  Object.entries(kinds)
    .map(([kind, pattern]) => `(?<${kind}>${pattern.source})`)
    .join('|'),
  'g',
)
const masks = /<(?:lit|uuid|email|mac|ip|hex|id|num)>/g

/**
 * Masks what varies: numbers, hex, UUIDs, identities such as `DC-0042-7Q`, e-mail, MAC and IP addresses. `fill` gives the text back. Messages of one
 * statement in the firmware share a template, so that free text becomes a list that can be counted and reviewed.
 */
export const mask = (text: string): Masked => {
  const found: string[] = []
  const template = text.replaceAll(variable, (...match: unknown[]) => {
    found.push(String(match[0]))
    return `<${kindOf(match.at(-1))}>`
  })
  return { template, arguments: found }
}

const kindOf = (groups: unknown): string => {
  if (typeof groups !== 'object' || groups === null) return 'lit'
  return Object.entries(groups).find(([, value]) => value !== undefined)?.[0] ?? 'lit'
}

/** The text that was masked. */
export const fill = ({ template, arguments: values }: Masked): string => {
  let index = 0
  return template.replaceAll(masks, () => values[index++] ?? '')
}
