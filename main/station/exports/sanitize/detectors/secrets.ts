// SPDX-License-Identifier: Apache-2.0
import { feature } from '../features.ts'
import { plainWords } from '../labels.ts'
import { matches, type Detector } from './detector.ts'

/** PEM blocks (RFC 7468), also cut off, also with `\n` written out. */
export const pem: Detector = {
  id: 'pem',
  version: 1,
  scope: 'text',
  needs: feature.pemWord,
  find: matches(
    /-----BEGIN [A-Z0-9 ]{3,40}-----(?:[^-]|-(?!----))*(?:-----END [A-Z0-9 ]{3,40}-----)?/g,
    ([text]) => text,
  ),
}

/** JSON Web Tokens and other JOSE objects: base64url of `{"`, a dot, more base64url. */
export const jwt: Detector = {
  id: 'jwt',
  version: 1,
  scope: 'chunk',
  needs: feature.long | feature.dot,
  find: matches(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{2,}(?:\.[\w-]*){0,3}/g, ([text]) => text),
}

/** Keys whose makers gave them a prefix of their own. */
export const vendorKey: Detector = {
  id: 'vendor-key',
  version: 1,
  scope: 'chunk',
  needs: feature.long,
  find: matches(
    /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ABIA|ACCA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,}|gl(?:dt|rt|ft|soat|cbt)-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{16,}|[spr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_\w{16,}|sk-(?:ant-|proj-)?[\w-]{20,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|hf_[A-Za-z0-9]{20,}|do[opr]_v1_[a-f0-9]{32,}|dckr_pat_[\w-]{20,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|sq0[a-z]{3}-[\w-]{22,}|EAAC[A-Za-z0-9]{20,}|AC[a-f0-9]{32}|SK[a-f0-9]{32}|key-[a-f0-9]{32}|hvs\.[\w-]{20,}|s\.[A-Za-z0-9]{24}|lin_api_\w{30,}|nvapi-[\w-]{30,}|AGE-SECRET-KEY-1[A-Z0-9]{50,}|NRAK-[A-Z0-9]{20,}|rubygems_[a-f0-9]{32,}|EZ[AT]K\w{40,}|PMAK-[\w-]{30,}|AAAA[A-Za-z0-9+/]{40,}={0,2}|hooks\.slack\.com\/services\/[\w/]{20,})/g,
    ([text]) => text,
  ),
}

/** `scheme://user:password@host`: user and password go, scheme and host are for the other rules. */
export const urlCredentials: Detector = {
  id: 'url-credentials',
  version: 1,
  scope: 'chunk',
  needs: feature.scheme | feature.at,
  find: matches(/[a-z][a-z0-9+.-]{1,15}:\/\/(?<v>[^\s/@]{1,128}(?::[^\s/@]{0,128})?)@/gi, ([, value = '']) => value),
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Last words of names whose values are secrets, in lower case. */
const secretNames = words(
  'password passwords passwd pwd pass pw passphrase passcode passwort kennwort secret secrets token tokens apikey apikeys psk ' +
    'auth authorization credential credentials cred creds pin puk pincode cookie community appkey nwkskey appskey nwkkey netkey ' +
    'devkey webhook otp seed mnemonic sig signature sas accountkey accesskey secretkey privatekey sharedkey masterkey ' +
    'sessionkey sharedaccesskey connectionstring authkey authcode authtoken accesstoken sessionid sessiontoken wifikey wpakey',
)
/** A `key`, `code`, `id` or `string` is one when such a word stands before it. */
const qualifiers = words(
  'api access secret private account shared master network net encryption crypto aes hmac link device dev wifi wpa wpa2 wep ' +
    'license licence signing client root join gen session host storage unlock otp app auth connection nwk s x',
)
/** Names that are also counters, pins of a chip and results of tests: their secrets are longer than those. */
const everyday = words('pin pins puk seed pass sig signature auth token session otp pw')

const partsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_.-]+/)
    .filter((part) => part !== '')

const endings = new Set([...secretNames, 'key', 'keys', 'code', 'string', 'id'].map((name) => name.slice(-2)))
/** False where the end of a name alone says that it is no secret's, whatever stands before: most of them. */
const mayBeSecret = (name: string): boolean => {
  const end = name.slice(-8).replace(/[_.-]/g, '').slice(-2).toLowerCase()
  return end.length < 2 || endings.has(end)
}

