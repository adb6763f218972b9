// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { webStreamOf } from '../../../main/station/platform/web-stream.ts'

/** Pieces that say how far they were asked for and whether they were ended early. */
const makePieces = () => {
  const seen = { asked: 0, ended: false }
  const pieces = function* (): Generator<Uint8Array> {
    try {
      for (seen.asked = 1; seen.asked <= 3; seen.asked += 1) yield Uint8Array.of(seen.asked)
    } finally {
      seen.ended = true
    }
  }
  return { pieces: pieces(), seen }
}

const collect = async (stream: ReadableStream<Uint8Array>): Promise<number[]> => {
  const got: number[] = []
  for await (const piece of stream) got.push(...piece)
  return got
}

describe('a web stream of pieces', () => {
  it('gives all of them in order, then ends', async () => {
    expect(await collect(webStreamOf(makePieces().pieces))).toEqual([1, 2, 3])
  })

  it('takes pieces that come later', async () => {
    const later = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Uint8Array.of(7))
    }
    expect(await collect(webStreamOf(later()))).toEqual([7])
  })

  it('asks for no more than is wanted, and ends the pieces when nobody wants them any more', async () => {
    const { pieces, seen } = makePieces()
    const reader = webStreamOf(pieces).getReader()
    await reader.read()
    expect(seen.asked).toBeLessThanOrEqual(2)
    await reader.cancel()
    expect(seen.ended).toBe(true)
  })

  it('passes on what goes wrong where they come from', async () => {
    const broken = function* (): Generator<Uint8Array> {
      yield Uint8Array.of(1)
      throw new RangeError('broken')
    }
    await expect(collect(webStreamOf(broken()))).rejects.toThrow(RangeError)
  })
})
