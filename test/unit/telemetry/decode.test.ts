// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { decode } from '../../../main/station/telemetry/decode.ts'

const read = (text: string, how: { torn?: boolean; whole?: boolean } = {}) =>
  decode({ text, encoding: 'utf-8', whole: true, torn: false, ...how })

describe('decode', () => {
  it('ignores colours and line noise in front', () => {
    expect(read('\xff\0\x1b[0;32mI (12) app: up\x1b[0m')?.event).toEqual({ severity: 9, code: 'app', text: 'up' })
    expect(read('\0\x80{"boot":{"cause":"power-on"}}')?.boot?.kind).toBe('cold')
  })

  it('reads data inside a log message, with the time of the log line', () => {
    expect(read('[5] INFO app: {"temp":3}')).toMatchObject({
      tDev: 5,
      sinceBoot: true,
      samples: [{ name: 'temp', value: 3 }],
    })
    expect(read('[5] INFO app: {"temp":3}')?.event).toBeUndefined()
  })

  it('keeps a loud log message as an event beside its data', () => {
    expect(read('[5] WARN app: temp=3')).toMatchObject({
      event: { severity: 13, text: 'temp=3' },
      samples: [{ value: 3 }],
    })
  })

  it('finds a crash inside a log line and inside a JSON message', () => {
    expect(read('[00:00:01.000,000] <err> os: >>> ZEPHYR FATAL ERROR 3: Kernel oops on CPU 0')).toMatchObject({
      tDev: 1000,
      crash: { kind: 'panic', reason: '3: Kernel oops' },
    })
    expect(read('{"level":"fatal","msg":"ASSERTION FAIL [x] @ a.c:1"}')?.crash?.kind).toBe('assert')
  })

  it('reads a torn line only where its format shows its beginning', () => {
    expect(read('p=21', { torn: true })).toBeUndefined()
    expect(read('{"p":21}', { torn: true })?.samples).toHaveLength(1)
  })

  it('reads nothing in a piece of a line', () => {
    expect(read('{"p":21}', { whole: false })).toBeUndefined()
  })
})
