// SPDX-License-Identifier: Apache-2.0
/** The document that says whose signatures count (docs/formats/trust-policy.md, 1). Any fault of it is `policy.schema`. */
import { z } from 'zod'
import { hex64, name, pin, text, time, whole } from './scalars.ts'

/** Roles that a policy pins keys for. A station's certificate hangs on the keys of `station-ca`. */
export const policyRoles = ['root', 'release', 'recall', 'qa', 'privacy', 'witness', 'station-ca'] as const
export type PolicyRole = (typeof policyRoles)[number]

/** Where a bundle may go. */
export const channels = ['production', 'pilot', 'lab'] as const
export type Channel = (typeof channels)[number]

const ascending = (keys: readonly string[]): boolean => keys.every((key, n) => n === 0 || (keys[n - 1] ?? '') < key)
const unique = (keys: readonly string[]): boolean => new Set(keys).size === keys.length

const pins = z.array(pin).refine((list) => ascending(list.map(({ spki }) => spki)))

/** Base64 of an ML-DSA-87 public key: 2 592 bytes, so there is no padding. */
const pqKey = z.string().regex(/^[A-Za-z0-9+/]{3456}$/)

const role = z
  .strictObject({
    threshold: whole.min(1).max(8),
    keys: pins,
    cas: pins,
    pqKeys: z.array(pqKey).refine(unique),
    products: z.array(z.union([name, z.literal('*')])).min(1),
  })
  .refine(({ keys, cas }) => unique([...keys, ...cas].map(({ spki }) => spki)))
  .refine(({ threshold, keys, cas }) => cas.length > 0 || threshold <= keys.length)
export type RolePins = z.infer<typeof role>

const roleName = z.enum(policyRoles)
const required = z.array(roleName).min(1).max(4).refine(unique).optional()

const weakening = z.string().regex(/^(counter:[a-z0-9][a-z0-9._-]{0,63}|revoked:[0-9a-f]{64})$/)

/** `airlock.trust-policy`, with all rules that tie its fields together. */
export const trustPolicySchema = z
  .strictObject({
    kind: z.literal('airlock.trust-policy'),
    schema: z.literal(1),
    version: whole.min(1),
    issuedAt: time,
    expires: time,
    graceDays: whole,
    roles: z.strictObject({
      root: role,
      release: role,
      recall: role,
      qa: role.optional(),
      privacy: role.optional(),
      witness: role.optional(),
      'station-ca': role.optional(),
    }),
    require: z.strictObject({ production: required, pilot: required, lab: required }),
    exclusive: z.array(z.tuple([roleName, roleName])),
    revokedKeys: z
      .array(z.strictObject({ spki: hex64, reason: text }))
      .refine((list) => ascending(list.map(({ spki }) => spki))),
    counters: z.record(name, whole),
    recipients: z.array(text),
    sanitization: hex64,
    pq: z.enum(['off', 'if-present', 'required']),
    limits: z.strictObject({
      maxBundleBytes: whole,
      expiredBundle: z.enum(['warn', 'override', 'refuse']),
      minPolicy: whole,
    }),
    weakens: z.array(weakening),
  })
  .refine(({ roles, require }) => requiredRoles(require).every((one) => roles[one] !== undefined))
  .refine(({ roles, exclusive }) => exclusive.every(([a, b]) => unique([...keysOf(roles[a]), ...keysOf(roles[b])])))
  .refine(
    ({ roles, require, pq }) => pq !== 'required' || requiredRoles(require).every((one) => hasEnoughPqKeys(roles[one])),
  )
export type TrustPolicy = z.infer<typeof trustPolicySchema>

const requiredRoles = (require: Partial<Record<Channel, PolicyRole[] | undefined>>): PolicyRole[] =>
  channels.flatMap((channel) => require[channel] ?? [])

const keysOf = (pinned: RolePins | undefined): string[] => pinned?.keys.map(({ spki }) => spki) ?? []

const hasEnoughPqKeys = (pinned: RolePins | undefined): boolean =>
  pinned !== undefined && pinned.pqKeys.length >= pinned.threshold

/** The lowest security counter that is taken of a product, by its own entry: it may be called like what every object inherits. */
export const floorOf = (counters: Readonly<Record<string, number>>, product: string): number =>
  Object.hasOwn(counters, product) ? (counters[product] ?? 0) : 0
