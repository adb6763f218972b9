// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { canonicalBytes } from '../../shared/formats/canonical-json.ts'
import { trustPolicySchema, type TrustPolicy } from '../../shared/formats/trust-policy.ts'
import { issueCertificate, readPemCertificate, type KeyPair } from '../../main/station/trust/issue-certificate.ts'
import type { SignatureRole } from '../../main/station/trust/roles.ts'
import { signCms } from '../../main/station/trust/sign.ts'

/** When every test certificate and pin begins and ends to count, and when the test clock stands (test/support/clock.ts). */
export const pkiTimes = {
  from: Date.parse('2026-01-01T00:00:00Z'),
  until: Date.parse('2036-01-01T00:00:00Z'),
  signed: Date.parse('2026-06-01T10:00:00Z'),
}

/** A key, its certificate, the certificate's pin, and what has to be enclosed beside it. */
export type Holder = KeyPair & { readonly spki: string; readonly chain: readonly string[] }

/** Kinds of keys that the profile knows. */
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'RSA-3072'

/** A fresh private key, PEM PKCS#8. */
export const makeKey = (kind: KeyKind = 'P-384'): string => {
  const { privateKey } =
    kind === 'RSA-3072'
      ? generateKeyPairSync('rsa', { modulusLength: 3072 })
      : generateKeyPairSync('ec', { namedCurve: kind })
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

/** A fresh holder of a role (or a CA); without an issuer the certificate is self-signed, as pinned keys have it. */
export const makeHolder = (
  use: SignatureRole | 'ca',
  options: { kind?: KeyKind; issuer?: Holder; key?: string; validFrom?: number; validUntil?: number } = {},
): Holder => {
  const { issuer, validFrom = pkiTimes.from, validUntil = pkiTimes.until } = options
  const key = options.key ?? makeKey(options.kind)
  const certificate = issueCertificate({ commonName: `test ${use}`, key, use, validFrom, validUntil }, issuer)
  const chain = issuer === undefined ? [] : [issuer.certificate]
  return { key, certificate, spki: readPemCertificate(certificate).spki, chain }
}

/** A pin that counts for the whole of the test's time. */
export const pinOf = ({ spki }: { spki: string }) => ({
  spki,
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2036-01-01T00:00:00Z',
})

const bySpki = (a: { spki: string }, b: { spki: string }): number => (a.spki < b.spki ? -1 : 1)

/** A role of a policy: pinned keys, pinned CAs, a threshold (1). */
export const roleOf = (keys: readonly Holder[], cas: readonly Holder[] = [], threshold = 1) => ({
  threshold,
  keys: keys.map(pinOf).sort(bySpki),
  cas: cas.map(pinOf).sort(bySpki),
  pqKeys: [],
  products: ['*'],
})

const makePki = () => {
  const stationCa = makeHolder('ca')
  const holders = {
    root: makeHolder('root'),
    release: makeHolder('release'),
    qa: makeHolder('qa'),
    recall: makeHolder('recall'),
    privacy: makeHolder('privacy'),
    witness: makeHolder('witness'),
    'station-ca': makeHolder('station-ca'),
    station: makeHolder('station', { issuer: stationCa }),
  } as const satisfies Record<SignatureRole, Holder>
  const policy: TrustPolicy = trustPolicySchema.parse({
    kind: 'airlock.trust-policy',
    schema: 1,
    version: 1,
    issuedAt: '2026-01-01T00:00:00Z',
    expires: '2035-01-01T00:00:00Z',
    graceDays: 30,
    roles: {
      root: roleOf([holders.root]),
      release: roleOf([holders.release]),
      recall: roleOf([holders.recall]),
      qa: roleOf([holders.qa]),
      privacy: roleOf([holders.privacy]),
      witness: roleOf([holders.witness]),
      'station-ca': roleOf([holders['station-ca']], [stationCa]),
    },
    require: { production: ['release', 'qa'], pilot: ['release'], lab: ['release'] },
    exclusive: [['release', 'qa']],
    revokedKeys: [],
    counters: {},
    recipients: [],
    sanitization: '0'.repeat(64),
    pq: 'off',
    limits: { maxBundleBytes: 2 ** 32, expiredBundle: 'override', minPolicy: 1 },
    weakens: [],
  })
  return { ...holders, stationCa, policy }
}

let made: ReturnType<typeof makePki> | undefined

/**
 * Keys and certificates for every role (EC P-384) and a policy that pins them: production needs release and qa, pilot
 * and lab need release. Stations hang on `stationCa`. Made once per test file.
 */
export const testPki = (): ReturnType<typeof makePki> => (made ??= makePki())

/** Detached CMS signature of a document's bytes (or of the canonical form of a value) by a holder of the test PKI. */
export const signManifest = (
  manifest: unknown,
  holder: Holder | SignatureRole,
  signingTime: number = pkiTimes.signed,
): Uint8Array => {
  const { key, certificate, chain } = typeof holder === 'string' ? testPki()[holder] : holder
  const content = manifest instanceof Uint8Array ? manifest : canonicalBytes(manifest)
  return signCms({ content, key, certificate, chain, signingTime })
}
