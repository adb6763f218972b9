// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { parseIntelHex, type Segment } from '../bundles/payload/intel-hex.ts'

/** Formats that are bytes at addresses. */
export const imageFormats = ['bin', 'ihex'] as const
export type ImageFormat = (typeof imageFormats)[number]

const text = (file: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch (cause) {
    throw new AirlockError('flash.image', { format: 'ihex', what: 'text' }, { cause })
  }
}

/** What an image file puts where; `address` is where a `bin` starts. Errors: `flash.image` (malformed or empty). */
export const parseImage = (file: Uint8Array, format: ImageFormat, address = 0): Segment[] => {
  const segments = format === 'ihex' ? parseIntelHex(text(file)) : [{ address, data: file }]
  if (segments.every(({ data }) => data.length === 0)) throw new AirlockError('flash.image', { format, what: 'empty' })
  return segments
}
