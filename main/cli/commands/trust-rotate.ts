// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { documentChanges } from '../../../shared/formats/document-changes.ts'
import { policyRoles, type PolicyRole, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import type { Pin } from '../../../shared/formats/scalars.ts'
import { millis } from '../../../shared/units.ts'
import { toTime } from '../../station/platform/clock.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { readPemCertificate } from '../../station/trust/issue-certificate.ts'
import { purposeOf } from '../../station/trust/roles.ts'
import { readPolicy } from '../bundle/context.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { describeChanges } from '../describe-changes.ts'
import { unusable } from '../file-trouble.ts'
import { nextPolicy, type PolicyEdits } from '../trust/next-policy.ts'
import { isRecipient } from '../trust/recipient.ts'
import { saveNewDocument } from '../trust/save-document.ts'
import { needed, oneOf, onlyWord, parseWords, readText, smallCount, wholeNumber } from '../words.ts'

const year = 365 * 24 * 3_600_000
const none: string[] = []
const many = { type: 'string', multiple: true, default: none } as const
const steps = {
  out: { type: 'string' },
  years: { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
} as const

/** Makes the next step of a policy from the current one. Errors: `usage`, `file.unusable`, those of `nextPolicy`. */
const rotate: Command = {
  name: 'trust rotate',
  summary: 'make the next step of a trust policy: keys, thresholds, counters, recipients',
  usage: `airlock trust rotate CURRENT.airtrust --out NEXT.airtrust [--add ROLE=CERT.pem]… [--add-ca ROLE=CERT.pem]…
    [--add-pq ROLE=PUBLIC-KEY-FILE]… [--remove ROLE=KEY]… [--revoke KEY=REASON]… [--threshold ROLE=N]… [--counter PRODUCT=LOWEST]…
    [--recipient AGE]… [--drop-recipient AGE]… [--sanitization SHA256] [--pq off|if-present|required]
    [--grace-days N] [--years 10] [--weakens counter:PRODUCT]… [--json]
  KEY is the SHA-256 of a public key as the policy pins it, or a certificate's file. Roles: ${policyRoles.join(' ')}.
  The step is unsigned: it needs the root threshold of the current policy and its own (airlock bundle sign --role root).`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        ...steps,
        add: many,
        'add-ca': many,
        'add-pq': many,
        remove: many,
        revoke: many,
        threshold: many,
        counter: many,
        recipient: many,
        'drop-recipient': many,
        sanitization: { type: 'string' },
        pq: { type: 'string' },
        'grace-days': { type: 'string' },
        weakens: many,
      },
    })
    const bogus = values.recipient.find((recipient) => !isRecipient(recipient))
    if (bogus !== undefined) throw new AirlockError('usage', { recipient: bogus, why: 'no public key of age' })
    const graceDays = values['grace-days']
    const { pq, sanitization } = values
    return makeStep(onlyWord(positionals), values, io, {
      add: values.add.map((word) => rolePin(word, false)),
      addCa: values['add-ca'].map((word) => rolePin(word, true)),
      addPq: values['add-pq'].map((word) => ({ role: roleIn(word), key: readText(behind(word)).trim() })),
      remove: values.remove.map((word) => ({ role: roleIn(word), spki: keyOf(behind(word)) })),
      revoke: values.revoke.map((word) => ({ spki: keyOf(before(word)), reason: behind(word) })),
      thresholds: Object.fromEntries(values.threshold.map((w) => [roleIn(w), smallCount(behind(w), 'threshold')])),
      counters: Object.fromEntries(values.counter.map((word) => [before(word), wholeNumber(behind(word), 'counter')])),
      addRecipients: values.recipient,
      dropRecipients: values['drop-recipient'],
      fields: {
        ...(sanitization === undefined ? {} : { sanitization }),
        ...(pq === undefined ? {} : { pq: oneOf(['off', 'if-present', 'required'], pq, 'pq') }),
        ...(graceDays === undefined ? {} : { graceDays: wholeNumber(graceDays, 'grace-days') }),
      },
      weakens: values.weakens,
    })
  },
}

