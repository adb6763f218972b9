// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { matches, type Detector } from './detector.ts'

const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Phone numbers: with an international prefix, or behind a word that says so. Bare digits are measurements. */
export const phone: Detector = {
  id: 'phone',
  version: 1,
  scope: 'text',
  needs: feature.plus,
  find: matches(
    /(?<![\w+.])\+[1-9]\d{0,3}(?:[ ./-]?(?:\(0?\d{1,5}\)|\d{1,5})){1,7}(?![\p{L}\p{N}]|\.\d)/gu,
    ([text]) => {
      const digits = digitsOf(text)
      // `+1234` is an offset, `+23.5 24.1` are readings.
      return digits.length >= 8 && digits.length <= 15 && !/^\+\d{1,3}\.\d+$/.test(text) ? `+${digits}` : undefined
    },
  ),
}

/** Phone numbers with the prefix `00`, in groups: a bare run of digits is a counter. */
export const zeroPhone: Detector = {
  id: 'phone-00',
  version: 1,
  scope: 'text',
  needs: feature.zeros,
  find: matches(
    /(?<![\w+.-])00[1-9]\d{0,2}(?:[ /-](?:\(0?\d{1,5}\)|\d{1,8})){1,6}(?![\p{L}\p{N}]|\.\d)/gu,
    ([text]) => {
      const digits = digitsOf(text)
      return digits.length >= 9 && digits.length <= 17 ? `+${digits.slice(2)}` : undefined
    },
  ),
}

/** Phone numbers behind `tel`, `phone`, `call`, … */
export const labelledPhone: Detector = {
  id: 'phone-labelled',
  version: 1,
  scope: 'text',
  needs: feature.phoneWord,
  find: matches(
    /(?<![A-Za-z0-9])(?:(?:tele)?phone|telefon|tel|mobile?|mobil|cell|fax|call|sms|msisdn|handy|contact|dial)(?:[\s_-]?(?:no|nr|number|nummer))?\b["'.]{0,2}\s{0,3}[:=]?\s{0,3}["']?(?<v>(?:\+|00)?\(?\d[\d ()./-]{4,22}\d)(?![\p{L}\p{N}])/giu,
    (match) => {
      const value = match.groups?.['v'] ?? ''
      const digits = digitsOf(value)
      // `cell 3.301 3.302` are volts, `call 120000` is a count: words of many meanings want a number's own look.
      const plainly =
        /^[^a-z]*(?:tele|tel|phone|fax|sms|msisdn)/i.test(match[0]) || /[:=]\s*["']?[+0(]|\s[+0]\d/.test(match[0])
      const reading = /^\d+\.\d+(?:[ /-]|$)/.test(value)
      return plainly && !reading && digits.length >= 6 && digits.length <= 15 ? digits : undefined
    },
  ),
}

/** Payment cards: 13 to 19 digits with a known prefix and a right check digit (ISO/IEC 7812, Luhn). */
export const card: Detector = {
  id: 'card',
  version: 1,
  scope: 'text',
  needs: feature.digits13,
  find: matches(/(?<![\p{L}\p{N}_.+-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}_]|\.\d)/gu, ([text]) => {
    const digits = digitsOf(text)
    const prefix =
      /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/
    return prefix.test(digits) && luhn(digits) ? digits : undefined
  }),
}

const luhn = (digits: string): boolean => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i]) * (i % 2 === 1 ? 2 : 1)
    sum += d > 9 ? d - 9 : d
  }
  return sum % 10 === 0
}

/** Lengths by country (ISO 13616 registry); others are too rare on a shop floor to risk ordinary text for. */
const ibanLengths =
  'AD24 AE23 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 CH21 CY28 CZ24 DE22 DK18 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 ' +
  'GR27 HR21 HU28 IE22 IL23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PK24 PL28 ' +
  'PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VG24 XK20'
const ibanLength = new Map(ibanLengths.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]))