/** The part that makes a name a secret's, or undefined. `before`: the word in front, where the name is two words. */
const secretPart = (name: string, before: string): string | undefined => {
  const parts = [...partsOf(before), ...partsOf(name)]
  const last = parts.at(-1) ?? ''
  if (secretNames.has(last)) return last
  const qualified = qualifiers.has(parts.at(-2) ?? '') && /^(?:keys?|code|string)$/.test(last)
  const session = last === 'id' && parts.at(-2) === 'session'
  return qualified || session || secretNames.has((parts.at(-2) ?? '') + last) ? last : undefined
}

const isTelling = (value: string): boolean => {
  const bare = value.toLowerCase().replace(/[.!?:]+$/, '')
  return !plainWords.has(bare) && !/^[*x•#.-]+$/i.test(bare) && !/^<[^>]*>$|^\[[^\]]*\]$/.test(value)
}

const isCounter = (part: string, value: string): boolean =>
  everyday.has(part) && /^(?:\d{1,3}|0x[0-9a-f]{1,8})$/i.test(value) ? true : part === 'pass' && /^\d+$/.test(value)

const assignment = /(?<![A-Za-z0-9_.-])([A-Za-z][\w.-]{0,63})(?:\[[^\]]{0,32}\])?\\?["']?\s{0,3}(?::=|=>|[:=])\s{0,3}/g
const assigned =
  /(?:(?:Bearer|Basic|Digest|Token)\s+)?(?:\\?"(?<v>[^"\\]{1,512})|'(?<v>[^']{1,512})|(?<v>[^\s,;&|"'`)\]}<>\\]{1,512}))/iy

/** `name=value` where the name says that the value is a secret; quotes and camel case as they come. */
export const namedSecret: Detector = {
  id: 'named-secret',
  version: 1,
  scope: 'text',
  needs: feature.secretWord,
  find(text, emit) {
    for (const { 0: head, 1: name = '', index } of text.matchAll(assignment)) {
      if (!mayBeSecret(name)) continue
      const before = /([A-Za-z0-9]{1,16})[ -]$/.exec(text.slice(Math.max(0, index - 17), index))?.[1] ?? ''
      const part = secretPart(name, before)
      if (part === undefined) continue
      assigned.lastIndex = index + head.length
      const match = assigned.exec(text)
      const value = match?.groups?.['v']
      if (match === null || value === undefined || !isTelling(value) || isCounter(part, value)) continue
      const start = match.index + match[0].lastIndexOf(value)
      emit(start, start + value.length, value)
    }
  },
}

/** `Bearer …`, `Basic …`, and keys of 16 hex digits or more behind the bare word `key`. */
export const bearer: Detector = {
  id: 'bearer',
  version: 1,
  scope: 'text',
  needs: feature.secretWord,
  find: matches(
    /\b(?:Bearer|Basic)\s+(?<v>[A-Za-z0-9+/_.~-]{8,}={0,2})|\bkeys?\s{0,2}[:=]?\s{0,2}["']?(?<v>(?:[0-9a-f]{2}[ :-]?){15,}[0-9a-f]{2})\b|\b(?:password|passwort|passphrase|passcode|pin|psk|secret)\s+(?:(?:is|was|set|changed|reset|now|to|for\s+\S+|ist)\s+){1,4}["']?(?<v>[^\s"',;.]{3,64})/gi,
    (match) => {
      const value = match.groups?.['v']
      // Behind `Bearer` or `password is` an ordinary word is a sentence going on, unless it is the last one.
      const last = /^\s*["'.!;)]*\s*$/.test(match.input.slice(match.index + match[0].length))
      return value !== undefined && isTelling(value) && (last || /[^a-z]/.test(value.slice(1))) ? value : undefined
    },
  ),
}

/** Commands that join a modem, a radio or Wi-Fi to its network carry names and keys as plain arguments. */
export const modemCommand: Detector = {
  id: 'modem-command',
  version: 1,
  scope: 'text',
  needs: feature.modemWord,
  find: matches(
    /\bAT[+#$^%](?:CWJAP|CWSAP|CWJAP_(?:CUR|DEF)|CWSAP_(?:CUR|DEF)|CSTT|CGDCONT|CGAUTH|QICSGP|UAUTHREQ|UPSD|USECMNG|UMQTT|MQTT\w*|QMT\w*|SMCONF|SMSSL|CMQTT\w*|WLAN\w*|WJ\w*|UWSC\w*|UWSTAC|JOIN|KEY|ID|APPKEY|NWKSKEY|APPSKEY|APPEUI|DEVEUI|JOINEUI|DEVADDR|CPIN|CLCK|CPWD|COPN|CUSD|CMGS|D\d)\w*\s*=\s*\??(?<v>[^\r\n]{1,512})/gi,
    (match) => match.groups?.['v'],
  ),
}
