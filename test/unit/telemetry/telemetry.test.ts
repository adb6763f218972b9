// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../../main/station/store/open.ts'
import type { CaptureRequest } from '../../../main/station/telemetry/capture.ts'
import { maxSeries, overflowName } from '../../../main/station/telemetry/known-series.ts'
import { createTelemetry, type Telemetry } from '../../../main/station/telemetry/telemetry.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const start = Date.parse('2026-06-01T12:00:00Z')
const port: CaptureRequest = { portPath: '/dev/ttyUSB0', locationId: '1-2', baud: 115200 }
const whole = { from: 0, to: start * 2 }

const open = (path = join(tempFolder(), 'telemetry.db')) => {
  const clock = testClock()
  const store = openStore(path, telemetryMigrations)
  onTestFinished(() => store.close())
  const telemetry = createTelemetry({ store, clock, log: silentLog })
  onTestFinished(() => telemetry.close())
  return { path, clock, store, telemetry }
}

const banner =
  '{"boot":{"model":"AL-1","serial":"S1","hw":"b","fw":"1.0.0","build":"abc","cause":"power-on","boots":3}}\n'
const lines = (...texts: string[]) => Buffer.from(texts.map((text) => `${text}\n`).join(''))
const records = (telemetry: Telemetry) => [...telemetry.records(whole.from, whole.to)]
const named = (telemetry: Telemetry, table: string) => records(telemetry).filter((record) => record.table === table)

