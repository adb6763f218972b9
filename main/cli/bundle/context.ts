// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { appVersion } from '../../../shared/app-version.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { recallSchema } from '../../../shared/formats/recall.ts'
import { hex64, name, semver, time, timeMs, whole } from '../../../shared/formats/scalars.ts'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import type { StationState } from '../../station/bundles/verify.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import type { PolicyDocument } from '../../station/trust/policy-step.ts'
import type { RecallDocument } from '../../station/trust/recall-update.ts'
import { unusable } from '../file-trouble.ts'
import { readText } from '../words.ts'
import { readDraft, withFile } from './draft.ts'

/** A time as documents write it, or milliseconds UTC. */
const moment = z.union([time.transform(timeMs), z.int()])

/** What `--state` may say; what it leaves out is as on a fresh station. */
export const stateSchema = z.strictObject({
  now: moment.optional(),
  lastSignedTime: moment.nullish(),
  lastAuditTime: moment.nullish(),
  site: name.nullish(),
  importer: semver.default(appVersion),
  freeBytes: whole.default(Number.MAX_SAFE_INTEGER),
  counters: z.record(name, whole).default({}),
  imported: z
    .array(z.strictObject({ vendor: name, product: name, channel: name, version: semver, manifest: hex64 }))
    .default([]),
})

/** The state of a station that `facts` describe; the clock is asked where they do not say the time. Errors: `usage`. */
export const stateOf = (facts: unknown, now: number): StationState => {
  const parsed = stateSchema.safeParse(facts)
  if (!parsed.success) throw new AirlockError('usage', { state: parsed.error.issues[0]?.path.join('.') ?? '' })
  const { site, lastSignedTime, lastAuditTime, ...rest } = parsed.data
  return {
    ...rest,
    now: rest.now ?? now,
    lastSignedTime: lastSignedTime ?? undefined,
    lastAuditTime: lastAuditTime ?? undefined,
    ...(typeof site === 'string' ? { site } : {}),
  }
}

/** A JSON file that the user wrote. Errors: `file.unusable`, which says where it stops being JSON. */
export const readJsonFile = (path: string): unknown => {
  const text = readText(path)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw unusable(path, cause instanceof Error ? cause.message : 'it is no JSON', cause)
  }
}

/** The trust policy that the user vouches for: an .airtrust file or its manifest alone. Errors: `policy.schema`, `manifest.*`, `file.unusable`. */
export const readPolicyDocument = (path: string): PolicyDocument => {
  const { value, digest } = readDocument(path, trustPolicySchema, 'policy.schema')
  return { policy: value, digest }
}

/** The same without its digest. */
export const readPolicy = (path: string): TrustPolicy => readPolicyDocument(path).policy

/** The recall list in force, likewise. Errors: `manifest.*`. */
export const readRecallDocument = (path: string): RecallDocument => {
  const { value, digest } = readDocument(path, recallSchema, 'manifest.schema')
  return { list: value, digest }
}

const openBrace = 0x7b

const readDocument = <T>(path: string, schema: z.ZodType<T>, code: ErrorCode): { value: T; digest: string } => {
  const content = withFile(path, (file) =>
    file.read(0, 1)[0] === openBrace ? file.read(0, file.size) : readDraft(file).manifest,
  )
  const document = parseCanonical(content)
  if (!document.ok) throw new AirlockError(document.code, { file: path })
  const parsed = schema.safeParse(document.value)
  if (!parsed.success) throw new AirlockError(code, { file: path, field: parsed.error.issues[0]?.path.join('.') ?? '' })
  return { value: parsed.data, digest: sha256Hex(content) }
}
