// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { lead, matches, type Detector } from './detector.ts'

const octets = (parts: readonly (string | undefined)[]): number[] | undefined => {
  const numbers = parts.map(Number)
  return numbers.every((n) => n <= 255) ? numbers : undefined
}

const isPrivate = ([a = 0, b = 0]: readonly number[]): boolean =>
  a === 10 ||
  (a === 172 && b >= 16 && b < 32) ||
  (a === 192 && b === 168) ||
  (a === 169 && b === 254) ||
  (a === 100 && b >= 64 && b < 128)

const versionBefore =
  /(?:^|[^a-z])(?:v|ver|vers|version|versions|fw|hw|sw|firmware|hardware|software|build|release|rel|rev|revision|bootloader|app|lib|sdk|kernel|driver|api|oid|section|clause|chapter|schema|protocol|patch|upgrade|upgraded|downgrade|requires|uses)[\s:=#v"'-]{0,4}$/i
const addressBefore =
  /(?:ip|ipv4|addr|address|adresse|host|server|gateway|gw|dns|ntp|peer|client|src|dst|source|dest|destination|ping|via|remote|subnet|netmask|mask|router|proxy|broker|endpoint|node|from|to|at|on|connect|connected|listening|bind|dhcp|lease|resolver|nameserver|upstream|reach|reachable|unreachable)[\s:=("'/@-]{0,4}$/i

/**
 * Dotted quads, also mapped into IPv6, with a prefix length or a port. Version numbers have four parts too: one behind
 * a word that announces a version is kept, and so is a public quad of small numbers that nothing calls an address.
 */
export const ipv4: Detector = {
  id: 'ipv4',
  version: 1,
  scope: 'chunk',
  needs: feature.dots | feature.digit,
  find: matches(
    /(?<![\p{L}\p{N}_]|[\p{L}\p{N}]\.)(?:::ffff:)?(?<v>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\p{L}\p{N}_]|\.\d)(\/\d{1,2}(?!\d)|:\d{1,5}(?!\d))?/giu,
    (match, before) => {
      const [, quad = '', suffix] = match
      const numbers = octets(quad.split('.'))
      if (numbers === undefined) return undefined
      const value = numbers.join('.')
      const context = lead(match, before)
      if (value.startsWith('192.168.') || suffix !== undefined) return value
      if (versionBefore.test(context)) return undefined
      if (isPrivate(numbers) || addressBefore.test(context)) return value
      const [first = 0] = numbers
      return first < 20 && numbers.every((n) => n < 64) ? undefined : value
    },
  ),
}

/** Addresses inside names: `dhcp-192-168-0-66`, `ip_10_0_3_7.lan`: the whole name goes. */
export const ipv4Name: Detector = {
  id: 'ipv4-name',
  version: 1,
  scope: 'chunk',
  needs: feature.dashes | feature.digit,
  find: matches(
    /(?<![\p{L}\p{N}_.-])((?:[a-z][a-z0-9]*[-_.])*?(?:[a-z]+)?(\d{1,3})[-_](\d{1,3})[-_](\d{1,3})[-_](\d{1,3})(?:[-_.][a-z0-9]+)*)(?![\p{L}\p{N}_-])/giu,
    ([, name = '', a, b, c, d]) => {
      const numbers = octets([a, b, c, d])
      if (numbers === undefined) return undefined
      const named = /^(?:dhcp|ip|ipv4|host|node|client|pool|ec2|pc|ws|srv|static|dyn|dynamic|cam|plc|hmi|vpn)\d*[-_.]?/i
      return isPrivate(numbers) || named.test(name) ? name.toLowerCase() : undefined
    },
  ),
}
