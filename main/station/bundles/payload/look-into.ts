// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../../shared/errors.ts'
import type { FirmwareManifest, FirmwarePayload } from '../../../../shared/formats/firmware.ts'
import { parseEspImage } from './esp-image.ts'
import { wholeLimit, type ParsedPayload, type PayloadFacts, type PayloadSource } from './facts.ts'
import { intelHexSteps } from './intel-hex.ts'
import { parseMcuboot } from './mcuboot.ts'
import { atOnce, type Steps } from './steps.ts'
import { parseUf2 } from './uf2.ts'

type Manifest = Pick<FirmwareManifest, 'version' | 'securityCounter' | 'payloads'>

/** What a payload is by its own words, as its format in the manifest says; `what` names the first fault. */
export const lookIntoPayload = (payload: FirmwarePayload, source: PayloadSource, manifest: Manifest): ParsedPayload =>
  atOnce(payloadSteps(payload, source, manifest))

/** The same, step by step. */
export const payloadSteps = function* (
  payload: FirmwarePayload,
  source: PayloadSource,
  manifest: Manifest,
): Steps<ParsedPayload> {
  // A plain image says nothing of itself.
  if (payload.format === 'bin') return { ok: true, facts: {} }
  const parsed = yield* parsers[payload.format](source)
  if (!parsed.ok) return parsed
  const what = unlike(payload, parsed.facts, manifest)
  return what === undefined ? parsed : { ok: false, what }
}

const parseHex = function* (source: PayloadSource): Steps<ParsedPayload> {
  if (source.size > wholeLimit) return { ok: false, what: 'size' }
  try {
    const segments = yield* intelHexSteps(Buffer.from(source.read(0, source.size)).toString('latin1'))
    return { ok: true, facts: { ranges: segments.map(({ address, data }) => ({ address, length: data.length })) } }
  } catch (error) {
    if (!(error instanceof AirlockError) || error.code !== 'flash.image') throw error
    const { line, what } = error.details
    return {
      ok: false,
      what: [what, line === undefined ? undefined : `line ${String(line)}`].filter(Boolean).join(', '),
    }
  }
}

type Parser = (source: PayloadSource) => Steps<ParsedPayload>
const parsers: Readonly<Record<Exclude<FirmwarePayload['format'], 'bin'>, Parser>> = {
  mcuboot: parseMcuboot,
  'esp-image': parseEspImage,
  uf2: parseUf2,
  ihex: parseHex,
}

/** Where an image says of itself something else than the manifest. Several images have versions of their own. */
const unlike = (
  { options }: FirmwarePayload,
  { version, securityCounter, ranges = [] }: PayloadFacts,
  manifest: Manifest,
): string | undefined => {
  const only = manifest.payloads.length === 1
  const core = (text: string): string => text.split(/[-+]/)[0] ?? ''
  if (only && version !== undefined && core(version) !== core(manifest.version)) return `version ${version}`
  if (only && securityCounter !== undefined && securityCounter !== manifest.securityCounter)
    return `security counter ${securityCounter}`
  const { region } = options
  const outside = ranges.find(
    ({ address, length }) =>
      region !== undefined && (address < region.start || address + length > region.start + region.length),
  )
  return outside === undefined ? undefined : `outside its region at ${outside.address}`
}
