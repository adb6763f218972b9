// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { DeviceProfile } from './profile.ts'

/** Who a device says it is when its application starts. */
export type DeviceIdentity = {
  readonly model: string
  readonly serial: string
  readonly hardware?: string
  readonly version: string
}

type Named = Pick<DeviceIdentity, 'model' | 'serial'>

/** A serial number counts among its model's only. */
export const sameDevice = (a: Named, b: Named): boolean => a.model === b.model && a.serial === b.serial

/** A longer line is no banner, whatever it says: memory stays bounded on a port that babbles. */
const longestLine = 4096

const facts = z.record(z.string(), z.unknown())
const fieldText = z.string().regex(/^[\x21-\x7e]{1,64}$/)

const parseLine = (line: string, format: DeviceProfile['application']['banner']): DeviceIdentity | undefined => {
  if (!line.startsWith('{')) return undefined
  const outer = facts.safeParse(asJson(line)).data
  const fields = facts.safeParse(outer?.[format.key]).data
  if (fields === undefined) return undefined
  const field = (key: string): string | undefined => fieldText.safeParse(fields[key]).data
  const [model, serial, hardware, version] = [
    field(format.model),
    field(format.serial),
    field(format.hardware),
    field(format.version),
  ]
  if (model === undefined || serial === undefined || version === undefined) return undefined
  return { model, serial, version, ...(hardware === undefined ? {} : { hardware }) }
}

const asJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    // A device's line is anything until proven otherwise: what is no JSON is no banner.
    return undefined
  }
}

/** Feeds on a port's bytes, in any chunks, and gives the first boot banner in them; garbage before it is skipped. */
export const createBannerReader = (
  format: DeviceProfile['application']['banner'],
): ((chunk: Uint8Array) => DeviceIdentity | undefined) => {
  let line = ''
  return (chunk) => {
    // Banners are ASCII; latin1 keeps one character per byte whatever else is on the line.
    const pieces = (line + Buffer.from(chunk).toString('latin1')).split('\n')
    line = (pieces.pop() ?? '').slice(-longestLine)
    for (const piece of pieces) {
      // What stood on the line before the reset ran into the banner: it starts at its brace.
      const identity = parseLine(piece.slice(Math.max(0, piece.lastIndexOf(`{"${format.key}"`))).trim(), format)
      if (identity !== undefined) return identity
    }
    return undefined
  }
}
