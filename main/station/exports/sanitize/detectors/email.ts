// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { lead, matches, type Detector } from './detector.ts'

/** E-mail addresses (RFC 5321 dot-atoms), and `user@host` before a colon or slash as ssh and scp write it. */
export const email: Detector = {
  id: 'email',
  version: 1,
  scope: 'chunk',
  needs: feature.at | feature.letter,
  find: matches(
    /(?<![\w.+-])[\p{L}\p{N}_][\p{L}\p{N}_.!#$%&*+/?^~-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)*(?:\p{L}[\p{L}\p{N}-]{0,62}|\d{1,3})(?![\p{L}\p{N}_@])/gu,
    // `reset@0x8000` and `led@3` are places in a program: a domain has a letter first, or dots.
    (match, before) => {
      const [text] = match
      const [local = '', domain = ''] = text.split('@')
      if (/[/?#=&]/.test(local)) return undefined
      // `scheme://user:password@host`: a host without dots is no domain.
      if (!domain.includes('.') && /:\/\/[^\s/]*$/.test(lead(match, before))) return undefined
      const plausible = domain.includes('.') ? /[\p{L}\d]{2,}$/u.test(domain) : /^\p{L}[\p{L}\d-]{3,}$/u.test(domain)
      return plausible ? text.toLowerCase() : undefined
    },
  ),
}

/** `john (at) acme dot com`, `john at acme dot com`: written to be read by people only. */
export const spelledEmail: Detector = {
  id: 'email-spelled',
  version: 1,
  scope: 'text',
  needs: feature.spelledWord,
  find: matches(
    /(?<![\w.-])[\w.+-]{1,64}(?:\s(?:dot|punkt)\s\w{1,64}){0,3}\s*(?:@|[[({<]\s*at\s*[\])}>]|\sat\s)\s*[\w-]{1,63}(?:\s*(?:\.|[[({<]?\s*(?:dot|punkt)\s*[\])}>]?)\s*[\w-]{2,63}){1,4}/gi,
    ([text]) =>
      text
        .toLowerCase()
        .replace(/[[({<]?\s*\bat\b\s*[\])}>]?/, '@')
        .replace(/\s*[[({<]?\s*\b(?:dot|punkt)\b\s*[\])}>]?\s*/g, '.')
        .replace(/\s+/g, ''),
  ),
}
