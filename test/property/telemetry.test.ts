// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closeCollector, collect, openCollector } from '../../main/station/telemetry/collector.ts'
import { createSplitter, lineBytes } from '../../main/station/telemetry/framing.ts'
import type { Output } from '../../main/station/telemetry/output.ts'
import { fill, mask } from '../../main/station/telemetry/template.ts'
import { soakFactor } from '../support/soak.ts'

/** Lines of every format, as devices write them. */
const samples = [
  '{"boot":{"model":"AL-1","serial":"S1","hw":"b","fw":"1.0.0","cause":"watchdog","boots":3}}',
  '{"crash":{"kind":"watchdog","reason":"no kick","pc":"0x01ab"}}',
  '{"uptime_ms":1200,"temp_c":21.5,"fan":{"rpm":1200},"mode":"idle"}',
  '{"uptime_ms":900,"level":"warn","msg":"drift 5 percent by anna@acme.example","pct":5}',
  'temp=21.5C hum=40 msg="door open"',
  'weather,site=a temp=82.5,rain=3i 1465839830100400200',
  '[00:00:01.000,000] <err> os: >>> ZEPHYR FATAL ERROR 3: Kernel oops on CPU 0',
  '*** Booting Zephyr OS build v3.7.0 ***',
  'rst:0x8 (TG1WDT_SYS_RESET),boot:0x13',
  "Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.",
  'Backtrace: 0x400D1FF3:0x3ffb4fb0 0x400d2001:0x3ffb4fd0',
  '\x1b[0;32mI (1234) wifi: connected to 10.0.0.5\x1b[0m',
  '[5230] INFO net: uplink at 10.20.30.44 via 00:1B:44:11:3A:B7',
  '<34>Oct 11 22:14:15 gw su[12]: failed',
  'prüfen °C',
]
const ends = fc.constantFrom('\n', '\r\n', '\r')
const line = fc.tuple(fc.constantFrom(...samples), ends).map(([text, end]) => Buffer.from(text + end))
const garbage = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))

/** A stream of good lines and garbage, with some bits flipped and some bytes lost. */
const stream = fc
  .tuple(
    fc.array(fc.oneof({ weight: 4, arbitrary: line }, garbage), { maxLength: 30 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(7)), { maxLength: 4 }),
    fc.array(fc.nat(), { maxLength: 3 }),
  )
  .map(([parts, flips, losses]) => {
    const bytes = Array.from(Buffer.concat(parts))
    for (const [at, bit] of flips) if (bytes.length > 0) bytes[at % bytes.length]! ^= 1 << bit
    for (const at of losses) if (bytes.length > 0) bytes.splice(at % bytes.length, 1)
    return Buffer.from(bytes)
  })

/** What comes of a stream that arrives in these chunks. */
const run = (chunks: Uint8Array[], limit?: number): Output[] => {
  const splitter = createSplitter(limit)
  let state = openCollector({ device: 'port:x' }, 0)
  const outputs: Output[] = []
  for (const text of [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.cut()]) {
    const step = collect(state, text, 0)
    state = step.state
    outputs.push(...step.outputs)
  }
  return [...outputs, ...closeCollector(state, 0, 'closed').outputs]
}

const cutAt = (bytes: Uint8Array, cuts: number[]): Uint8Array[] => {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length))
}

describe('telemetry, whatever comes down the line', () => {
  it('makes the same records of any chunking', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat(), { maxLength: 40 }),
        fc.constantFrom(undefined, 16, 100),
        (bytes, cuts, limit) => {
          expect(run(cutAt(bytes, cuts), limit)).toEqual(run([bytes], limit))
        },
      ),
      { numRuns: 1000 * soakFactor },
    )
  })

  it('numbers records without gaps and keeps sessions apart, in order', () => {
    fc.assert(
      fc.property(stream, (bytes) => {
        const outputs = run([bytes])
        const numbers = outputs.flatMap((output) =>
          'seq' in output && output.type !== 'crash-more' ? [output.seq] : [],
        )
        expect(numbers).toEqual(numbers.map((_, index) => index))
        const open: number[] = []
        for (const output of outputs) {
          if (output.type === 'session-open') open.push(output.session)
          // A crash report may complete the crash of a session that has ended; nothing else comes late.
          if (output.type !== 'crash-more') expect(output.session).toBe(open.at(-1))
        }
        expect(outputs.filter(({ type }) => type === 'session-close')).toHaveLength(open.length)
      }),
      { numRuns: 1000 * soakFactor },
    )
  })

  it('understands the second line behind any garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), fc.constantFrom(...samples.slice(0, -1)), (noise, text) => {
        const outputs = run([noise, Buffer.from(`\n${text}\n`)])
        expect(outputs.filter((output) => output.type === 'line' && output.text === text)).toEqual([])
      }),
      { numRuns: 300 * soakFactor },
    )
  })

  it('loses no byte but line ends', () => {
    const isEnd = (byte: number): boolean => byte === 10 || byte === 13
    fc.assert(
      fc.property(stream, fc.integer({ min: 1, max: 50 }), (bytes, limit) => {
        const splitter = createSplitter(limit)
        const lines = [...splitter.push(bytes), ...splitter.cut()]
        expect(Buffer.concat(lines.map(lineBytes))).toEqual(bytes.filter((byte) => !isEnd(byte)))
        expect(lines.every((entry) => lineBytes(entry).length <= limit)).toBe(true)
      }),
    )
  })

  it('gives masked text back', () => {
    const piece = fc.oneof(
      fc.constantFrom(...samples, '<num>', '<', '>', 'lit', '12', '0xab', '::1', 'a@b.c'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join('')
        expect(fill(mask(text))).toBe(text)
      }),
      { numRuns: 2000 * soakFactor },
    )
  })
})
