// SPDX-License-Identifier: Apache-2.0
/** Whatever lies in a payload: the parsers of images answer, never throw, and say nothing that the bytes do not bear out. */
import { describe, expect, it } from 'vitest'
import type { ParsedPayload } from '../../main/station/bundles/payload/facts.ts'
import { fuzz, mutants } from '../support/fuzz.ts'
import { espImage, look, mcubootImage, uf2Block } from '../support/images.ts'

const timeout = 7_200_000
const sample = 1500

const esp = espImage([
  [0x40080000, Uint8Array.from({ length: 301 }, (_, n) => n)],
  [0x3ffb0000, Uint8Array.of(7, 7, 7)],
])
const family = 0xe48bff56
const uf2 = Uint8Array.from(Buffer.concat([0, 1, 2].map((n) => uf2Block(n, 3, 0x10000000 + n * 256, { family }))))
const hex = new TextEncoder().encode(
  `${[':020000040800F2', ':0400100001020304E2', ':0400140001020304DE', ':00000001FF'].join('\n')}\n`,
)
const mcuboot = mcubootImage('signed')
/** Header, body and protected TLVs of that image: what its hash covers. */
const covered = 32 + 700 + 52

/** Ranges are in order, do not overlap, lie in 32 bits, and hold no more bytes than the file. */
const assertRanges = (parsed: ParsedPayload, most: number): void => {
  if (!parsed.ok) return
  const { ranges = [] } = parsed.facts
  let end = 0
  for (const { address, length } of ranges) {
    expect(address).toBeGreaterThanOrEqual(end)
    expect(length).toBeGreaterThan(0)
    end = address + length
  }
  expect(end).toBeLessThanOrEqual(2 ** 32)
  expect(ranges.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(most)
}
const answerOf = (parsed: ParsedPayload): string => (parsed.ok ? 'looked into' : 'refused')

describe('any bytes as an image', () => {
  it('of MCUboot: a hash that is called right is right', { timeout }, () =>
    fuzz('MCUboot parser', sample, mutants(mcuboot), (bytes) => {
      const parsed = look('mcuboot', bytes)
      if (parsed.ok && parsed.facts.hashChecked === true)
        expect(Buffer.compare(bytes.subarray(0, covered), mcuboot.subarray(0, covered))).toBe(0)
      return answerOf(parsed)
    }),
  )

  it('of an ESP32: a hash that is called right is right', { timeout }, () =>
    fuzz('ESP parser', sample, mutants(esp), (bytes) => {
      const parsed = look('esp-image', bytes)
      if (parsed.ok && parsed.facts.hashChecked === true)
        expect(Buffer.compare(bytes.subarray(0, esp.length), esp)).toBe(0)
      if (parsed.ok) {
        const total = (parsed.facts.ranges ?? []).reduce((sum, { length }) => sum + length, 0)
        expect(total).toBeLessThanOrEqual(bytes.length)
      }
      return answerOf(parsed)
    }),
  )

  it('of UF2: what it says to write fits', { timeout }, () =>
    fuzz('UF2 parser', sample, mutants(uf2), (bytes) => {
      const parsed = look('uf2', bytes)
      assertRanges(parsed, bytes.length)
      return answerOf(parsed)
    }),
  )

  it('of Intel HEX: what it says to write fits', { timeout }, () =>
    fuzz('Intel HEX parser', sample, mutants(hex), (bytes) => {
      const parsed = look('ihex', bytes)
      assertRanges(parsed, bytes.length / 2)
      return answerOf(parsed)
    }),
  )
})
