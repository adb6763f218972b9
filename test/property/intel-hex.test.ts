// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIntelHex, type Segment } from '../../main/station/bundles/payload/intel-hex.ts'
import { planFlash } from '../../main/station/flashing/plan.ts'

const record = (type: number, offset: number, data: Uint8Array): string => {
  const octets = [data.length, offset >> 8, offset & 0xff, type, ...data]
  const sum = (256 - (octets.reduce((total, octet) => total + octet, 0) & 0xff)) & 0xff
  return `:${Buffer.from([...octets, sum])
    .toString('hex')
    .toUpperCase()}`
}
const end = record(1, 0, new Uint8Array())

/** Written independently of the parser: records of any length, a base record before each that leaves the 64 KiB. */
const write = (segments: readonly Segment[], size: number, lineEnd: string): string => {
  const lines: string[] = []
  let base = 0
  for (const { address, data } of segments) {
    for (let at = 0; at < data.length;) {
      const here = address + at
      if (here >> 16 !== base) {
        base = here >> 16
        lines.push(record(4, 0, Uint8Array.of(base >> 8, base & 0xff)))
      }
      const length = Math.min(size, data.length - at, 0x10000 - (here & 0xffff))
      lines.push(record(0, here & 0xffff, data.subarray(at, at + length)))
      at += length
    }
  }
  return [...lines, end].join(lineEnd) + lineEnd
}

const segments = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.uint8Array({ minLength: 1, maxLength: 300 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => {
    let address = 0
    return pieces.map(([gap, data]) => {
      address += gap
      const segment = { address, data }
      address += data.length
      return segment
    })
  })

describe('Intel HEX', () => {
  it('comes back as it was written, whatever the length of records and the line ends', () => {
    fc.assert(
      fc.property(segments, fc.integer({ min: 1, max: 255 }), fc.constantFrom('\n', '\r\n'), (list, size, lineEnd) => {
        expect(parseIntelHex(write(list, size, lineEnd))).toEqual(list)
      }),
    )
  })

  it('is refused by code when any one character is another', () => {
    fc.assert(
      fc.property(
        segments,
        fc.nat(),
        fc.constantFrom(...Array.from('0123456789ABCDEF: \nxé')),
        (list, place, character) => {
          const text = write(list, 16, '\n')
          const at = place % text.length
          fc.pre(text[at] !== character)
          const changed = text.slice(0, at) + character + text.slice(at + 1)
          // The end of the last line may be anything that ends a line or nothing, but not another character.
          let parsed: Segment[] | undefined
          try {
            parsed = parseIntelHex(changed)
          } catch (error) {
            expect(error).toMatchObject({ code: 'flash.image' })
          }
          if (parsed !== undefined) expect(parsed).toEqual(list)
        },
      ),
    )
  })

  it('raises nothing but a coded refusal, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(':0123456789ABCDEFabcdef\r\n ')) }), (text) => {
        expect(() => parseIntelHex(text)).toThrow(expect.objectContaining({ code: 'flash.image' }))
      }),
    )
  })
})

describe('a plan', () => {
  it('puts every byte into exactly one page and fills the rest as erased cells are', () => {
    fc.assert(
      fc.property(segments, (list) => {
        const { units, bytes } = planFlash(list, { unitBytes: 128, flashBytes: 1 << 20 })
        const memory = new Map<number, number>()
        for (const { address, data } of units) data.forEach((octet, at) => memory.set(address + at, octet))
        expect(memory.size).toBe(bytes)
        for (const { address, data } of list) {
          data.forEach((octet, at) => {
            expect(memory.get(address + at)).toBe(octet)
            memory.delete(address + at)
          })
        }
        expect([...memory.values()].every((octet) => octet === 0xff)).toBe(true)
        expect(units.map(({ address }) => address)).toEqual(units.map(({ address }) => address).sort((a, b) => a - b))
        expect(units.every(({ address, index }, n) => address % 128 === 0 && index === n)).toBe(true)
      }),
    )
  })
})