/** The shortest way to withdraw one key. Errors: as `trust rotate`. */
const revoke: Command = {
  name: 'trust revoke',
  summary: 'make the next step of a trust policy that withdraws a key',
  usage: `airlock trust revoke CURRENT.airtrust --key KEY --reason TEXT --out NEXT.airtrust [--years 10] [--json]
  KEY is a pin (SHA-256) or a certificate's file. What it signed is refused from then on, whenever it was signed. Where a
  role would have fewer keys than its threshold, add one in the same step: airlock trust rotate --revoke … --add …`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { ...steps, key: { type: 'string' }, reason: { type: 'string' } },
    })
    const spki = keyOf(needed(values.key, 'key'))
    return makeStep(onlyWord(positionals), values, io, {
      ...nothing,
      revoke: [{ spki, reason: needed(values.reason, 'reason') }],
    })
  },
}

const nothing: Omit<PolicyEdits, 'issuedAt' | 'expires'> = {
  add: [],
  addCa: [],
  addPq: [],
  remove: [],
  thresholds: {},
  revoke: [],
  counters: {},
  addRecipients: [],
  dropRecipients: [],
  fields: {},
  weakens: [],
}

const makeStep = (
  path: string,
  values: { readonly out?: string | undefined; readonly years: string; readonly json: boolean },
  io: Io,
  edits: Omit<PolicyEdits, 'issuedAt' | 'expires'>,
): ExitCode => {
  const out = needed(values.out, 'out')
  const current = readPolicy(path)
  const now = io.clock.now()
  const [issuedAt, expires] = [now, now + smallCount(values.years, 'years') * year].map((at) => toTime(millis(at)))
  const next = nextPolicy(current, { ...edits, issuedAt: issuedAt ?? '', expires: expires ?? '' })
  const manifest = canonicalBytes(next)
  saveNewDocument(out, manifest)
  const changes = documentChanges(current, next)
  const made = { policy: out, version: next.version, digest: sha256Hex(manifest), toSign: rootsOf(current, next) }
  io.out(
    values.json
      ? `${JSON.stringify({ ...made, changes })}\n`
      : `${out}\nsha256 ${made.digest}\n${describeChanges(changes)}${describeSigners(made.toSign)}`,
  )
  return 0
}

/** Whose signatures the step needs: by each of the two policies so many of these root keys. */
const rootsOf = (...policies: readonly TrustPolicy[]) =>
  policies.map(({ version, roles: { root } }) => ({
    version,
    threshold: root.threshold,
    keys: root.keys.map(({ spki }) => spki),
    cas: root.cas.map(({ spki }) => spki),
  }))

const describeSigners = (sides: ReturnType<typeof rootsOf>): string =>
  sides
    .map(({ version, threshold, keys, cas }) =>
      [
        `sign as root: ${threshold} of these, for policy ${version}`,
        ...keys,
        ...cas.map((ca) => `under CA ${ca}`),
      ].join('\n  '),
    )
    .join('\n') + '\n'

const before = (word: string): string => word.slice(0, word.includes('=') ? word.indexOf('=') : undefined)
const behind = (word: string): string => {
  const at = word.indexOf('=')
  if (at < 1 || at === word.length - 1) throw new AirlockError('usage', { word, why: 'NAME=VALUE is needed' })
  return word.slice(at + 1)
}
const roleIn = (word: string): PolicyRole => oneOf(policyRoles, before(word), 'role')

/** A pin as it is written, or that of a certificate in a file. */
export const keyOf = (word: string): string =>
  /^[0-9a-f]{64}$/.test(word) ? word : readPemCertificate(readText(word)).spki

/** The pin of a certificate for as long as it is valid: a signer's with the purpose of the role, or a CA's. */
const rolePin = (word: string, ca: boolean): { role: PolicyRole; pin: Pin } => {
  const [role, file] = [roleIn(word), behind(word)]
  const { spki, validFrom, validUntil, isCa, purposes } = readPemCertificate(readText(file))
  if (isCa !== ca || (!ca && !purposes.includes(purposeOf(role)))) {
    throw unusable(file, ca ? 'it is no certificate of a CA' : `it is no certificate of a signer of the role ${role}`)
  }
  const [from, until] = [toTime(millis(validFrom)), toTime(millis(validUntil))]
  return { role, pin: { spki, validFrom: from, validUntil: until } }
}

/** The next step of a trust policy. */
export const trustRotateCommands: readonly Command[] = [rotate, revoke]
