// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { FirmwarePayload } from '../../../shared/formats/firmware.ts'
import type { ParsedPayload } from '../../../main/station/bundles/payload/facts.ts'
import { espImage, look, mcubootImage, uf2Block } from '../../support/images.ts'

/** Every byte flipped once, by what is said of it; `covered` bytes have to be noticed. */
const flips = (format: FirmwarePayload['format'], bytes: Uint8Array, at: readonly number[]): ParsedPayload[] =>
  at.map((index) => look(format, bytes.with(index, (bytes[index] ?? 0) ^ 0x41)))

describe('an MCUboot image', () => {
  const image = mcubootImage

  it('made by imgtool says its version, counter, vendor and class', () => {
    expect(look('mcuboot', image('signed'))).toEqual({
      ok: true,
      facts: {
        version: '2.1.0+7',
        securityCounter: 3,
        vendor: 'bcc169656f3a53389d83d8b565c63bc7',
        deviceClass: '4916461e375656cf9faa1c9e77ec103f',
        encrypted: false,
        hashChecked: true,
      },
    })
    expect(look('mcuboot', image('unsigned'))).toMatchObject({ ok: true, facts: { hashChecked: true } })
    expect(look('mcuboot', image('encrypted'))).toMatchObject({
      ok: true,
      facts: { encrypted: true, hashChecked: false },
    })
  })

  it('may have what imgtool pads behind it', () => {
    const padded = new Uint8Array(4096).fill(0xff)
    padded.set(image('signed'))
    expect(look('mcuboot', padded).ok).toBe(true)
  })

  it('is refused for any byte that its hash covers, and for any cut', () => {
    const signed = image('signed')
    const covered = Array.from({ length: 32 + 700 + 52 }, (_, n) => n)
    expect(flips('mcuboot', signed, covered).every(({ ok }) => !ok)).toBe(true)
    const cuts = Array.from({ length: signed.length }, (_, length) => look('mcuboot', signed.subarray(0, length)))
    expect(cuts.every(({ ok }) => !ok)).toBe(true)
  })

  it('has the version and the counter of the manifest, unless there are several images', () => {
    const signed = image('signed')
    expect(look('mcuboot', signed, { version: '2.1.0-rc.1' }).ok).toBe(true)
    expect(look('mcuboot', signed, { version: '2.1.1' })).toEqual({ ok: false, what: 'version 2.1.0+7' })
    expect(look('mcuboot', signed, { securityCounter: 4 })).toEqual({ ok: false, what: 'security counter 3' })
    expect(look('mcuboot', signed, { version: '9.0.0', securityCounter: 9, others: 1 }).ok).toBe(true)
  })
})

describe('an ESP image', () => {
  const make = espImage
  const [code, data] = [Uint8Array.from({ length: 301 }, (_, n) => n), Uint8Array.of(7, 7, 7)]
  const segments: [number, Uint8Array][] = [
    [0x40080000, code],
    [0x3ffb0000, data],
  ]

  it('says its chip and its segments', () => {
    const ranges = [
      { address: 0x40080000, length: 301 },
      { address: 0x3ffb0000, length: 3 },
    ]
    expect(look('esp-image', make(segments))).toEqual({ ok: true, facts: { target: 9, ranges, hashChecked: true } })
    expect(look('esp-image', make(segments, false))).toMatchObject({ ok: true, facts: { hashChecked: false } })
  })

  it('is refused for any byte of it, and for any cut', () => {
    const image = make(segments)
    // The flag that says a hash is appended is the one byte that takes the proof away with it.
    const all = Array.from({ length: image.length }, (_, n) => n).filter((n) => n !== 23)
    expect(flips('esp-image', image, all).every(({ ok }) => !ok)).toBe(true)
    expect(Array.from(image, (_, length) => look('esp-image', image.subarray(0, length))).every(({ ok }) => !ok)).toBe(
      true,
    )
    expect(look('esp-image', make([]))).toEqual({ ok: false, what: 'segments' })
  })
})

describe('a UF2 file', () => {
  const block = uf2Block
  const file = (...blocks: Buffer[]): Uint8Array => Uint8Array.from(Buffer.concat(blocks))
  const family = 0xe48bff56

  it('says its family and where its bytes go', () => {
    const good = file(
      block(0, 3, 0x10000000, { family }),
      block(1, 3, 0x10000100, { family }),
      block(2, 3, 0, { family, flags: 1 }),
    )
    const ranges = [{ address: 0x10000000, length: 512 }]
    expect(look('uf2', good)).toEqual({ ok: true, facts: { target: family, ranges } })
    const region = { start: 0x10000000, length: 512 }
    expect(look('uf2', good, { options: { region } }).ok).toBe(true)
    expect(look('uf2', good, { options: { region: { ...region, length: 511 } } })).toMatchObject({ ok: false })
  })

  it.each([
    ['a cut', file(block(0, 1, 0)).subarray(0, 511), 'size'],
    ['another magic', file(block(0, 1, 0)).with(508, 0), 'magic'],
    ['a block that is missing', file(block(0, 2, 0)), 'block number'],
    ['blocks in another order', file(block(1, 2, 256), block(0, 2, 0)), 'block number'],
    ['more bytes than a block holds', file(block(0, 1, 0, { length: 477 })), 'length'],
    ['an address beyond 32 bits', file(block(0, 1, 0xffffff80)), 'length'],
    ['blocks of two families', file(block(0, 2, 0, { family }), block(1, 2, 256, { family: 1 })), 'family'],
    ['a block over another', file(block(0, 2, 0), block(1, 2, 255)), 'overlap'],
    ['files for a file system', file(block(0, 1, 0, { flags: 0x1000 })), 'file container'],
    ['nothing', new Uint8Array(), 'size'],
  ])('with %s is refused', (_what, bytes, what) => {
    expect(look('uf2', bytes)).toEqual({ ok: false, what })
  })
})

describe('Intel HEX', () => {
  const text = (...lines: string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`)
  it('says where its bytes go, and which line is wrong', () => {
    const good = text(':0400100001020304E2', ':00000001FF')
    expect(look('ihex', good)).toEqual({ ok: true, facts: { ranges: [{ address: 16, length: 4 }] } })
    expect(look('ihex', good, { options: { region: { start: 0, length: 19 } } })).toMatchObject({ ok: false })
    expect(look('ihex', text(':0400100001020304E3', ':00000001FF'))).toEqual({ ok: false, what: 'checksum, line 1' })
  })
})

it('raw bytes are what they are', () => {
  expect(look('bin', Uint8Array.of(1))).toEqual({ ok: true, facts: {} })
})
