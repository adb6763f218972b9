// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto'
import { z } from 'zod'
import { AirlockError } from '../../../../shared/errors.ts'
import { canonicalize, parseCanonical } from '../../../../shared/formats/canonical-json.ts'
import { text, time } from '../../../../shared/formats/scalars.ts'
import { detectorIds } from './detectors/all.ts'

const kind = '[a-z][a-z0-9]{0,15}'
/** What happens to a value; documented in docs/formats/sanitization.md section 2. */
const actionPattern = new RegExp(
  `^(?:keep|drop|mask|template|version-minor|pseudonym:${kind}|bucket:[1-9][0-9]{0,8}|time-bucket:[1-9][0-9]{0,10})$`,
)
/** Types of a field. `text` is free text and has no place in a default policy. */
export const fieldTypes = [
  'integer',
  'number',
  'time',
  'enum',
  'word',
  'version',
  'hash',
  'template',
  'text',
  'labels',
  'strings',
] as const

const fieldName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/)
const labelName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.]{0,63}$/)

const fieldSchema = z.strictObject({
  type: z.enum(fieldTypes),
  action: z.string().regex(actionPattern),
  /** UCUM unit of a number: documentation that travels with the policy. */
  unit: text.optional(),
  /** Closed range of a number, in its unit; what lies outside is removed. */
  range: z.tuple([z.number(), z.number()]).optional(),
  /** Allowed values of an enum. */
  values: z.array(text).min(1).max(256).optional(),
  /** Names of labels that may leave (`*`: every name, its value a word that went through the detectors). */
  names: z
    .array(z.union([labelName, z.literal('*')]))
    .max(256)
    .optional(),
  /** A place or time that tells few devices apart: the k gate counts it. For `labels`: those of these names. */
  quasi: z.union([z.literal(true), z.array(labelName).max(64)]).optional(),
  /** Firmware version, model, revision: never merged, and no secret when another field drops the same text. */
  public: z.literal(true).optional(),
})
export type FieldRule = z.infer<typeof fieldSchema>

const tableSchema = z.strictObject({
  /** The field that names the device: what the k gate counts. */
  subject: fieldName.optional(),
  fields: z.record(fieldName, fieldSchema),
})

/** The document `airlock.sanitization`: default deny, what is not listed does not leave. */
export const sanitizationPolicySchema = z
  .strictObject({
    kind: z.literal('airlock.sanitization'),
    schema: z.literal(1),
    version: z.int().min(1),
    issuedAt: time,
    name: text,
    k: z.int().min(2).max(1000),
    /** Detector → `mask` or `pseudonym:<kind>`. A detector that is not listed masks; none can be switched off. */
    detectors: z.record(z.string(), z.string().regex(new RegExp(`^(?:mask|pseudonym:${kind})$`))),
    tables: z.record(z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/), tableSchema),
  })
  .superRefine((policy, context) => {
    const fault = (message: string): void => context.addIssue({ code: 'custom', message })
    for (const id of Object.keys(policy.detectors)) if (!detectorIds.includes(id)) fault(`no detector ${id}`)
    for (const [table, { subject, fields }] of Object.entries(policy.tables)) {
      const rules = Object.entries(fields)
      if (subject !== undefined && fields[subject] === undefined) fault(`${table}: subject is not a field`)
      if (subject === undefined && rules.some(([, rule]) => rule.quasi)) fault(`${table}: quasi without subject`)
      for (const [field, rule] of rules) {
        const why = ruleFault(rule)
        if (why !== undefined) fault(`${table}.${field}: ${why}`)
      }
    }
  })
export type SanitizationPolicy = z.infer<typeof sanitizationPolicySchema>

const actionsOf: Record<FieldRule['type'], RegExp> = {
  integer: /^(?:keep|drop|bucket:)/,
  number: /^(?:keep|drop|bucket:)/,
  time: /^(?:keep|drop|time-bucket:)/,
  enum: /^(?:keep|drop)$/,
  word: /^(?:keep|drop|mask|pseudonym:)/,
  version: /^(?:keep|drop|version-minor)$/,
  hash: /^(?:keep|drop|pseudonym:)/,
  template: /^(?:keep|drop|mask|template)$/,
  text: /^(?:keep|drop|mask|template|pseudonym:)/,
  labels: /^(?:keep|drop)$/,
  strings: /^(?:keep|drop|mask|template)$/,
}

const ruleFault = (rule: FieldRule): string | undefined => {
  if (!actionsOf[rule.type].test(rule.action)) return `${rule.action} does not fit ${rule.type}`
  if ((rule.type === 'enum') !== (rule.values !== undefined)) return 'values belong to an enum'
  if ((rule.type === 'labels') !== (rule.names !== undefined)) return 'names belong to labels'
  if (rule.public && rule.quasi) return 'a public field is no quasi-identifier'
  return undefined
}

/** A policy, its bytes' identity, and nothing else that anyone could edit in between. */
export type LoadedPolicy = { readonly policy: SanitizationPolicy; readonly digest: string }

/** Reads a policy from its canonical bytes. Error: `export.policy` when they are not one. */
export const readPolicy = (bytes: Uint8Array): LoadedPolicy => {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok) throw new AirlockError('export.policy', { fault: parsed.code })
  const result = sanitizationPolicySchema.safeParse(parsed.value)
  if (!result.success) throw new AirlockError('export.policy', { fault: z.prettifyError(result.error) })
  return { policy: result.data, digest: hash('sha256', bytes) }
}

/** The policy's canonical bytes as text; `readPolicy` gives the same policy back. */
export const policyText = (policy: SanitizationPolicy): string => canonicalize(policy)

/** A field that a site decided on: never to keep what the policy does not keep. */
export type Decision = { readonly table: string; readonly field: string; readonly action: string }

/**
 * The policy with a site's own decisions, which only ever make it stricter: drop, mask, or a code instead of the
 * value. Error: `export.policy` for a decision that would let more out, or for a field that is not there.
 */
export const tighten = (loaded: LoadedPolicy, decisions: readonly Decision[]): LoadedPolicy => {
  if (decisions.length === 0) return loaded
  const policy = structuredClone(loaded.policy)
  for (const { table, field, action } of decisions) {
    const rule = policy.tables[table]?.fields[field]
    const stricter = action === 'drop' || (rule?.action === 'keep' && /^(?:mask|pseudonym:)/.test(action))
    if (rule === undefined || !stricter) throw new AirlockError('export.policy', { table, field, action })
    rule.action = action
  }
  return readPolicy(new TextEncoder().encode(policyText(policy)))
}
