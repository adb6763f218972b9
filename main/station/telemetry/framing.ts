// SPDX-License-Identifier: Apache-2.0
import { isUtf8 } from 'node:buffer'

/** Bytes a line may have; longer ones come in pieces of this size. 4 KiB holds a core-dump line of every known format. */
export const maxLine = 4096

const LF = 10
const CR = 13

/** One line without its end. `text` and `encoding` together give back the very bytes. */
export type Line = {
  readonly text: string
  /** `latin-1` where the bytes are not UTF-8: one character a byte. */
  readonly encoding: 'utf-8' | 'latin-1'
  /** False for a piece of an over-long line and for what was cut off: such text is kept, never decoded. */
  readonly whole: boolean
  /** True where the beginning may be missing: the first line after opening a port or after lost bytes. */
  readonly torn: boolean
}

/** Cuts a byte stream into lines; the lines do not depend on how the stream was chunked. */
export type Splitter = {
  push(chunk: Uint8Array): Line[]
  /** Gives out what waits for its line end as a line that is not whole; the next line is torn. */
  cut(): Line[]
}

/**
 * A line ends at LF, CR or CR LF; empty lines say nothing and are left out, the one between CR and LF too. Every line
 * end is a fresh start, so that garbage spoils one line and no more. Memory is bounded by `limit`.
 */
export const createSplitter = (limit = maxLine): Splitter => {
  const buffer = Buffer.alloc(limit)
  let used = 0
  let overlong = false
  let torn = true

  const give = (lines: Line[], whole: boolean): void => {
    if (used === 0) return
    const bytes = buffer.subarray(0, used)
    const encoding = isUtf8(bytes) ? 'utf-8' : 'latin-1'
    lines.push({ text: bytes.toString(encoding === 'utf-8' ? 'utf8' : 'latin1'), encoding, whole, torn })
    used = 0
  }

  const take = (chunk: Uint8Array, lines: Line[]): void => {
    let rest = chunk
    while (rest.length > limit - used) {
      const room = limit - used
      buffer.set(rest.subarray(0, room), used)
      used = limit
      overlong = true
      give(lines, false)
      rest = rest.subarray(room)
    }
    buffer.set(rest, used)
    used += rest.length
  }

  return {
    push(chunk) {
      const lines: Line[] = []
      let from = 0
      while (from < chunk.length) {
        const end = lineEnd(chunk, from)
        take(chunk.subarray(from, end), lines)
        if (end === chunk.length) break
        give(lines, !overlong)
        torn = false
        overlong = false
        from = end + 1
      }
      return lines
    },
    cut() {
      const lines: Line[] = []
      give(lines, false)
      torn = true
      overlong = false
      return lines
    },
  }
}

/** Index of the next CR or LF, or the length. */
const lineEnd = (chunk: Uint8Array, from: number): number => {
  for (let index = from; index < chunk.length; index += 1) {
    const byte = chunk[index]
    if (byte === LF || byte === CR) return index
  }
  return chunk.length
}

/** The bytes of a line again. */
export const lineBytes = (line: Pick<Line, 'text' | 'encoding'>): Uint8Array =>
  Buffer.from(line.text, line.encoding === 'utf-8' ? 'utf8' : 'latin1')
