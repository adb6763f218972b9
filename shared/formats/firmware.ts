// SPDX-License-Identifier: Apache-2.0
/** The manifest of a firmware bundle, `airlock.firmware` (docs/formats/envelope.md, clause 5). */
import { z } from 'zod'
import { evidencePath, hex64, hex96, name, payloadPath, semver, text, time, timeMs, uuid, whole } from './scalars.ts'
import { channels } from './trust-policy.ts'

/** How the bytes of a payload are to be read. */
export const payloadFormats = ['mcuboot', 'bin', 'ihex', 'esp-image', 'uf2'] as const

/** The protocol that writes a payload. */
export const driverNames = ['smp', 'stk500v1', 'stk500v2', 'an3155', 'esp', 'ymodem'] as const

/** What a piece of evidence is. */
export const evidenceTypes = ['cyclonedx-sbom', 'vex', 'slsa-provenance', 'test-report', 'release-notes'] as const

const versionRange = z.strictObject({ min: semver, max: semver.optional() })

const compatSchema = z.strictObject({
  model: name,
  hardware: z.array(name).min(1).max(32).optional(),
  bootloader: versionRange.optional(),
  from: versionRange.optional(),
  requires: z.array(versionRange.extend({ component: name })).optional(),
})

const optionsSchema = z.strictObject({
  slot: whole.optional(),
  address: whole.optional(),
  length: whole.optional(),
  region: z.strictObject({ start: whole, length: whole }).optional(),
  memory: name.optional(),
  baud: whole.optional(),
})

const payloadSchema = z.strictObject({
  path: payloadPath,
  size: whole.min(1),
  sha256: hex64,
  sha384: hex96.optional(),
  component: name,
  format: z.enum(payloadFormats),
  driver: z.enum(driverNames),
  options: optionsSchema,
})
export type FirmwarePayload = z.infer<typeof payloadSchema>

const evidenceSchema = z.strictObject({
  path: evidencePath,
  size: whole.min(1),
  sha256: hex64,
  type: z.enum(evidenceTypes),
})
export type FirmwareEvidence = z.infer<typeof evidenceSchema>

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length

/** Every rule that concerns the manifest alone, but the flash ranges. */
export const firmwareSchema = z
  .strictObject({
    kind: z.literal('airlock.firmware'),
    schema: z.literal(1),
    bundleId: uuid,
    vendor: name,
    product: name,
    channel: z.enum(channels),
    version: semver,
    securityCounter: whole,
    releasedAt: time,
    expires: time,
    policyMin: whole.min(1),
    importerMin: semver,
    scope: z.strictObject({ sites: z.array(name).min(1).max(256) }).optional(),
    source: z.strictObject({ repository: text, commit: text, build: text, builder: text }),
    compat: z.array(compatSchema).min(1).max(32),
    payloads: z.array(payloadSchema).min(1).max(62),
    evidence: z.array(evidenceSchema).max(62),
  })
  .refine(({ releasedAt, expires }) => timeMs(releasedAt) < timeMs(expires))
  .refine(({ payloads }) => unique(payloads.map(({ path }) => path)))
  .refine(({ payloads }) => unique(payloads.map(({ component }) => component)))
  .refine(({ evidence }) => unique(evidence.map(({ path }) => path)))
export type FirmwareManifest = z.infer<typeof firmwareSchema>

const addressSpace = 2 ** 32

type Range = { readonly place: string; readonly start: number; readonly end: number }

/**
 * The path of the first payload whose flash range is impossible (`manifest.flash-range`): it ends above 2^32, leaves
 * its region, or overlaps an earlier one of the same driver and memory. Undefined when all are fine.
 */
export const flashRangeFault = (payloads: readonly FirmwarePayload[]): string | undefined => {
  const earlier: Range[] = []
  for (const { path, size, driver, options } of payloads) {
    if (options.address === undefined) continue
    const start = options.address
    const end = start + (options.length ?? size)
    const place = `${driver} ${options.memory ?? 'main'}`
    const { region } = options
    const outside = region !== undefined && (start < region.start || end > region.start + region.length)
    const overlaps = earlier.some((range) => range.place === place && start < range.end && range.start < end)
    if (end > addressSpace || outside || overlaps) return path
    earlier.push({ place, start, end })
  }
  return undefined
}
