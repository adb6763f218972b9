// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { verdictSchema } from '../verdict.ts'

/** Values that several calls share. Times are milliseconds UTC, sizes bytes, digests lower-case hex SHA-256. */
export const uuid = z.uuid()
export const hex64 = z.string().regex(/^[0-9a-f]{64}$/)
export const time = z.number().int()
export const size = z.number().int().min(0)
export const count = z.number().int().min(0)
export const shortText = z.string().min(1).max(256)
export const loginText = z.string().min(1).max(64)
export const password = z.string().min(1).max(1024)
export const roleName = z.enum(['technician', 'officer', 'administrator', 'auditor', 'developer'])
/** A facts object: what a job or an entry says beside its code. */
export const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

export const person = z.strictObject({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  roles: z.array(roleName),
  active: z.boolean(),
})

/** How a page looks and speaks for a person. */
export const preferences = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  language: z.enum(['en', 'de']),
  size: z.enum(['normal', 'large']),
})

export const bundle = z.strictObject({
  id: hex64,
  bundleId: z.string(),
  vendor: z.string(),
  product: z.string(),
  channel: z.string(),
  version: z.string(),
  securityCounter: z.number().int(),
  importedAt: time,
})

export const device = z.strictObject({
  id: z.string(),
  serial: z.string(),
  model: z.string(),
  hardware: z.string().nullable(),
  version: z.string().nullable(),
  lastSeen: time.nullable(),
})

export const jobState = z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted'])
export const jobProgress = z.strictObject({
  stage: z.string(),
  done: z.number().optional(),
  total: z.number().optional(),
  etaMs: z.number().optional(),
  note: z.string().optional(),
})
export const job = z.strictObject({
  id: uuid,
  kind: z.string(),
  state: jobState,
  startedAt: time,
  endedAt: time.nullable(),
  person: z.string(),
  subject: z.string(),
  progress: jobProgress.nullable(),
  /** The code of a job that failed. */
  code: z.string().nullable(),
  /** What the job made: by its kind. */
  result: z.unknown(),
})

export const importResult = z.strictObject({
  verdict: verdictSchema,
  /** The log entry that says so. */
  entry: count,
  bundle: bundle.nullable(),
  alreadyPresent: z.boolean(),
})

/** What a bundle on a drive is good for, before anything is imported. */
export const checkResult = z.strictObject({
  verdict: verdictSchema,
  /** The log entry of a refusal. */
  entry: count.nullable(),
  bundle: z
    .strictObject({
      id: hex64,
      vendor: z.string(),
      product: z.string(),
      channel: z.string(),
      version: z.string(),
      models: z.array(z.string()),
    })
    .nullable(),
  alreadyPresent: z.boolean(),
})

/** What came of the trust files of a drive; `version` and `recallVersion` are those in force now. */
export const trustImportResult = z.strictObject({
  verdict: verdictSchema,
  /** The policy in force. */
  version: count,
  /** The policy that waits for a second signature, if one does. */
  waits: count.nullable(),
  recallVersion: count.nullable(),
  files: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['policy', 'recall']),
      verdict: verdictSchema,
      /** A good recall list that was not in force before. */
      applied: z.boolean(),
      /** A good policy step that waits for a second signature, and did not before. */
      waits: z.boolean(),
    }),
  ),
  /** Imported bundles that the recall list in force speaks of, by the first entry that does. */
  recalled: z.array(z.strictObject({ bundle: hex64, version: z.string(), entry: z.string() })),
})

export const flashResult = z.strictObject({
  device: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  imageSha256: hex64,
  readBackSha256: hex64,
  seconds: z.number(),
  recoveries: count,
  skippedUnits: count,
})

export const exportRequest = z.strictObject({
  id: uuid,
  state: z.enum(['requested', 'approved', 'rejected', 'voided', 'written']),
  reason: z.string(),
  from: time,
  to: time,
  requestedBy: z.string(),
  /** Their `person.id`: two people may share a name. */
  requestedById: z.string(),
  requestedAt: time,
  contentDigest: hex64,
  number: z.number().int().nullable(),
  archiveSha256: hex64.nullable(),
  recordsIn: count,
  recordsOut: count,
  /** Who approved it or sent it back, when, and the reason of whoever sent it back. */
  decision: z.strictObject({ name: z.string(), at: time, text: z.string() }).nullable(),
})

const scalar = z.union([z.string(), z.number(), z.null()])

/** What an officer looks at before signing; the values before stay on the station. */
export const exportPreview = z.strictObject({
  contentDigest: hex64,
  policyDigest: hex64,
  tables: z.array(z.strictObject({ table: z.string(), recordsIn: count, recordsOut: count, bytes: size })),
  removed: z.array(
    z.strictObject({ table: z.string(), field: z.string(), rule: z.string(), action: z.string(), count }),
  ),
  /** Distinct strings that leave, rarest first. */
  strings: z.array(z.strictObject({ table: z.string(), field: z.string(), value: z.string(), count })),
  /** Fields with more distinct strings than are listed. */
  more: z.array(z.strictObject({ table: z.string(), field: z.string(), distinct: count })),
  samples: z.array(z.strictObject({ table: z.string(), before: z.record(z.string(), scalar), line: z.string() })),
  kHistogram: z.array(z.strictObject({ devices: count, groups: count })),
  fields: z.array(z.string()),
  newFields: z.array(z.string()),
})
