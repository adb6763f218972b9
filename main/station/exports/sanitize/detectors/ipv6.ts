// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { matches, type Detector } from './detector.ts'

/** RFC 4291 section 2.2, strictly: 8 groups of 1 to 4 hex digits, one `::`, a dotted quad as the last two. */
export const isIPv6 = (text: string): boolean => {
  // Clock times have too few groups: out before anything is taken apart.
  if (!text.includes('::') && text.split(':').length < 7) return false
  const quad = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (quad !== null && quad.slice(2).some((part) => Number(part) > 255 || /^0\d/.test(part))) return false
  const groups = quad === null ? text : `${quad[1]}0:0`
  const halves = groups.split('::')
  if (halves.length > 2) return false
  const parts = halves.map((half) => (half === '' ? [] : half.split(':')))
  if (!parts.flat().every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return false
  const count = parts.flat().length
  return halves.length === 2 ? count <= 7 : count === 8
}

/** IPv6 with zone, prefix length, brackets and port. A candidate counts only when the parser takes it. */
export const ipv6: Detector = {
  id: 'ipv6',
  version: 1,
  scope: 'chunk',
  needs: feature.colons,
  find: matches(
    /(?<![\p{L}\p{N}_:.])(?<v>(?:[0-9a-f]{0,4}:){2,8}(?:[0-9a-f]{1,4}|\d{1,3}(?:\.\d{1,3}){3})?)(?:%[a-z0-9]+)?(?:\/\d{1,3})?(?![\p{L}\p{N}_:])/giu,
    ([, address = '']) => {
      if (!isIPv6(address)) return undefined
      // `std::dec` and `a::b` are names in a program; `::` alone says nothing.
      const telling = /\d/.test(address) || address.split(':').length > 3
      return telling && address.length > 3 ? address.toLowerCase() : undefined
    },
  ),
}
