// SPDX-License-Identifier: Apache-2.0
/**
 * Lines that a plant's devices could write, made from a seed: some hold a secret whose text is known, some hold what
 * only looks like one. Made from the standards and from logs as they look, without a look at the detectors.
 */

import { hex, int, letters, pairs, pick, seeded, type Random } from './seeded.ts'

/** A line, the secret in it (as it is written there), and the words beside it that should stay. */
export type SecretLine = { kind: string; text: string; secret: string; beside: string[] }
/** The site of the corpus: what its officer would put into the dictionary. */
export const corpusSite = {
  words: [
    'Halle Nordost',
    'press-line-4',
    'plc-a17',
    'hmi-03',
    'WERK2-GUEST',
    'Projekt Falke',
    'BDG-88231',
    'cellar-7',
    'kiln_west',
    'nas-backup01',
    'lackier',
    'feldmann.local',
  ],
  people: [
    { name: 'Annegret Feldmann', login: 'afeldmann' },
    { name: 'Kwame Boateng', login: 'kboateng' },
    { name: 'Ramona Castellanos', login: 'rcastell' },
    { name: 'Sören Lindqvist', login: 'slindq' },
    { name: "Niamh O'Doherty", login: 'nodoherty' },
  ],
  serials: ['TX7-004412', 'TX7-004413', 'KX22901B', '90331-55812'],
  domains: ['feldmann.local', 'werk2.example'],
} as const

