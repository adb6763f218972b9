// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { parseIntelHex } from '../../../main/station/bundles/payload/intel-hex.ts'
import { parseImage } from '../../../main/station/flashing/image.ts'
import { planFlash } from '../../../main/station/flashing/plan.ts'

const end = ':00000001FF'
const text = (...lines: string[]): string => `${lines.join('\n')}\n`

describe('Intel HEX', () => {
  it.each([
    ['the manual’s example', text(':0300300002337A1E', end), [{ address: 0x30, data: [2, 0x33, 0x7a] }]],
    ['lower case', text(':0300300002337a1e', end), [{ address: 0x30, data: [2, 0x33, 0x7a] }]],
    ['a segment base', text(':020000021000EC', ':0100000055AA', end), [{ address: 0x10000, data: [0x55] }]],
    ['a linear base', text(':020000040001F9', ':0100000055AA', end), [{ address: 0x10000, data: [0x55] }]],
    ['neighbours in any order', text(':0100010002FC', ':0100000001FE', end), [{ address: 0, data: [1, 2] }]],
    [
      'start addresses, which say nothing of bytes',
      text(':04000005000000CD2A', ':0100000055AA', end),
      [{ address: 0, data: [0x55] }],
    ],
    ['no bytes at all', text(end), []],
  ])('reads %s', (_, content, expected) => {
    expect(parseIntelHex(content)).toEqual(
      expected.map(({ address, data }) => ({ address, data: Uint8Array.from(data) })),
    )
  })

  it.each([
    ['checksum', text(':0300300002337A1F', end), 1],
    ['length', text(':0400300002337A1D', end), 1],
    ['no record', text('0300300002337A1E', end), 1],
    ['no record', text(':0100000055AA', '', end), 2],
    ['no record', text(' :0100000055AA', end), 1],
    ['no end', text(':0100000055AA'), 1],
    ['end', text(':0100000055AA', end, ':0100010002FC'), 2],
    ['wraps', text(':02FFFF000102FD', end), 1],
    ['address', text(':0100000410EB', end), 1],
    ['type', text(':00000006FA', end), 1],
  ])('refuses %s, and says in which line', (what, content, line) => {
    expect(() => parseIntelHex(content)).toThrow(
      expect.objectContaining({ code: 'flash.image', details: { format: 'ihex', line, what } }),
    )
  })

  it('refuses two records for one address', () => {
    expect(() => parseIntelHex(text(':0100000055AA', ':0100000055AA', end))).toThrow(
      expect.objectContaining({ details: { format: 'ihex', at: 0, what: 'overlap' } }),
    )
  })
})

describe('an image', () => {
  it('in binary stands where it is told to', () => {
    expect(parseImage(Uint8Array.of(1, 2), 'bin', 256)).toEqual([{ address: 256, data: Uint8Array.of(1, 2) }])
  })

  it.each([
    ['bin', new Uint8Array()],
    ['ihex', new TextEncoder().encode(`${end}\n`)],
    ['ihex', Uint8Array.of(0xff, 0xfe)],
  ] as const)('in %s without content is refused', (format, file) => {
    expect(() => parseImage(file, format)).toThrow(expect.objectContaining({ code: 'flash.image' }))
  })

  it('that ends one byte behind the last page is too big, one that ends with it fits', () => {
    const size = { unitBytes: 128, flashBytes: 1024 }
    expect(planFlash([{ address: 0, data: new Uint8Array(1024) }], size).units.length).toBe(8)
    expect(() => planFlash([{ address: 0, data: new Uint8Array(1025) }], size)).toThrow(
      expect.objectContaining({ code: 'flash.image-too-big', details: { end: 1025, flashBytes: 1024 } }),
    )
  })

  it('with a gap leaves the pages in the gap alone', () => {
    const { units } = planFlash(
      [
        { address: 0, data: Uint8Array.of(1) },
        { address: 640, data: Uint8Array.of(2) },
      ],
      { unitBytes: 128, flashBytes: 1024 },
    )
    expect(units.map(({ address }) => address)).toEqual([0, 640])
  })
})