describe('a capture', () => {
  it('keeps what a device said, in records of every kind', () => {
    const { telemetry, clock } = open()
    const capture = telemetry.openCapture(port)
    capture.push(Buffer.from(banner))
    clock.advance(1000)
    capture.push(
      lines('{"uptime_ms":900,"temp_c":21.5}', '{"level":"error","code":"E1","msg":"dose 5 failed"}', 'what?'),
    )
    capture.push(lines('ASSERTION FAIL [x] @ q.c:7'))
    capture.flush()
    const session: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/)
    const fingerprint: unknown = expect.stringMatching(/^[0-9a-f]{32}$/)
    const at = { session, device: 'S1', t: start + 1000 }
    expect(records(telemetry)).toEqual([
      {
        table: 'sessions',
        fields: {
          session,
          device: 'S1',
          model: 'AL-1',
          hardware: 'b',
          firmware: '1.0.0',
          build: 'abc',
          port: '/dev/ttyUSB0',
          kind: 'cold',
          started: start,
          ended: null,
          boot_reason: 'power-on',
          end_reason: null,
        },
      },
      {
        table: 'points',
        fields: { ...at, series: 'temp_c', labels: '{}', unit: 'Cel', kind: 'gauge', t_dev: 900, seq: 0, value: 21.5 },
      },
      {
        table: 'events',
        fields: {
          ...at,
          seq: 1,
          severity: 17,
          code: 'E1',
          template: 'dose <num> failed',
          arguments: '["5"]',
          line: '{"level":"error","code":"E1","msg":"dose 5 failed"}',
        },
      },
      {
        table: 'events',
        fields: {
          ...at,
          seq: 3,
          severity: 21,
          code: 'crash',
          template: 'ASSERTION FAIL [x] @ q.c:<num>',
          arguments: '["7"]',
          line: 'ASSERTION FAIL [x] @ q.c:7',
        },
      },
      {
        table: 'crashes',
        fields: {
          ...at,
          seq: 4,
          kind: 'assert',
          reason: '[x] @ q.c:7',
          fingerprint,
        },
      },
    ])
    expect(telemetry.counts(whole)).toEqual({ points: 1, events: 2, sessions: 1, crashes: 1, lines: 1 })
    expect(capture.stats()).toMatchObject({ lines: 5, parsedLines: 4, parsedPercent: 80, records: 5, droppedBytes: 0 })
    expect(telemetry.sessions(whole)).toMatchObject([{ errorEvents: 2, crashes: 1, boots: 3, lastHeard: start + 1000 }])
    expect(telemetry.tail(2).map(({ severity, text }) => [severity, text])).toEqual([
      [null, 'what?'],
      [21, 'ASSERTION FAIL [x] @ q.c:7'],
    ])
  })

  it('ends session and capture when it closes, with the hash of all bytes and the rest of a line', () => {
    const { telemetry, store, clock } = open()
    const capture = telemetry.openCapture(port)
    const bytes = Buffer.from(`${banner}half a li`)
    capture.push(bytes)
    clock.advance(5000)
    capture.close('unplugged')
    capture.push(lines('too late'))
    expect(store.read.get('SELECT * FROM capture')).toMatchObject({
      uuid: capture.id,
      opened: start,
      closed: start + 5000,
      end_reason: 'unplugged',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      lines: 2,
      framing_errors: 1,
      records: 1,
    })
    expect(telemetry.sessions(whole)).toMatchObject([
      { ended: start + 5000, endReason: 'unplugged', port: '/dev/ttyUSB0' },
    ])
    expect(store.read.get('SELECT text, whole FROM line')).toEqual({ text: 'half a li', whole: 0 })
  })

  it('takes nothing while the disk has no room, counts what came, and goes on when it has', () => {
    let room = true
    const store = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
    onTestFinished(() => store.close())
    const telemetry = createTelemetry({ store, clock: testClock(), log: silentLog, hasRoom: () => room })
    onTestFinished(() => telemetry.close())
    const capture = telemetry.openCapture(port)
    capture.push(lines('{"a":1}'))
    room = false
    const lost = lines('{"a":2}', '{"a":3}')
    capture.push(lost)
    room = true
    capture.push(lines('{"a":4}'))
    capture.flush()
    expect(telemetry.counts(whole).points).toBe(2)
    expect(capture.stats()).toMatchObject({ droppedBytes: lost.length, lines: 2 })
  })

  it('commits by itself after a short time', async () => {
    const { telemetry } = open()
    telemetry.openCapture(port).push(lines('{"a":1}'))
    expect(telemetry.counts(whole).points).toBe(0)
    await expect.poll(() => telemetry.counts(whole).points).toBe(1)
  })

  it('tells who the device is as soon as it has told', () => {
    const { telemetry } = open()
    const told: unknown[] = []
    const device = { id: 'd1', serial: 'S0' }
    const capture = telemetry.openCapture({ ...port, device, onIdentity: (identity) => told.push(identity) })
    capture.push(lines('not a banner'))
    expect(told).toEqual([])
    capture.push(Buffer.from(banner))
    expect(told).toEqual([
      { device: 'S1', serial: 'S1', model: 'AL-1', hardware: 'b', firmware: '1.0.0', build: 'abc' },
    ])
  })

  it('keeps bytes that are not text as they are', () => {
    const { telemetry, store } = open()
    const capture = telemetry.openCapture(port)
    capture.push(Uint8Array.of(0xff, 0xfe, 0x00, 0x41, 10))
    capture.flush()
    expect(store.read.get('SELECT text, encoding FROM line')).toEqual({ text: '\xff\xfe\0A', encoding: 'latin-1' })
    expect(capture.stats().framingErrors).toBe(1)
  })

  it('puts series beyond the limit into one overflow series', () => {
    const { telemetry } = open()
    const capture = telemetry.openCapture(port)
    for (let n = 0; n < maxSeries + 3; n += 1) capture.push(lines(`{"k${n}":${n}}`))
    capture.flush()
    const series = telemetry.seriesOf('port:1-2')
    expect(series).toHaveLength(maxSeries + 1)
    const overflow = series.find(({ name }) => name === overflowName)!
    expect(telemetry.chart({ ...whole, series: overflow.id, buckets: 1 }).rows).toMatchObject([
      { n: 3, min: maxSeries },
    ])
  })

  it('does not mix captures of one device that run at the same moment', () => {
    const { telemetry } = open()
    const device = { id: 'd1' }
    for (const portPath of ['/dev/a', '/dev/b'])
      telemetry.openCapture({ portPath, baud: 9600, device }).push(lines('{"a":1}'))
    telemetry.flush()
    expect(named(telemetry, 'points')).toHaveLength(2)
  })
})