const alnum = (r: Random, n: number): string =>
  letters(r, n, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')
const withLetter = (make: () => string): string => {
  for (;;) {
    const text = make()
    if (/[a-f]/i.test(text) && /\d/.test(text)) return text
  }
}

const luhnDigit = (digits: string): string => {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    let d = Number(digits[digits.length - 1 - i])
    if (i % 2 === 0) d = d * 2 > 9 ? d * 2 - 9 : d * 2
    sum += d
  }
  return String((10 - (sum % 10)) % 10)
}
const ibanOf = (r: Random): string => {
  const account = letters(r, 18, '0123456789')
  const check = 98n - (BigInt(`${account}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${account}`
}
const group4 = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ')

const first = ['marta', 'ivan', 'li.wei', 'o.petrov', 'jkowalski', 'sara_m', 'h.tanaka', 'dieter']
const privateIp = (r: Random): string =>
  pick(r, [
    () => `192.168.${int(r, 0, 255)}.${int(r, 1, 254)}`,
    () => `10.${int(r, 0, 255)}.${int(r, 0, 255)}.${int(r, 1, 254)}`,
    () => `172.${int(r, 16, 31)}.${int(r, 0, 255)}.${int(r, 1, 254)}`,
  ])()
const publicIp = (r: Random): string => `${int(r, 23, 223)}.${int(r, 0, 255)}.${int(r, 0, 255)}.${int(r, 1, 254)}`

/** Secrets by kind: a value, and sentences that hold it. `@` stands for the value. */
const kinds: Record<string, { value: (r: Random) => string; lines: readonly string[] }> = {
  email: {
    value: (r) =>
      `${pick(r, first)}${int(r, 1, 99)}@${pick(r, ['acme-steel.com', 'mail.kraftwerk.de', 'ops.example.org', 'vendor.co.jp'])}`,
    lines: ['alert sent to @ after retry', 'contact: @', '{"to":"@","ok":true}', 'smtp rcpt=@ queued'],
  },
  ipv4: {
    value: (r) => (r() < 0.8 ? privateIp(r) : publicIp(r)),
    lines: [
      'lease renewed @ for eth0',
      'connect to @:502 failed',
      'gw=@ mask ok',
      'ping @ lost 3',
      'route @/24 added',
      'modbus slave @, unit 3',
    ],
  },
  ipv6: {
    value: (r) =>
      pick(r, [
        () => `fe80::${hex(r, 4)}:${hex(r, 2)}ff:fe${hex(r, 2)}:${hex(r, 4)}`,
        () => `2001:db8:${hex(r, 4)}:${hex(r, 4)}::${int(r, 1, 99)}`,
        () => `fd${hex(r, 2)}:${Array.from({ length: 7 }, () => hex(r, 4)).join(':')}`,
      ])(),
    lines: ['addr @ up', 'nd: neighbour @ reachable', 'listen [@]:8883'],
  },
  mac: {
    value: (r) =>
      withLetter(() =>
        pick(r, [
          () => pairs(r, 6).join(':'),
          () => pairs(r, 6).join('-').toUpperCase(),
          () => `${hex(r, 4)}.${hex(r, 4)}.${hex(r, 4)}`,
          () => hex(r, 12).toUpperCase(),
          () => pairs(r, 6).join(' '),
          () => pairs(r, 8).join(':'),
        ])(),
      ),
    lines: ['station @ joined', 'wifi: mac @ rssi -61', 'arp who-has from @ dropped'],
  },
  fqdn: {
    value: (r) =>
      `${pick(r, ['srv', 'db', 'gw-', 'cam'])}${int(r, 1, 40)}.${pick(r, ['prod.acme-steel.com', 'corp.example.net', 'ot.local', 'kraftwerk.de'])}`,
    lines: ['resolve @ timed out', 'mqtt broker @ connected', 'ntp: using @ stratum 2', 'GET https://@/status 200'],
  },
  dictionary: {
    value: (r) =>
      pick(r, [
        'press-line-4',
        'PRESS_LINE_4',
        'Press Line 4',
        'plc-a17',
        'PLC_A17',
        'hmi-03',
        'Halle Nordost',
        'halle_nordost',
        'WERK2-GUEST',
        'BDG-88231',
        'kiln-west',
        'nas-backup01',
        'Projekt Falke',
      ]),
    lines: ['device moved to @ by shift lead', 'config for @ loaded', 'alarm on @: overtemperature', 'scan ok (@)'],
  },
  person: {
    value: (r) =>
      pick(r, [
        'Annegret Feldmann',
        'Feldmann',
        'kboateng',
        'Kwame Boateng',
        'R. Castellanos',
        'Castellanos, Ramona',
        'Soeren Lindqvist',
        'Sören Lindqvist',
        'slindq',
        "Niamh O'Doherty",
      ]),
    lines: ['acknowledged by @ at shift end', 'operator @ opened the guard', 'report for @ printed'],
  },
  login: {
    value: (r) => `${pick(r, ['mkeller', 'jdoe', 'p.novak', 'tsato', 'admin_berg'])}${int(r, 1, 9)}`,
    lines: [
      'user=@ logged in',
      'login: @',
      'session opened username="@"',
      'open /home/@/logs/run.csv',
      'cfg C:\\Users\\@\\app.ini missing',
    ],
  },
  registry: {
    value: (r) => pick(r, ['TX7-004412', 'tx7-004413', 'KX22901B', '90331-55812']),
    lines: ['unit @ self test pass', 'paired with @', 'swap @ done'],
  },
  serial: {
    value: (r) =>
      pick(r, [
        () => `SN${int(r, 100000, 999999)}`,
        () => `${letters(r, 2, 'ABCDEFGH')}-${int(r, 10000, 99999)}-${letters(r, 1, 'XYZ')}`,
        () => String(int(r, 10000000, 99999999)),
      ])(),
    lines: ['serial number: @', 'S/N @ rev B', 'sn=@ ok', '"serial":"@"', 'Seriennummer @'],
  },
  phone: {
    value: (r) =>
      pick(r, [
        () => `+49 ${int(r, 30, 899)} ${int(r, 100000, 9999999)}`,
        () => `+1-${int(r, 200, 989)}-${int(r, 200, 999)}-${int(r, 1000, 9999)}`,
        () => `+4479${int(r, 10000000, 99999999)}`,
      ])(),
    lines: ['sms to @ sent', 'call @ for service', 'phone: @'],
  },
  position: {
    value: (r) => `${(r() * 80).toFixed(5)}, ${(r() * 170).toFixed(6)}`,
    lines: ['gps fix @ hdop 0.9', 'pos=(@)', 'location: @'],
  },
  nmea: {
    value: (r) =>
      `$GPGGA,12${int(r, 1000, 5959)},48${int(r, 10, 59)}.038,N,011${int(r, 10, 59)}.000,E,1,08,0.9,545.4,M,46.9,M,,*${hex(r, 2).toUpperCase()}`,
    lines: ['gnss @', 'rx @'],
  },
  iban: { value: (r) => (r() < 0.5 ? ibanOf(r) : group4(ibanOf(r))), lines: ['invoice @ paid', 'IBAN: @'] },
  card: {
    value: (r) => {
      const body = `4${letters(r, 14, '0123456789')}`
      return r() < 0.5 ? body + luhnDigit(body) : group4(body + luhnDigit(body))
    },
    lines: ['kiosk payment @ declined', 'card=@ ok'],
  },
  password: {
    value: (r) => `${alnum(r, int(r, 5, 14))}${pick(r, ['!', '7', '_x', '#2'])}`,
    lines: ['wifi_password=@ set', 'psk: "@"', '{"user_pwd":"@"}', 'mqtt.password = @', 'connect token=@ retry'],
  },
  token: {
    value: (r) =>
      pick(r, [
        () => `ghp_${alnum(r, 36)}`,
        () => `AKIA${letters(r, 16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
        () => `xoxb-${int(r, 1e9, 9e9)}-${alnum(r, 24)}`,
        () => `eyJhbGciOiJIUzI1NiJ9.${alnum(r, 40)}.${alnum(r, 43)}`,
        () => `glpat-${alnum(r, 20)}`,
        () => `sk_live_${alnum(r, 24)}`,
      ])(),
    lines: ['upload with @ failed', 'header: @', 'using @ now'],
  },
  key: { value: (r) => hex(r, 32).toUpperCase(), lines: ['appkey=@', 'AppSKey: @', 'network key @ stored'] },
  url: {
    value: (r) => `svc${int(r, 1, 9)}:${alnum(r, 10)}`,
    lines: ['fetch https://@@host/fw.bin', 'ftp://@@files/drop opened'],
  },
}

/** Kinds of secrets of the corpus. */
export const corpusKinds = Object.keys(kinds)

const wordsOf = (text: string): string[] => text.match(/[A-Za-z]{3,}/g) ?? []

/** `n` lines, each with one secret. */
export const secretLines = (seed: number, n: number): SecretLine[] => {
  const r = seeded(seed)
  return Array.from({ length: n }, (_, i) => {
    const kind = corpusKinds[i % corpusKinds.length]!
    const { value, lines } = kinds[kind]!
    const secret = value(r)
    const line = pick(r, lines)
    const at = line.indexOf('@')
    const [head, tail] = [line.slice(0, at), line.slice(at + 1)]
    const prefix = pick(r, ['', `[${int(r, 1000, 99999)}] `, 'W net: ', '12:04:55.120 '])
    // The words that announce a secret are part of how it is found and may go with it; the others are text beside it.
    return { kind, secret, text: prefix + head + secret + tail, beside: wordsOf(tail) }
  })
}

/** Ways to write a secret so that a simple rule does not see it, and a person or a program still does. */
const evasions: Record<string, (secret: string, r: Random) => string> = {
  base64: (s) => Buffer.from(s).toString('base64'),
  url: (s) =>
    Array.from(s)
      .map((c) =>
        /[A-Za-z0-9]/.test(c)
          ? c
          : encodeURIComponent(c) === c
            ? `%${c.codePointAt(0)!.toString(16)}`
            : encodeURIComponent(c),
      )
      .join(''),
  html: (s) => s.replace(/[^A-Za-z0-9 ]/g, (c) => `&#${c.codePointAt(0)};`),
  json: (s) => s.replace(/[^A-Za-z0-9 ]/g, (c) => `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}`),
  zeroWidth: (s) => `${s.slice(0, 3)}\u200b${s.slice(3, 6)}\u200d${s.slice(6)}`,
  wide: (s) =>
    Array.from(s)
      .map((c) => (c > ' ' && c < '\x7f' ? String.fromCodePoint(c.codePointAt(0)! + 0xfee0) : c))
      .join(''),
  ansi: (s) => `${s.slice(0, 4)}\u001b[1m${s.slice(4)}\u001b[0m`,
  hex: (s) => Buffer.from(s).toString('hex'),
  defang: (s) => s.replaceAll('.', '[.]').replaceAll('@', '[at]'),
  upper: (s) => s.toUpperCase(),
}

/** Kinds whose secrets are told by their own form, so that another spelling is still theirs. */
const formed = [
  'email',
  'ipv4',
  'ipv6',
  'mac',
  'fqdn',
  'dictionary',
  'person',
  'registry',
  'token',
  'iban',
  'card',
  'phone',
  'position',
]

/** `n` lines with secrets in disguise. */
export const evasiveLines = (seed: number, n: number): SecretLine[] => {
  const r = seeded(seed)
  const names = Object.keys(evasions)
  const lines: SecretLine[] = []
  for (let i = 0; lines.length < n; i++) {
    const kind = formed[i % formed.length]!
    const plain = kinds[kind]!.value(r)
    const way = names[i % names.length]!
    const secret = evasions[way]!(plain, r)
    // Short ones in base64 are shorter than anything that can be told from a word.
    if (secret === plain || ((way === 'base64' || way === 'hex') && secret.replace(/=+$/, '').length < 16)) continue
    // Digits of a card are no longer digits in upper case; tokens are case-sensitive.
    if (way === 'upper' && (kind === 'token' || kind === 'iban' || kind === 'position')) continue
    lines.push({ kind: `${kind}/${way}`, secret, text: `rx ${secret} done`, beside: ['done'] })
  }
  return lines
}
