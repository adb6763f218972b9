// SPDX-License-Identifier: Apache-2.0

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const plain = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name: string) => entities[name] ?? '')

/** The keys of a property list whose values are strings, whole numbers or yes and no; what is nested is left out. */
export const parsePlist = (xml: string): Readonly<Record<string, string | number | boolean>> => {
  const facts: Record<string, string | number | boolean> = {}
  const pairs = /<key>([^<]*)<\/key>\s*(?:<string>([^<]*)<\/string>|<integer>(\d+)<\/integer>|<(true|false)\s*\/>)/g
  for (const [, key, text, number, flag] of xml.matchAll(pairs)) {
    if (key === undefined) continue
    facts[plain(key)] = text !== undefined ? plain(text) : number !== undefined ? Number(number) : flag === 'true'
  }
  return facts
}