/** International bank account numbers: ISO 13616, check digits by ISO 7064 (mod 97), printed in groups or not. */
export const iban: Detector = {
  id: 'iban',
  version: 1,
  scope: 'text',
  needs: feature.iban,
  find(text, emit) {
    for (const { index } of text.matchAll(/(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?=[ -]?[a-z0-9])/giu)) {
      const length = ibanLength.get(text.slice(index, index + 2).toUpperCase())
      if (length === undefined) continue
      const spelled = new RegExp(`^(?:[a-z0-9][ -]?){${length - 1}}[a-z0-9](?![\\p{L}\\p{N}])`, 'iu').exec(
        text.slice(index, index + length * 2),
      )?.[0]
      const value = spelled?.replace(/[ -]/g, '').toUpperCase()
      if (spelled !== undefined && value !== undefined && mod97(value)) emit(index, index + spelled.length, value)
    }
  },
}

const mod97 = (iban: string): boolean => {
  let rest = 0
  for (const c of iban.slice(4) + iban.slice(0, 4)) {
    const n = Number.parseInt(c, 36)
    rest = (rest * (n > 9 ? 100 : 10) + n) % 97
  }
  return rest === 1
}

const inRange = (lat: number, lon: number): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180

/** NMEA 0183 sentences that hold a position. */
export const nmea: Detector = {
  id: 'nmea',
  version: 1,
  scope: 'text',
  needs: feature.dollar,
  find: matches(
    /\$(?:G[ABLNPQ]|B[DE]|QZ)(?:GGA|RMC|GLL|GNS|RMA|BWC|WPL)[^\r\n*$]{0,120}(?:\*[0-9A-F]{2})?|\$PUBX,00[^\r\n*$]{0,160}(?:\*[0-9A-F]{2})?/gi,
    ([text]) => text,
  ),
}

/** Pairs of degrees with four decimals or more, within the range of latitude and longitude. */
export const positionPair: Detector = {
  id: 'position-pair',
  version: 1,
  scope: 'text',
  needs: feature.fraction,
  find: matches(
    /(?<![\p{L}\p{N}_.]|\d\.\d{4,12}\s{0,2}[,;/ ]\s{0,2})[+-]?\d{1,2}\.\d{4,}°?\s?[NS]?\s{0,2}[,;/ ]\s{0,2}[+-]?\d{1,3}\.\d{4,}°?\s?(?:[EW]\b)?(?![\p{L}\p{N}_]|\.\d|\s{0,2}[,;/ ]\s{0,2}[+-]?\d+\.\d{4})/gu,
    ([text]) => {
      const [lat = '', lon = ''] = text.match(/[+-]?\d+\.\d+/g) ?? []
      return inRange(Number(lat), Number(lon)) ? `${lat},${lon}` : undefined
    },
  ),
}

/** Degrees behind `lat`, `lon`, … */
export const labelledPosition: Detector = {
  id: 'position-labelled',
  version: 1,
  scope: 'text',
  needs: feature.positionWord,
  find: matches(
    /(?<![A-Za-z])(?:lat(?:itude)?|lon(?:gitude)?|lng|long|breite|laenge|gps[_-]?(?:lat|lon|x|y))["']?\s{0,2}[:=]?\s{0,2}["']?(?<v>[+-]?\d{1,3}[.,]\d{2,})/gi,
    (match) => {
      const value = match.groups?.['v'] ?? ''
      // `lat=12.34 ms` is a delay: one number alone wants the digits of a position, a pair does not.
      const pair = /lat/i.test(match.input) && /lon|lng/i.test(match.input)
      return pair || /[.,]\d{4,}$/.test(value) ? value : undefined
    },
  ),
}

/** Degrees, minutes and seconds: `48°08'14.1"N`. */
export const positionDms: Detector = {
  id: 'position-dms',
  version: 1,
  scope: 'text',
  needs: feature.degrees,
  find: matches(
    /\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d+)?\s?['’′]\s?(?:\d{1,2}(?:[.,]\d+)?\s?(?:["”″]|''|′′)\s?)?[NSEWO](?![\p{L}])/gu,
    ([text]) => text.replace(/\s/g, ''),
  ),
}
