// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { silentLog } from '../../../main/station/platform/log.ts'
import { telemetry as first } from '../../../main/station/store/migrations/telemetry/0001-telemetry.ts'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { followTail, type TailView } from '../../../main/station/tail.ts'
import type { Capture } from '../../../main/station/telemetry/capture.ts'
import { createRecentLines, readable, recentKept } from '../../../main/station/telemetry/recent-lines.ts'
import { createTelemetry } from '../../../main/station/telemetry/telemetry.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const start = Date.parse('2026-06-01T12:00:00Z')
const minute = 60_000
const lines = (...texts: string[]) => Buffer.from(texts.map((text) => `${text}\n`).join(''))

const open = (migrations = telemetryMigrations, path = join(tempFolder(), 'telemetry.db')) => {
  const clock = testClock()
  const store = openStore(path, migrations)
  onTestFinished(() => store.close())
  const telemetry = createTelemetry({ store, clock, log: silentLog })
  onTestFinished(() => telemetry.close())
  const listen = (serial: string): Capture =>
    telemetry.openCapture({ portPath: `/dev/${serial}`, baud: 115200, device: { id: serial, serial } })
  return { clock, store, telemetry, listen, path }
}

describe('the newest lines of a port', () => {
  it('are kept up to a count and up to a size, and are numbered on', () => {
    const recent = createRecentLines()
    for (let n = 0; n < recentKept + 5; n += 1) recent.add(n, `line ${n}`)
    expect(recent.count).toBe(recentKept + 5)
    expect(recent.since(0, 1000)).toHaveLength(recentKept)
    expect(recent.since(0, 1000)[0]).toEqual({ t: 5, severity: null, text: 'line 5' })
    expect(recent.since(recentKept + 3, 1000).map(({ text }) => text)).toEqual(['line 203', 'line 204'])
    expect(recent.since(recent.count, 1000)).toEqual([])
    for (let n = 0; n < 100; n += 1) recent.add(n, 'x'.repeat(4096))
    expect(recent.since(0, 1000)).toHaveLength(16)
  })

  it('show no control character as one, turn no line around, and are cut where they are too long', () => {
    expect(readable('a\tb\u0000c\u001b[31m\u007f \u202egnp.exe\u2028 ü 漢')).toBe(
      'a b␀c␛[31m\ufffd \ufffdgnp.exe\ufffd ü 漢',
    )
    expect(readable('y'.repeat(401))).toBe(`${'y'.repeat(400)}…`)
  })

  it('say how loud a log message is, and are those of one device', () => {
    const { listen } = open()
    const capture = listen('S1')
    capture.push(lines('{"level":"error","msg":"dose failed"}', 'what?'))
    expect(capture.recent.since(0, 9).map(({ severity, text }) => [severity, text])).toEqual([
      [17, '{"level":"error","msg":"dose failed"}'],
      [null, 'what?'],
    ])
    capture.push(lines('{"boot":{"model":"AL-1","serial":"S2","fw":"1.0.0"}}'))
    expect(capture.recent.since(0, 9).map(({ text }) => text)).toEqual([expect.stringContaining('S2')])
  })
})

describe('the tail of a device', () => {
  const follow = (capture: () => Capture | undefined, telemetry: ReturnType<typeof open>['telemetry']) => {
    const views: TailView[] = []
    const over = new AbortController()
    let wake = (): void => undefined
    const clock = { ...testClock(), sleep: () => new Promise<void>((resolve) => (wake = resolve)) }
    const captures = { of: () => capture() } as unknown as Parameters<typeof followTail>[0]['captures']
    const ended = followTail({ captures, telemetry, clock }, 'S1', (view) => void views.push(view), over.signal)
    const look = async (): Promise<void> => {
      wake()
      await new Promise((resolve) => setImmediate(resolve))
    }
    onTestFinished(async () => {
      over.abort()
      wake()
      await ended
    })
    return { views, look, texts: () => views.flatMap(({ lines: told }) => told.map(({ text }) => text)) }
  }

  it('begins with what is stored, goes on with what is heard, and counts what comes too fast', async () => {
    const { clock, telemetry, listen } = open()
    listen('S1').push(lines('old one'))
    listen('S2').push(lines('of another device'))
    telemetry.flush()
    clock.advance(minute)
    const capture = listen('S1')
    capture.push(lines('before anybody looked'))
    let now: Capture | undefined = capture
    const { views, look, texts } = follow(() => now, telemetry)
    expect(texts()).toEqual(['old one', 'before anybody looked'])
    expect(views[0]).toMatchObject({ listens: true, first: true, missed: 0 })
    await look()
    expect(views).toHaveLength(2)
    capture.push(lines(...Array.from({ length: 30 }, (_, n) => `fast ${n}`)))
    await look()
    expect(views[2]).toMatchObject({ first: false, missed: 20 })
    expect(views[2]?.lines.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `fast ${n + 20}`))
    now = undefined
    await look()
    expect(views[3]).toEqual({ listens: false, first: false, lines: [], missed: 0 })
    now = listen('S1')
    now.push(lines('again'))
    await look()
    expect(views[4]).toMatchObject({ listens: true, missed: 0, lines: [{ text: 'again' }] })
  })
})

describe('what was collected of a device', () => {
  it('is counted over any span, as many as there are', () => {
    const { clock, telemetry, listen } = open()
    expect(telemetry.collected('S1')).toBeUndefined()
    const captures = [listen('S1'), listen('S2')]
    for (let n = 0; n < 40; n += 1) {
      captures[0]?.push(
        lines(`{"uptime_ms":${n},"temp_c":${n},"rpm":7}`, `{"level":"info","msg":"turn ${n}"}`, 'what?'),
      )
      captures[1]?.push(lines('{"temp_c":1}'))
      clock.advance(7000)
    }
    telemetry.flush()
    const spoken = start + 39 * 7000
    expect(telemetry.collected('S1')).toEqual({ records: 120, since: start, until: spoken })
    expect(telemetry.collected('S2')?.records).toBe(40)
    expect(telemetry.countOf('S1', { from: start + 7000, to: start + 14_000 })).toBe(3)
    expect(telemetry.countOf('S1', { from: start + 70_000, to: start + 210_000 })).toBe(60)
    expect(telemetry.wasHeard('S1', { from: 0, to: start })).toBe(false)
    expect(telemetry.wasHeard('S1', { from: spoken, to: spoken + 1 })).toBe(true)
  })

  it('is counted too where it was collected before there were counts', () => {
    const old = open([first])
    const { store } = old
    store.transact((tx) => {
      tx.run("INSERT INTO capture (id, uuid, port, baud, parser, opened) VALUES (1, 'c', 'p', 1, 'p', ?)", start)
      tx.run(
        "INSERT INTO session (id, uuid, capture, device, kind, boot_reason, started, last_heard) VALUES (1, 's', 1, 'S1', 'cold', '', ?, ?)",
        start,
        start + minute,
      )
      tx.run('INSERT INTO rollup_1m VALUES (1, ?, 1, 5, 0, 0, 0, 0, 0, 0)', start)
      for (const t of [start, start + minute])
        tx.run("INSERT INTO event VALUES (?, 1, 0, NULL, 9, '', 1, '[]', 'utf-8', '')", t)
    })
    expect(open(telemetryMigrations, old.path).telemetry.collected('S1')?.records).toBe(7)
  })
})
