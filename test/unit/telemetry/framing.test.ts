// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createSplitter, lineBytes } from '../../../main/station/telemetry/framing.ts'

const split = (...chunks: (string | Uint8Array)[]) => {
  const splitter = createSplitter(8)
  return chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk as string)))
}
const texts = (...chunks: (string | Uint8Array)[]) => split(...chunks).map(({ text }) => text)

describe('framing', () => {
  it('ends a line at LF, CR and CR LF, also where the two come apart', () => {
    expect(texts('a\nb\rc\r\nd\r', '\ne\n')).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('leaves empty lines out and waits for the end of the last', () => {
    expect(texts('\n\n\r\na')).toEqual([])
  })

  it('gives an over-long line in pieces that are not whole, and the next line whole again', () => {
    expect(split('12345678901\nab\n').map(({ text, whole }) => [text, whole])).toEqual([
      ['12345678', false],
      ['901', false],
      ['ab', true],
    ])
  })

  it('takes a line of exactly the limit as whole', () => {
    expect(split('12345678', '\n')).toEqual([{ text: '12345678', encoding: 'utf-8', whole: true, torn: true }])
  })

  it('keeps bytes that are not UTF-8, one character each', () => {
    const bytes = Uint8Array.of(0xff, 0x41, 0x80, 0x00)
    const [line] = split(bytes, '\n')
    expect(line).toMatchObject({ encoding: 'latin-1', text: '\xffA\x80\0' })
    expect(lineBytes(line!)).toEqual(Buffer.from(bytes))
  })

  it('keeps a byte order mark', () => {
    expect(texts('\ufeffa\n')).toEqual(['\ufeffa'])
  })

  it('marks the first line as torn, and the one after a cut', () => {
    const splitter = createSplitter(8)
    const first = splitter.push(Buffer.from('a\nb\nc'))
    expect(first.map(({ torn }) => torn)).toEqual([true, false])
    expect(splitter.cut()).toEqual([{ text: 'c', encoding: 'utf-8', whole: false, torn: false }])
    expect(splitter.push(Buffer.from('d\ne\n')).map(({ torn }) => torn)).toEqual([true, false])
  })
})
