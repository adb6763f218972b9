// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { plainWords } from '../labels.ts'
import { matches, type Detector } from './detector.ts'

const withDigit = (match: RegExpExecArray): string | undefined => {
  const value = match.groups?.['v'] ?? ''
  const after = match.input.slice(match.index + match[0].length)
  // `serial: 115200 baud` is a speed, `chip id 0x2042` a type.
  if (/^0x[0-9a-f]{1,8}$/i.test(value) || /^\s*(?:baud|bd|bps|8n1)/i.test(after)) return undefined
  if (/^(?:[1346]?\d?\d00|14400|19200|28800|38400|57600|115200|230400|460800|921600)$/.test(value)) return undefined
  return /\d/.test(value) ? value.toUpperCase() : undefined
}

const named = (match: RegExpExecArray): string | undefined => {
  const value = match.groups?.['v']?.trim() ?? ''
  const first = value.toLowerCase().split(/[\s.,]/)[0] ?? ''
  return value.length < 2 || plainWords.has(first) || /^\d{1,4}$|^0x/i.test(value) ? undefined : value.toLowerCase()
}

/** Serial numbers and other identities of one thing, behind a word that says so. */
export const serial: Detector = {
  id: 'serial',
  version: 1,
  scope: 'text',
  needs: feature.serialWord,
  find: matches(
    /(?<![A-Za-z0-9])(?:serial(?:[\s_-]?(?:no|nr|num|number|id))?|s\/n|sn|snr|ser(?:ien)?[\s._-]?(?:no|nr|nummer)|seriennummer|imei|imsi|iccid|meid|(?:dev|app|join)[\s_-]?eui|eui(?:-?64)?|(?:chip|device|unit|hardware|asset|badge|inventory|employee)[\s_-]?(?:id|uid|no|nr|number|tag)|uid|udid|hwid|badge)\b["'.]?\s{0,3}[:=#]?\s{0,3}(?:no\.?|nr\.?|number)?\s{0,2}["'(<[]?(?<v>[\p{L}\p{N}](?:[\p{L}\p{N}_/-]|[.:](?=[\p{L}\p{N}])){3,40})/giu,
    withDigit,
  ),
}

/** People behind `user=`, `operator:`, `logged in as`: a login, or up to three capitalised words. */
export const person: Detector = {
  id: 'person',
  version: 1,
  scope: 'text',
  needs: feature.userWord,
  find: matches(
    /(?<![A-Za-z0-9])(?:user(?:[\s_-]?(?:name|id))?|login|logon|uname|operator|account|owner|author|benutzer|bediener|employee|technician|engineer|customer|person|(?:first|last|full)[\s_-]?name)["']?(?:\s{0,3}[:=]\s{0,3}["']?|\s["'])(?<v>(?:\p{Lu}[\p{L}.'’-]*(?:,? \p{Lu}[\p{L}.'’-]*){1,2})|[\p{L}_][\p{L}\p{N}_.\\@-]{1,63})|\b(?:(?:for|by|of|as) user|accepted \w{3,20} for|logged (?:in|on|out) (?:as|by)|login (?:by|of|as)) ["']?(?<v>[\p{L}_][\p{L}\p{N}_.\\@-]{1,63})|\buser (?<v>[\p{L}_][\p{L}\p{N}_.\\@-]{1,63})(?= (?:logged|signed|authenticated|connected|opened|closed|rejected|denied))/giu,
    named,
  ),
}

/** Hosts, networks and access points behind a word that says so. */
export const host: Detector = {
  id: 'host',
  version: 1,
  scope: 'text',
  needs: feature.hostWord,
  find: matches(
    // `wifi:` and `network:` begin many a line of a log: behind those only a quoted or assigned name counts.
    /(?<![A-Za-z0-9])(?:(?:host(?:[\s_-]?name)?|e?ssid|bssid|apn|fqdn)["']?\s{0,2}[:=]|(?:server|wlan|wifi|network|domain|machine|computer|workstation|gateway|node[_-]?name)["']?\s{0,2}=)\s{0,3}(?:["'](?<v>[^"']{1,64})|(?<v>[\p{L}\p{N}_][\p{L}\p{N}_.-]{1,63}))|(?<![A-Za-z0-9])(?:(?:host|server|apn|network|wifi|ap)\s["'](?<v>[^"']{1,64})|e?ssid\s+["']?(?<v>[\p{L}\p{N}_][\p{L}\p{N}_.-]{2,63}))/giu,
    named,
  ),
}

/** Names inside paths and shares: `/home/NAME`, `C:\Users\NAME`, `\\server\share`. */
export const userPath: Detector = {
  id: 'user-path',
  version: 1,
  scope: 'text',
  needs: feature.path,
  find: matches(
    /(?:(?<![\w])\/(?:home|Users|var\/users|export\/home|mnt\/[a-z]\/Users)\/|[A-Za-z]:(?:\\{1,2}|\/)(?:Users|Documents and Settings|Benutzer)(?:\\{1,2}|\/))(?<v>[^\s\\/:"'<>|,;)]{1,64})|(?<![\\:\w])\\{2,4}(?<v>[\w.-]{2,64}\\{1,2}[^\s"'<>|,;]{1,128})/giu,
    (match) => {
      const value = match.groups?.['v']?.toLowerCase() ?? ''
      return /^(?:public|shared|default|all)$/.test(value) ? undefined : value
    },
  ),
}
