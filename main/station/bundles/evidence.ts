// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { FirmwareEvidence } from '../../../shared/formats/firmware.ts'
import { bytes } from '../../../shared/units.ts'
import { provenanceSubjects } from './provenance.ts'

/** Largest evidence that is looked into, bytes; of a larger one only its name, size and digest are told. */
export const evidenceLimit = bytes(16 * 1_048_576)
/** Most items of a list, and most characters of a text, that are told. */
const mostItems = 500
const mostText = 65_536

/** What a piece of evidence says, by its type. It was signed with the bundle; nothing of it decides anything here. */
export type EvidenceSummary =
  | {
      readonly kind: 'components'
      readonly total: number
      readonly items: readonly { readonly name: string; readonly version: string; readonly licence: string }[]
    }
  | {
      readonly kind: 'vulnerabilities'
      readonly total: number
      readonly items: readonly { readonly id: string; readonly state: string }[]
    }
  | { readonly kind: 'provenance'; readonly builder: string; readonly buildType: string; readonly subjects: number }
  | { readonly kind: 'text' | 'markdown'; readonly text: string; readonly cut: boolean }
  /** It is not of the type that the manifest says. */
  | { readonly kind: 'unreadable' }

/** Reads evidence whose digest was right. */
export const summarizeEvidence = (type: FirmwareEvidence['type'], content: Uint8Array): EvidenceSummary =>
  readers[type](content) ?? { kind: 'unreadable' }

/** Of what stands in one field: a list of many may fill it. */
const short = (value: string): string => value.slice(0, 256)
const text = z.string().transform(short)
const licence = z.object({
  license: z.object({ id: text.optional(), name: text.optional() }).optional(),
  expression: text.optional(),
})

/** CycloneDX 1.x in JSON. */
const sbomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z
    .array(z.object({ name: text, version: text.default(''), licenses: z.array(licence).default([]) }))
    .default([]),
})

/** CycloneDX VEX, OpenVEX 0.2 and CSAF VEX: vulnerability and what is said of it. */
const vexSchemas = [
  z
    .object({
      bomFormat: z.literal('CycloneDX'),
      vulnerabilities: z.array(z.object({ id: text, analysis: z.object({ state: text }).optional() })),
    })
    .transform(({ vulnerabilities }) =>
      vulnerabilities.map(({ id, analysis }) => ({ id, state: analysis?.state ?? '' })),
    ),
  z
    .object({
      '@context': z.string().startsWith('https://openvex.dev/'),
      statements: z.array(z.object({ vulnerability: z.union([text, z.object({ name: text })]), status: text })),
    })
    .transform(({ statements }) =>
      statements.map(({ vulnerability, status }) => ({
        id: typeof vulnerability === 'string' ? vulnerability : vulnerability.name,
        state: status,
      })),
    ),
  z
    .object({
      document: z.object({ category: z.literal('csaf_vex') }),
      vulnerabilities: z.array(z.object({ cve: text, product_status: z.record(z.string(), z.unknown()).default({}) })),
    })
    .transform(({ vulnerabilities }) =>
      vulnerabilities.map(({ cve, product_status: states }) => ({
        id: cve,
        state: short(Object.keys(states).join(', ')),
      })),
    ),
]

/** SLSA provenance v1 and v0.2 in an in-toto statement. */
const provenanceSchema = z.object({
  predicate: z.object({
    buildDefinition: z.object({ buildType: text }).optional(),
    runDetails: z.object({ builder: z.object({ id: text }) }).optional(),
    buildType: text.optional(),
    builder: z.object({ id: text }).optional(),
  }),
})
const dsseSchema = z.object({ payload: z.base64() })

const parseJson = (content: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    return undefined
  }
}

const readText =
  (kind: 'text' | 'markdown') =>
  (content: Uint8Array): EvidenceSummary | undefined => {
    try {
      const whole = new TextDecoder('utf-8', { fatal: true }).decode(content)
      return { kind, text: whole.slice(0, mostText), cut: whole.length > mostText }
    } catch {
      return undefined
    }
  }

const readSbom = (content: Uint8Array): EvidenceSummary | undefined => {
  const found = sbomSchema.safeParse(parseJson(content))
  if (!found.success) return undefined
  const { components } = found.data
  const items = components.slice(0, mostItems).map(({ name, version, licenses }) => ({
    name,
    version,
    licence: short(licenses.map((one) => one.expression ?? one.license?.id ?? one.license?.name ?? '').join(', ')),
  }))
  return { kind: 'components', total: components.length, items }
}

const readVex = (content: Uint8Array): EvidenceSummary | undefined => {
  const document = parseJson(content)
  for (const schema of vexSchemas) {
    const found = schema.safeParse(document)
    if (found.success)
      return { kind: 'vulnerabilities', total: found.data.length, items: found.data.slice(0, mostItems) }
  }
  return undefined
}

const readProvenance = (content: Uint8Array): EvidenceSummary | undefined => {
  const outer = parseJson(content)
  const dsse = dsseSchema.safeParse(outer)
  const found = provenanceSchema.safeParse(dsse.success ? parseJson(Buffer.from(dsse.data.payload, 'base64')) : outer)
  const subjects = provenanceSubjects(content)
  if (!found.success || subjects === undefined) return undefined
  const { buildDefinition, runDetails, buildType, builder } = found.data.predicate
  return {
    kind: 'provenance',
    builder: runDetails?.builder.id ?? builder?.id ?? '',
    buildType: buildDefinition?.buildType ?? buildType ?? '',
    subjects: subjects.length,
  }
}

const readers: Readonly<Record<FirmwareEvidence['type'], (content: Uint8Array) => EvidenceSummary | undefined>> = {
  'cyclonedx-sbom': readSbom,
  vex: readVex,
  'slsa-provenance': readProvenance,
  'test-report': readText('text'),
  'release-notes': readText('markdown'),
}
