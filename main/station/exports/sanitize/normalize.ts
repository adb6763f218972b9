// SPDX-License-Identifier: Apache-2.0

/** A text as it reads, with the place of each of its characters in the text that it was made of. */
export type Unescaped = { readonly text: string; readonly from: Int32Array }

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[ -~])/g
/** Controls, soft hyphens, joiners, marks of direction, fillers, selectors of variants, tags: ranges of code points. */
const hidden: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0000, 0xe01ef],
]
const invisible = new RegExp(
  `[${hidden.map((range) => range.map((code) => `\\u{${code.toString(16)}}`).join('-')).join('')}]`,
  'gu',
)

/** The text as it leaves: NFKC, without terminal sequences and characters that nobody sees. */
export const clean = (text: string): string => text.replace(ansi, '').normalize('NFKC').replace(invisible, '')

const lookalikes = new Map(
  Array.from('аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅαοριυνκτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ').map((c, i) => [
    c,
    'aeopcyxijshdqwABEKMHOPCTXYIJSaopiuvktABEZHIKMNOPTYX'[i] ?? c,
  ]),
)
const latinLike = new RegExp(`[${[...lookalikes.keys()].join('')}]`, 'gu')

/** Cyrillic and Greek letters that look like Latin ones as those, one for one: for finding only, never for writing. */
export const skeleton = (text: string): string => text.replace(latinLike, (c) => lookalikes.get(c) ?? c)

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  colon: ':',
  sol: '/',
  bsol: '\\',
  lowbar: '_',
  hyphen: '-',
  num: '#',
  equals: '=',
}
const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ', v: ' ', 0: ' ' }
const escapes =
  /(?<url>(?:%[0-9a-f]{2})+)|&#(?<dec>\d{1,7});?|&#x(?<hex>[0-9a-f]{1,6});?|&(?<name>[a-z]{2,7});|\\u(?:(?<u>[0-9a-f]{4})|\{(?<ub>[0-9a-f]{1,6})\})|\\x(?<x>[0-9a-f]{2})|\\(?<c>["'\\/nrtbfv0])|(?<dot>\s?[[({]\s?(?:\.|dot|punkt)\s?[\])}]\s?)|(?<at>\s?[[({]\s?(?:@|at)\s?[\])}]\s?)|(?<colon>[[({]:[\])}])|(?<hxxp>\bhxxp(?=s?:))/gi

const plain = (groups: Readonly<Record<string, string | undefined>>): string | undefined => {
  const { url, dec, hex, name, u, ub, x, c, dot, at, colon } = groups
  if (url !== undefined) return fromUrl(url)
  const code = dec === undefined ? Number.parseInt(hex ?? u ?? ub ?? x ?? '', 16) : Number(dec)
  if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
  if (name !== undefined) return named[name.toLowerCase()]
  if (c !== undefined) return letters[c.toLowerCase()] ?? c
  if (dot !== undefined) return '.'
  if (at !== undefined) return '@'
  return colon === undefined ? 'http' : ':'
}

const fromUrl = (text: string): string | undefined => {
  const bytes = Buffer.from(text.replaceAll('%', ''), 'hex')
  return bytes.toString(bytes.every((b) => b < 128) ? 'latin1' : 'utf8')
}

/** Escapes of JSON, URL and HTML and defanged dots as the characters they stand for; undefined where there are none. */
export const unescapeText = (text: string): Unescaped | undefined => {
  const parts: string[] = []
  const from: number[] = []
  let at = 0
  const copy = (end: number): void => {
    parts.push(text.slice(at, end))
    for (; at < end; at++) from.push(at)
  }
  for (const match of text.matchAll(escapes)) {
    const replacement = plain(match.groups ?? {})
    if (replacement === undefined) continue
    copy(match.index)
    parts.push(replacement)
    for (let i = 0; i < replacement.length; i++) from.push(match.index)
    at = match.index + match[0].length
  }
  if (parts.length === 0) return undefined
  copy(text.length)
  from.push(text.length)
  return { text: parts.join(''), from: Int32Array.from(from) }
}

const printable = /^[\t\r\n -~\u00a0-\uffff]{6,}$/

/** What a run of base64 (either alphabet) or hex stands for, when that is text that a person could read. */
export const decoded = (run: string): string | undefined => {
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(run)) {
    const text = Buffer.from(run, 'hex').toString('utf8')
    if (printable.test(text) && !text.includes('\ufffd')) return text
  }
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(run)) return undefined
  const text = Buffer.from(run, 'base64').toString('utf8')
  return printable.test(text) && !text.includes('\ufffd') ? text : undefined
}
