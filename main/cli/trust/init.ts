// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { trustPolicySchema, type RolePins, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { millis } from '../../../shared/units.ts'
import { manifestName, signatureName } from '../../station/bundles/envelope/names.ts'
import { entryOf } from '../../station/bundles/envelope/writer.ts'
import { toTime } from '../../station/platform/clock.ts'
import { createFile, factsOf, listFolder, makeFolder, syncFolder } from '../../station/platform/files.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { fingerprintOf } from '../../station/trust/fingerprint.ts'
import { issueCertificate, readPemCertificate, type KeyPair } from '../../station/trust/issue-certificate.ts'
import { signCms } from '../../station/trust/sign.ts'
import { saveEnvelope } from '../bundle/draft.ts'

/** What a first policy is made from. */
export type InitOptions = {
  readonly folder: string
  /** Number of root keys, and how many of them have to sign. */
  readonly roots: number
  readonly threshold: number
  /** Products that release and qa may sign; `*`: all. */
  readonly products: readonly string[]
  /** age recipients of telemetry archives. */
  readonly recipients: readonly string[]
  /** Lowest security counter that a site takes, per product. */
  readonly counters: Readonly<Record<string, number>>
  /** SHA-256 of the approved sanitization policy. */
  readonly sanitization: string
  readonly years: number
  /** Milliseconds UTC. */
  readonly now: number
}

const day = 24 * 3_600_000
const signers = ['release', 'qa', 'recall', 'privacy', 'witness'] as const

/**
 * Makes keys (EC P-384, PEM, readable by the owner only), certificates and the first policy, signed by its root keys,
 * in a new folder: `<holder>.key.pem`, `<holder>.cert.pem`, `policy-1.airtrust`. Errors: `usage` (the folder is not
 * empty, a threshold above the number of keys, a value that the policy cannot hold).
 */
export const initTrust = (options: InitOptions): { policy: string; digest: string; words: readonly string[] } => {
  const { folder, now, years, roots } = options
  if (factsOf(folder) !== undefined && listFolder(folder).length > 0) throw new AirlockError('usage', { folder })
  const span = { validFrom: now - day, validUntil: now + years * 365 * day }
  const make = (holder: string, use: Parameters<typeof issueCertificate>[0]['use']): [string, KeyPair] => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    return [holder, { key, certificate: issueCertificate({ commonName: holder, key, use, ...span }) }]
  }
  const rootKeys = Array.from({ length: roots }, (_, n) => make(`root-${n + 1}`, 'root'))
  const others = signers.map((role) => make(role, role))
  const issuer = make('station-ca', 'ca')
  const manifest = canonicalBytes(firstPolicy(options, span, { rootKeys, others, issuer }))
  makeFolder(folder)
  for (const [holder, { key, certificate }] of [...rootKeys, ...others, issuer]) {
    writeNew(join(folder, `${holder}.key.pem`), key, 0o600)
    writeNew(join(folder, `${holder}.cert.pem`), certificate, 0o644)
  }
  const path = join(folder, 'policy-1.airtrust')
  const signatures = rootKeys.map(([, pair], n) =>
    entryOf(signatureName('root', n + 1), signCms({ content: manifest, ...pair, signingTime: now })),
  )
  saveEnvelope(path, [entryOf(manifestName, manifest), ...signatures])
  syncFolder(folder)
  const digest = sha256Hex(manifest)
  return { policy: path, digest, words: fingerprintOf(digest) }
}

type Made = { rootKeys: [string, KeyPair][]; others: [string, KeyPair][]; issuer: [string, KeyPair] }

const firstPolicy = (
  { threshold, products, recipients, counters, sanitization, now, years }: InitOptions,
  span: { validFrom: number; validUntil: number },
  { rootKeys, others, issuer }: Made,
): TrustPolicy => {
  const pins = (pairs: [string, KeyPair][]): RolePins['keys'] =>
    pairs
      .map(([, { certificate }]) => ({
        spki: readPemCertificate(certificate).spki,
        validFrom: toTime(millis(span.validFrom)),
        validUntil: toTime(millis(span.validUntil)),
      }))
      .sort((a, b) => (a.spki < b.spki ? -1 : 1))
  const role = (keys: RolePins['keys'], covers: readonly string[] = ['*']): RolePins => ({
    threshold: 1,
    keys,
    cas: [],
    pqKeys: [],
    products: [...covers],
  })
  const of = (name: string): RolePins['keys'] => pins(others.filter(([holder]) => holder === name))
  const parsed = trustPolicySchema.safeParse({
    kind: 'airlock.trust-policy',
    schema: 1,
    version: 1,
    issuedAt: toTime(millis(now)),
    expires: toTime(millis(now + years * 365 * day)),
    graceDays: 30,
    roles: {
      root: { ...role(pins(rootKeys)), threshold },
      release: role(of('release'), products),
      qa: role(of('qa'), products),
      recall: role(of('recall')),
      privacy: role(of('privacy')),
      witness: role(of('witness')),
      'station-ca': { ...role([]), cas: pins([issuer]) },
    },
    require: { production: ['release', 'qa'], pilot: ['release'], lab: ['release'] },
    exclusive: [['release', 'qa']],
    revokedKeys: [],
    counters: { ...counters },
    recipients: [...recipients],
    sanitization,
    pq: 'off',
    limits: { maxBundleBytes: 8 * 2 ** 30, expiredBundle: 'override', minPolicy: 1 },
    weakens: [],
  })
  if (!parsed.success) throw new AirlockError('usage', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
  return parsed.data
}

const writeNew = (path: string, text: string, mode: number): void => {
  const file = createFile(path, mode)
  try {
    file.write(Buffer.from(text))
    file.sync()
  } finally {
    file.close()
  }
}