describe('a station that was killed', () => {
  it('closes what was open as interrupted, at the last thing that was heard', () => {
    const { path, telemetry, clock } = open()
    const capture = telemetry.openCapture(port)
    clock.advance(2000)
    capture.push(lines('{"a":1}'))
    capture.flush()
    const silent = telemetry.openCapture({ portPath: '/dev/ttyUSB1', baud: 9600 })
    const next = open(path)
    expect(next.telemetry.recoverCaptures()).toEqual({
      captures: [
        { uuid: capture.id, port: '/dev/ttyUSB0' },
        { uuid: silent.id, port: '/dev/ttyUSB1' },
      ],
      sessions: 1,
    })
    expect(next.telemetry.sessions(whole)).toMatchObject([{ ended: start + 2000, endReason: 'interrupted' }])
    expect(next.store.read.all('SELECT closed, end_reason FROM capture')).toEqual([
      { closed: start + 2000, end_reason: 'interrupted' },
      { closed: start + 2000, end_reason: 'interrupted' },
    ])
    expect(next.telemetry.recoverCaptures()).toEqual({ captures: [], sessions: 0 })
  })
})

describe('questions', () => {
  /** One value a second over three hours, a spike in the middle, a counter that starts anew once. */
  const filled = () => {
    const made = open()
    const capture = made.telemetry.openCapture(port)
    for (let n = 0; n < 10_800; n += 1) {
      capture.push(lines(`{"load":${n === 5000 ? 999 : n % 10},"rx_total":${n % 6000}}`))
      made.clock.advance(1000)
    }
    capture.flush()
    const id = (name: string) => made.telemetry.seriesOf('port:1-2').find((row) => row.name === name)!.id
    return { ...made, load: id('load'), total: id('rx_total') }
  }

  it('draw a chart with minimum and maximum, so that a spike of one sample shows', () => {
    const { telemetry, load } = filled()
    const { source, rows } = telemetry.chart({ from: start, to: start + 10_800_000, series: load, buckets: 9 })
    expect(source).toBe('raw')
    expect(rows).toHaveLength(9)
    const mean: unknown = expect.closeTo(4.5 + 999 / 1200, 6)
    expect(rows[4]).toEqual({
      t: start + 4_800_000,
      n: 1200,
      min: 0,
      mean,
      max: 999,
    })
    expect(rows[5]).toEqual({ t: start + 6_000_000, n: 1200, min: 0, mean: 4.5, max: 9 })
  })

  it('count the same by minutes as one by one, wherever the span begins', () => {
    const { telemetry } = filled()
    const spans = [
      [0, 10_800],
      [1, 59],
      [30, 61],
      [30, 3617],
      [59, 121],
    ]
    for (const [from = 0, to = 0] of spans) {
      expect(telemetry.counts({ from: start + from * 1000, to: start + to * 1000 }).points).toBe((to - from) * 2)
    }
  })

  it('roll up every minute with first, last and the resets of counters', () => {
    const { store, total } = filled()
    const rows = store.read.all(
      'SELECT n, min, max, sum, first, last, resets FROM rollup_1m WHERE series = ? ORDER BY bucket',
      total,
    )
    expect(rows).toHaveLength(180)
    expect(rows[99]).toEqual({ n: 60, min: 5940, max: 5999, sum: 358_170, first: 5940, last: 5999, resets: 0 })
    expect(store.read.get('SELECT sum(n) AS n FROM rollup_1m')).toEqual({ n: 21_600 })
  })

  it('count a counter that starts anew inside a minute as a reset', () => {
    const { telemetry, store, clock } = open()
    const capture = telemetry.openCapture(port)
    for (const value of [5, 7, 1, 4]) {
      capture.push(lines(`{"rx_total":${value},"load":${value}}`))
      capture.flush()
      clock.advance(1000)
    }
    expect(store.read.all('SELECT name, resets FROM rollup_1m JOIN series ON id = series ORDER BY name')).toEqual([
      { name: 'load', resets: 0 },
      { name: 'rx_total', resets: 1 },
    ])
  })

  it('give records of a span page by page, each once, in a fixed order', () => {
    const { telemetry } = filled()
    const span = [start + 1000, start + 10_799_000] as const
    const first = [...telemetry.records(...span)].filter(({ table }) => table === 'points')
    expect(first).toHaveLength(2 * 10_798)
    expect(new Set(first.map(({ fields }) => fields['seq'])).size).toBe(2 * 10_798)
    expect(first[0]?.fields).toMatchObject({ series: 'load', t: start + 1000 })
    expect(first.at(-1)?.fields).toMatchObject({ series: 'rx_total', t: start + 10_798_000 })
    expect([...telemetry.records(...span)].filter(({ table }) => table === 'points')).toEqual(first)
  })
})
