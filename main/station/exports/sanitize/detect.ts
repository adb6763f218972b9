// SPDX-License-Identifier: Apache-2.0
import { detectors } from './detectors/all.ts'
import type { Detector, Finding } from './detectors/detector.ts'
import { feature } from './features.ts'
import { endOfEntry, type Lexicon } from './lexicon.ts'
import { clean, decoded, skeleton, unescapeText } from './normalize.ts'
import { scan, type Scan } from './scan.ts'

/** What was found in a text; positions are those of `text`, which is the given text after normalising. */
export type Detection = { readonly text: string; readonly findings: readonly Finding[] }

/** Rules that a field's type makes pointless: digests look random, versions look like addresses. */
export type Exempt = ReadonlySet<string>

const ofChunks = detectors.filter(({ scope }) => scope === 'chunk')
const ofTexts = detectors.filter(({ scope }) => scope === 'text')
const none: readonly Finding[] = []
const contextLength = 32
/** Layers of encoding that are looked into: escaped, in base64, in base64 again. */
const maxDepth = 3

/** Finds every sensitive value in a text. Pure: the answer depends on the text and the lexicon alone. */
export const detect = (raw: string, lexicon: Lexicon, exempt?: Exempt): Detection => detectIn(raw, lexicon, exempt, 0)

const detectIn = (raw: string, lexicon: Lexicon, exempt: Exempt | undefined, depth: number): Detection => {
  let text = raw
  let walk = scan(text, lexicon)
  if (walk.features & feature.odd) {
    text = clean(raw)
    if (text !== raw) walk = scan(text, lexicon)
  }
  if (walk.words.length === 0 && walk.chunks.length === 0 && (walk.features & ~harmless) === 0)
    return { text, findings: none }
  const findings = scanned(text, walk, lexicon)
  if (walk.features & feature.odd) {
    const latin = skeleton(text)
    if (latin !== text) findings.push(...scanned(latin, scan(latin, lexicon), lexicon))
  }
  if (depth < maxDepth) {
    if (walk.features & feature.escape) findings.push(...escaped(text, lexicon, depth))
    if (walk.features & feature.long) findings.push(...encoded(text, lexicon, depth))
  }
  const kept = exempt === undefined ? findings : findings.filter(({ rule }) => !exempt.has(rule))
  return { text, findings: kept }
}

/** Features that no detector of whole texts asks for by themselves. */
const harmless = feature.digit | feature.letter | feature.dot | feature.odd

const scanned = (text: string, walk: Scan, lexicon: Lexicon): Finding[] => {
  const findings: Finding[] = []
  for (const { start, end, features } of walk.chunks) {
    let piece: string | undefined
    for (const detector of ofChunks) {
      if ((features & detector.needs) !== detector.needs) continue
      piece ??= text.slice(start, end)
      ask(detector, piece, start, text, findings)
    }
    if (lexicon.domains.length > 0 && features & feature.dot) siteDomains(text, start, end, lexicon, findings)
  }
  for (const detector of ofTexts)
    if ((walk.features & detector.needs) === detector.needs) ask(detector, text, 0, text, findings)
  for (const { start, end, joined } of walk.words) lookUp(text, start, end, joined, lexicon, findings)
  return findings
}

const ask = (detector: Detector, piece: string, start: number, text: string, findings: Finding[]): void => {
  const before = start === 0 ? '' : text.slice(Math.max(0, start - contextLength), start)
  detector.find(
    piece,
    (from, to, value) => void findings.push({ start: start + from, end: start + to, rule: detector.id, value }),
    before,
  )
}

const lookUp = (
  text: string,
  start: number,
  end: number,
  joined: boolean,
  lexicon: Lexicon,
  findings: Finding[],
): void => {
  const word = text.slice(start, end).toLowerCase()
  if (joined) {
    const trimmed = word.replace(/[-_.]+$/, '')
    const entry = lexicon.joined.get(trimmed.replace(/[-_.]/g, ''))
    if (entry !== undefined) findings.push({ start, end: start + trimmed.length, rule: entry.rule, value: entry.value })
    return
  }
  for (const entry of lexicon.byFirst.get(word) ?? []) {
    const stop = endOfEntry(text, end, entry.atoms)
    if (stop >= 0) findings.push({ start, end: stop, rule: entry.rule, value: entry.value })
  }
}

/** Hosts of the site's own domains, whatever their last label is. */
const siteDomains = (text: string, start: number, end: number, lexicon: Lexicon, findings: Finding[]): void => {
  const piece = text.slice(start, end).toLowerCase()
  for (const domain of lexicon.domains) {
    const at = piece.indexOf(domain)
    if (at < 0 || /[\p{L}\p{N}-]/u.test(piece.charAt(at + domain.length))) continue
    const head = /[\p{L}\p{N}_.-]*$/u.exec(piece.slice(0, at))?.[0] ?? ''
    if (head !== '' && !head.endsWith('.')) continue
    const from = at - head.length
    findings.push({ start: start + from, end: start + at + domain.length, rule: 'domain', value: head + domain })
  }
}

/** Findings in the text as it reads without escapes, placed where the escaped text stands. */
const escaped = (text: string, lexicon: Lexicon, depth: number): Finding[] => {
  const plain = unescapeText(text)
  if (plain === undefined) return []
  const { findings, text: read } = detectIn(plain.text, lexicon, undefined, depth + 1)
  // Normalising again would move the places: then all of it is one finding.
  if (read !== plain.text) return findings.map((finding) => ({ ...finding, start: 0, end: text.length }))
  return findings.map(({ start, end, rule, value }) => ({
    start: plain.from[start] ?? 0,
    end: plain.from[end] ?? text.length,
    rule,
    value,
  }))
}

/** Runs of base64 or hex that hold something sensitive go as a whole. */
const encoded = (text: string, lexicon: Lexicon, depth: number): Finding[] => {
  const findings: Finding[] = []
  for (const match of text.matchAll(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/g)) {
    const inside = decoded(match[0])
    if (inside === undefined) continue
    const inner = detectIn(inside, lexicon, undefined, depth + 1).findings
    const [start, end] = [match.index, match.index + match[0].length]
    if (inner.length > 0) findings.push({ start, end, rule: 'encoded', value: match[0] })
    for (const { value, rule } of inner) findings.push({ start, end, rule, value })
  }
  return findings
}
