// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { lead, matches, type Detector } from './detector.ts'

/** Shannon entropy in bits a character. */
const entropyOf = (text: string): number => {
  const counts = new Map<string, number>()
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1)
  let bits = 0
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length)
  return bits
}

const declared =
  /(?:sha-?\d*|hash|commit|git|rev|revision|build|build[_-]?id|crc\d*|md5|digest|checksum|fingerprint|etag|uuid|image|blake\w*|0x)[\s:=#"'(@/-]{0,4}$/i

/** Random-looking runs of 20 characters or more that nothing declares to be a digest. Words, paths and numbers stay. */
export const entropy: Detector = {
  id: 'entropy',
  version: 1,
  scope: 'chunk',
  needs: feature.long | feature.digit | feature.letter,
  find: matches(/(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{20,}={0,2}(?![A-Za-z0-9+/_])/g, (match, before) => {
    const [text] = match
    if (declared.test(lead(match, before)) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
      return undefined
    if (/^[0-9a-f]+$/i.test(text)) return text.length >= 32 && /\d/.test(text) && entropyOf(text) > 3 ? text : undefined
    // Names have long runs of one case and few changes between letters and digits.
    const changes = text.match(/[a-z][A-Z0-9]|[A-Z][a-z]?[0-9]|[0-9][A-Za-z]/g)?.length ?? 0
    return entropyOf(text) > 3.8 &&
      changes >= text.length / 7 &&
      /[a-z]/.test(text) &&
      /[A-Z]/.test(text) &&
      /\d/.test(text)
      ? text
      : undefined
  }),
}
