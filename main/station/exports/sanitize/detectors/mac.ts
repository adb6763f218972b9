// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { lead, matches, type Detector } from './detector.ts'

/** Lower-case hex without separators; all zeros and all ones name no device. */
const canonical = (text: string): string | undefined => {
  const hex = text.toLowerCase().replace(/[^0-9a-f]/g, '')
  return /^(?:0+|f+)$/.test(hex) ? undefined : hex
}

/** MAC (EUI-48) and EUI-64 in pairs with colons, dashes or underscores. */
export const mac: Detector = {
  id: 'mac',
  version: 1,
  scope: 'chunk',
  needs: feature.pairRun,
  find: matches(
    /(?<![\p{L}\p{N}]|[0-9a-f]{2}[:-])[0-9a-f]{2}([:_-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?:\1[0-9a-f]{2}\1[0-9a-f]{2})?(?![\p{L}\p{N}]|[:-][0-9a-f]{2})/giu,
    ([text]) => canonical(text),
  ),
}

/** Groups of four with dots (Cisco) or dashes (Huawei). */
export const macGrouped: Detector = {
  id: 'mac-grouped',
  version: 1,
  scope: 'chunk',
  needs: feature.digit | feature.fours,
  find: matches(
    /(?<![\p{L}\p{N}_.-])[0-9a-f]{4}([.-])[0-9a-f]{4}\1[0-9a-f]{4}(?:\1[0-9a-f]{4})?(?![\p{L}\p{N}_]|[.-][\p{L}\p{N}])/giu,
    ([text]) => (/[a-f]/i.test(text) ? canonical(text) : undefined),
  ),
}

const otherHex =
  /(?:0x|sha\d*|hash|commit|git|rev|revision|build|crc\d*|md5|digest|checksum|fingerprint|addr|address|pc|lr|sp|at|ptr|pointer|reg|stack|trace|span|version)[\s:=#"'(-]{0,3}$/i

/** Twelve or sixteen hex digits without separators, unless a word before says that they are something else. */
export const macBare: Detector = {
  id: 'mac-bare',
  version: 1,
  scope: 'chunk',
  needs: feature.hexRun,
  find: matches(
    /(?<![\p{L}\p{N}_-])(?:[0-9a-f]{12}|[0-9A-F]{12}|[0-9a-f]{16}|[0-9A-F]{16})(?![\p{L}\p{N}_])/gu,
    (match, before) => {
      const [text] = match
      if (!/[a-f]/i.test(text) || !/\d/.test(text) || otherHex.test(lead(match, before))) return undefined
      return canonical(text)
    },
  ),
}

/** `00 1A 2B 3C 4D 5E`: exactly six or eight pairs; more of them are a dump of memory. */
export const macSpaced: Detector = {
  id: 'mac-spaced',
  version: 1,
  scope: 'text',
  needs: feature.pairs,
  find: matches(
    /(?<![\p{L}\p{N}]|\b[0-9a-f]{2} )[0-9a-f]{2}(?: [0-9a-f]{2}){5}(?: [0-9a-f]{2} [0-9a-f]{2})?(?! ?[0-9a-f]{2}\b|[\p{L}\p{N}])/giu,
    ([text]) => (/[a-f]/i.test(text) ? canonical(text) : undefined),
  ),
}
