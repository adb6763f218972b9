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
    /(?<![A-Za-z0-9])(?:(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ABIA|ACCA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{20,}|gl(?:dt|rt|ft|soat|cbt)-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|xapp-[\w-]{16,}|[spr]k_(?:live|test)_[A-Za-z0-9]{10,}|whsec_\w{16,}|sk-(?:ant-|proj-)?[\w-]{20,}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{16,}|SG\.[\w-]{16,}\.[\w-]{16,}|hf_[A-Za-z0-9]{20,}|do[opr]_v1_[a-f0-9]{32,}|dckr_pat_[\w-]{20,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|sq0[a-z]{3}-[\w-]{22,}|EAAC[A-Za-z0-9]{20,}|AC[a-f0-9]{32}|SK[a-f0-9]{32}|key-[a-f0-9]{32}|hvs\.[\w-]{20,}|s\.[A-Za-z0-9]{24}|lin_api_\w{30,}|nvapi-[\w-]{30,}|AGE-SECRET-KEY-1[A-Z0-9]{50,}|NRAK-[A-Z0-9]{20,}|rubygems_[a-f0-9]{32,}|EZ[AT]K\w{40,}|PMAK-[\w-]{30,}|AAAA[A-Za-z0-9+/]{40,}={0,2})/g,
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

const names =
  'passwords?|passwd|pwd|pass|pw|passphrase|passcode|passwort|kennwort|secrets?|tokens?|api[_-]?keys?|apikey|psk|auth(?:orization|entication)?(?:[_-]?(?:key|token|code))?|credentials?|creds?|pin|puk|pincode|cookie|set-cookie|session[_-]?(?:id|key|token)|community|app[_-]?key|nwk[_-]?s?[_-]?key|app[_-]?s[_-]?key|(?:access|secret|private|account|shared|shared[_-]?access|master|network|net|encryption|crypto|aes|hmac|link|device|dev|wifi|wpa2?|wep|license|licence|signing|client|root|join|gen|session|host|storage|unlock|otp)[_-]?(?:key|secret|token|pass(?:word|phrase|wd)?|pwd|psk|code)s?|signature|sig|sas|connection[_-]?string|webhook|otp|seed|mnemonic|x-api-key'

const valueOf = (match: RegExpExecArray): string | undefined => {
  const value = match.groups?.['v'] ?? ''
  const bare = value.toLowerCase().replace(/[.!?:]+$/, '')
  return plainWords.has(bare) || /^[*x•#.-]+$/i.test(bare) || /^<[^>]*>$|^\[[^\]]*\]$/.test(value) ? undefined : value
}

/** `name=value` where the name says that the value is a secret; quotes and camel case as they come. */
export const namedSecret: Detector = {
  id: 'named-secret',
  version: 1,
  scope: 'text',
  needs: feature.secretWord,
  find: matches(
    new RegExp(
      `(?<![A-Za-z0-9])(?:[A-Za-z0-9]+[_.-]|[a-z]+(?=[A-Z]))*(?:${names})(?:\\[[^\\]]{0,32}\\])?\\\\?["']?\\s{0,3}(?:[:=]|=>|:=|\\bis\\b(?! ))\\s{0,3}(?:(?:Bearer|Basic|Digest|Token)\\s+)?(?:\\\\?"(?<v>[^"\\\\]{1,512})|'(?<v>[^']{1,512})|(?<v>[^\\s,;&|"'\`)\\]}<>\\\\][^\\s,;&|"'\`)\\]}<>\\\\]{0,511}))`,
      'gi',
    ),
    valueOf,
  ),
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
      const value = valueOf(match)
      // Behind `Bearer` or `password is` an ordinary word is a sentence going on.
      return value !== undefined && /[^a-z]/.test(value.slice(1)) ? value : undefined
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
