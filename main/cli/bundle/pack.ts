// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import {
  firmwareSchema,
  flashRangeFault,
  type FirmwareManifest,
  type FirmwarePayload,
} from '../../../shared/formats/firmware.ts'
import { manifestName } from '../../station/bundles/envelope/names.ts'
import { entryOf, type EntrySource } from '../../station/bundles/envelope/writer.ts'
import { lookIntoPayload } from '../../station/bundles/payload/look-into.ts'
import { unusable } from '../file-trouble.ts'
import { readJsonFile } from './context.ts'
import { openForeign, saveEnvelope, withFile } from './draft.ts'

/** A manifest whose contents say where their bytes are: `file`, beside the description; default: the path itself. */
const descriptionSchema = z.looseObject({
  payloads: z.array(z.looseObject({ path: z.string(), file: z.string().optional() })),
  evidence: z.array(z.looseObject({ path: z.string(), file: z.string().optional() })).default([]),
})
type Described = z.infer<typeof descriptionSchema>['payloads'][number]

const chunkBytes = 1_048_576

/** What `packBundle` made. `digest` is the SHA-256 of the manifest: what is signed, and what the bundle is called by. */
export type Packed = { readonly digest: string; readonly manifest: FirmwareManifest }

/**
 * Makes an unsigned bundle from a description: sizes and digests are filled in, the manifest is written in its one
 * form. The same files give the same bytes. Errors: `manifest.schema`, `manifest.flash-range`, `file.unusable` (a file
 * is missing, the description is no JSON, a payload is not of its format or belies the manifest).
 */
export const packBundle = (descriptionPath: string, out: string): Packed => {
  const description = readDescription(descriptionPath)
  const fileOf = ({ file, path }: Described): string => resolve(dirname(descriptionPath), file ?? path)
  const filled = (item: Described): object => {
    const { file: _, ...rest } = item
    return { ...rest, ...measure(fileOf(item)) }
  }
  const payloads = description.payloads.map(filled)
  const evidence = description.evidence.map(filled)
  const manifest = firmwareSchema.safeParse({ ...description, payloads, evidence })
  if (!manifest.success) {
    throw new AirlockError('manifest.schema', firstFault(manifest.error))
  }
  const misplaced = flashRangeFault(manifest.data.payloads)
  if (misplaced !== undefined) throw new AirlockError('manifest.flash-range', { payload: misplaced })
  for (const [index, payload] of manifest.data.payloads.entries()) {
    const item = description.payloads[index]
    if (item !== undefined) checkPayload(fileOf(item), payload, manifest.data)
  }
  const manifestBytes = canonicalBytes(manifest.data)
  const sources = [...description.payloads, ...description.evidence].map(fileOf)
  const contents = [...manifest.data.payloads, ...manifest.data.evidence].map(({ path, size }, index): EntrySource => ({
    name: path,
    size,
    chunks: chunksOf(sources[index] ?? ''),
  }))
  saveEnvelope(out, [entryOf(manifestName, manifestBytes), ...contents], true)
  return { digest: createHash('sha256').update(manifestBytes).digest('hex'), manifest: manifest.data }
}

/** A payload that is not what the manifest says would be found out at the device: here it is still easily mended. */
const checkPayload = (path: string, payload: FirmwarePayload, manifest: FirmwareManifest): void => {
  const found = withFile(path, (file) => lookIntoPayload(payload, file, manifest))
  if (!found.ok) throw unusable(path, `it is not the ${payload.format} image that the description says: ${found.what}`)
}

const readDescription = (path: string): z.infer<typeof descriptionSchema> => {
  const parsed = descriptionSchema.safeParse(readJsonFile(path))
  if (!parsed.success) throw new AirlockError('manifest.schema', firstFault(parsed.error))
  return parsed.data
}

/** Where the first fault is and what it is; a key that the format does not know is named itself. */
const firstFault = ({ issues: [issue] }: z.ZodError): { field: string; why: string } => {
  const [unknown] = issue?.code === 'unrecognized_keys' ? issue.keys : []
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])]
  return { field: path.join('.'), why: issue?.message ?? '' }
}

const measure = (path: string): { size: number; sha256: string } => {
  const hash = createHash('sha256')
  let size = 0
  for (const chunk of chunksOf(path)) {
    hash.update(chunk)
    size += chunk.length
  }
  return { size, sha256: hash.digest('hex') }
}

const chunksOf = function* (path: string): Generator<Uint8Array> {
  const file = openForeign(path)
  try {
    for (let at = 0; at < file.size; at += chunkBytes) yield file.read(at, chunkBytes)
  } finally {
    file.close()
  }
}
