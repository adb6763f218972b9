// SPDX-License-Identifier: Apache-2.0
import { labels } from './labels.ts'

/** What a site knows of itself and never lets out. */
export type SiteWords = {
  /** Hosts, lines, badges, networks, projects: whole tokens. */
  readonly words: readonly string[]
  /** People of the station: the full name, its parts of four letters or more, the login. */
  readonly people: readonly { readonly name: string; readonly login: string }[]
  /** Serial numbers and other identities of the device registry. */
  readonly serials: readonly string[]
  /** The site's own domains, without a host: `plant.example`. */
  readonly domains: readonly string[]
}

/** A lexicon entry: its parts in lower case, and the rule that it stands for. */
export type Entry = {
  readonly atoms: readonly string[]
  readonly rule: 'dictionary' | 'registry'
  readonly value: string
}

/** Bits of the table that the scanner asks with a word's hash. */
export const mark = { first: 1, joined: 2, label: 4 } as const

/** The site's words in the form that the scanner looks them up in. */
export type Lexicon = {
  /** 65 536 slots by the upper bits of the hash: what a word with it may be. */
  readonly table: Uint8Array
  readonly byFirst: ReadonlyMap<string, readonly Entry[]>
  readonly joined: ReadonlyMap<string, Entry>
  readonly domains: readonly string[]
}

const prime = 0x01000193
const seed = 0x811c9dc5
/** One step of FNV-1a over lower-case code units; the scanner does the same inline. */
const hashOf = (word: string): number => {
  let h = seed
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), prime)
  return (h ^ (h >>> 15)) & 0xffff
}

/** First names and family names that are also words of the trade are matched as part of the full name only. */
const tradeWords = new Set(
  'power long field young short strong high page mark grant drew rich frank chase bill rush stone wood bolt pump motor valve king lane line west east north south summer winter white black green brown grey gray gold silver rose reed cook baker miller smith hand head foot back rust wells banks cross hill lake ford parts bush rain frost snow light bright sharp swift power bell ball bank case close cool core cage dial drum fuse gate gear hook joint link lock plug port pole rack ring rod root seal shaft steel spring switch tank test track tube wheel wire long temp error fault alarm state stopp maxi mini peak meter main idle load mode auto hold'.split(
    ' ',
  ),
)

/** Lower case, and the spellings of umlauts and accents that keyboards without them produce. */
const spellings = (word: string): string[] => {
  const lower = word.normalize('NFKC').toLowerCase()
  const bare = lower.normalize('NFD').replace(/\p{M}/gu, '')
  const german = lower.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
  return [...new Set([lower, bare, german])]
}

const atomsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((atom) => atom !== '')

/** Every entry that stands for the site's words. */
const entriesOf = (site: SiteWords): Entry[] => {
  const entry = (text: string, rule: Entry['rule']): Entry[] =>
    spellings(text)
      .map((value) => ({ atoms: atomsOf(value), rule, value }))
      .filter(({ atoms }) => atoms.join('').length > 1)
  const person = ({ name, login }: SiteWords['people'][number]): Entry[] => {
    const parts = name.split(/\s+/).filter((part) => part !== '')
    const apart = parts.filter((part) => part.length >= 4 && !tradeWords.has(part.toLowerCase()))
    return [name, [...parts].reverse().join(' '), login, ...apart].flatMap((text) => entry(text, 'dictionary'))
  }
  return [
    ...site.words.flatMap((word) => entry(word, 'dictionary')),
    ...site.people.flatMap(person),
    ...site.serials.filter((serial) => serial.length >= 4).flatMap((serial) => entry(serial, 'registry')),
  ]
}

/** Makes the look-up tables; the order of the words means nothing. */
export const createLexicon = (site: SiteWords): Lexicon => {
  const table = new Uint8Array(65_536)
  const put = (word: string, bit: number): void => {
    const slot = hashOf(word)
    table[slot] = (table[slot] ?? 0) | bit
  }
  const byFirst = new Map<string, Entry[]>()
  const joined = new Map<string, Entry>()
  for (const entry of entriesOf(site).sort((a, b) => b.atoms.length - a.atoms.length || (a.value < b.value ? -1 : 1))) {
    const [first = ''] = entry.atoms
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry])
    put(first, mark.first)
    const whole = entry.atoms.join('')
    if (whole.length < 5) continue
    if (!joined.has(whole)) joined.set(whole, entry)
    put(whole, mark.joined)
  }
  for (const word of labels.keys()) put(word, mark.label)
  return { table, byFirst, joined, domains: site.domains.map((domain) => domain.toLowerCase()) }
}

/** Where the entry's remaining parts end, when they follow at `at` with `-`, `_`, `.`, a comma or blanks between; else −1. */
export const endOfEntry = (text: string, at: number, atoms: readonly string[]): number => {
  let end = at
  for (const atom of atoms.slice(1)) {
    let start = end
    while (start < end + 3 && /[-_. ,]/.test(text.charAt(start))) start++
    if (start === end || text.slice(start, start + atom.length).toLowerCase() !== atom) return -1
    end = start + atom.length
  }
  return /[\p{L}\p{N}]/u.test(text.charAt(end)) ? -1 : end
}
