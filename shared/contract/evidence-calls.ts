// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { evidenceTypes, payloadFormats } from '../formats/firmware.ts'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, size } from './values.ts'

const items = <T extends z.ZodRawShape>(shape: T) => ({
  total: count,
  items: z.array(z.strictObject(shape)).max(500).readonly(),
})
const address = z.number().int().min(0)

/** What a bundle carries beside its manifest's head: images and evidence, as they speak of themselves. */
export const evidenceCalls = {
  'bundles.contents': call({
    params: z.strictObject({ id: hex64 }),
    result: z.strictObject({
      payloads: z.array(
        z.strictObject({
          path: z.string(),
          component: z.string(),
          format: z.enum(payloadFormats),
          driver: z.string(),
          size,
          sha256: hex64,
          /** The first thing that makes it no image of its format, or another than the manifest says; null: none. */
          fault: z.string().nullable(),
          facts: z.strictObject({
            version: z.string().optional(),
            securityCounter: count.optional(),
            vendor: z.string().optional(),
            deviceClass: z.string().optional(),
            encrypted: z.boolean().optional(),
            hashChecked: z.boolean().optional(),
            target: count.optional(),
            ranges: z
              .array(z.strictObject({ address, length: size }))
              .readonly()
              .optional(),
          }),
        }),
      ),
      evidence: z.array(z.strictObject({ path: z.string(), type: z.enum(evidenceTypes), size, sha256: hex64 })),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** One piece of evidence, read from the station's own copy. Errors: `not-found`, `payload.digest` (changed on the disk). */
  'bundles.evidence': call({
    params: z.strictObject({ id: hex64, path: z.string().max(128) }),
    result: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('components'),
        ...items({ name: z.string(), version: z.string(), licence: z.string() }),
      }),
      z.strictObject({ kind: z.literal('vulnerabilities'), ...items({ id: z.string(), state: z.string() }) }),
      z.strictObject({ kind: z.literal('provenance'), builder: z.string(), buildType: z.string(), subjects: count }),
      z.strictObject({ kind: z.enum(['text', 'markdown']), text: z.string(), cut: z.boolean() }),
      z.strictObject({ kind: z.literal('unreadable') }),
      z.strictObject({ kind: z.literal('large') }),
    ]),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
