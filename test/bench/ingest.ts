// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes of 64 ports in mixed formats → framing, decoding, sessions, one store. Yardstick: a bare prepared-statement
 * loop that writes the very rows that came out (points, events, lines), same schema and pragmas, batches sorted the
 * same way, one transaction a batch. The bare loop makes no rollups, decodes nothing and looks nothing up.
 */
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../../main/station/platform/clock.ts'
import { stderrLog } from '../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../main/station/store/open.ts'
import { createTelemetry } from '../../main/station/telemetry/telemetry.ts'

const ports = 64
const batch = 4000

/** One round of one port: 16 points and an event, or what its format has room for. */
const formats: ((n: number) => string)[] = [
  (n) =>
    `{"uptime_ms":${n * 100},"seq":${n},"temperature_c":${20 + (n % 70) / 10},"pressure_bar":3.${n % 1000},"flow_l_min":1.2,` +
    `"battery_v":12.6,"loop_us":${600 + (n % 40)},"valve_pct":48,"cycles":${n * 25}}\n`.repeat(2) +
    `{"uptime_ms":${n * 100},"level":"info","code":"OPS-010","message":"recipe ${n % 9} confirmed"}\n`,
  (n) =>
    `temp=${20 + (n % 9)}.5C hum=40 load=0.${n % 99} mode=${n % 3 ? 'run' : 'idle'}\n`.repeat(4) +
    `W (${n}) app: low ${n}\n`,
  (n) => `env,site=a,line=3 temp=${n % 90}.25,hum=40i,co2=${400 + (n % 50)} 146583983010040${n % 10}200\n`.repeat(5),
  (n) =>
    `[${n * 100}] INFO net: sent ${n} packets to 10.0.0.${n % 250}\nno format at all ${n}\n` +
    `{"v":${n},"i":${n % 7}}\n`.repeat(7),
]

type Row = { what: string; value: number; unit: string }

/** What came out since `from`, as bare values in the order of arrival. */
const rowsSince = (path: string, from: number): Map<string, unknown[][]> => {
  const db = new Database(path, { readonly: true })
  try {
    return new Map(
      ['point', 'event', 'line'].map((table) => [
        table,
        db.prepare(`SELECT * FROM ${table} WHERE t_host >= ? ORDER BY t_host, seq`).raw().all(from) as unknown[][],
      ]),
    )
  } finally {
    db.close()
  }
}

const bareLoop = (db: Database.Database, tables: Map<string, unknown[][]>): void => {
  for (const [table, rows] of tables) {
    const statement = db.prepare(`INSERT INTO ${table} VALUES (${(rows[0] ?? []).map(() => '?').join(', ')})`)
    for (let from = 0; from < rows.length; from += batch) {
      const part = rows.slice(from, from + batch)
      if (table === 'point') part.sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]))
      db.transaction(() => {
        for (const row of part) statement.run(row)
      })()
    }
  }
}

/** Wall and processor time, seconds. */
const timed = (work: () => void): { wall: number; cpu: number } => {
  const [start, used] = [process.hrtime.bigint(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(used)
  return { wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: (user + system) / 1e6 }
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** About `points` points in turns of ours and bare, so that what else the machine does hits both; medians of the turns. */
export const run = async (points = 1_000_000, turns = 9): Promise<{ name: string; rows: Row[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-bench-'))
  const path = join(folder, 'telemetry.db')
  const store = openStore(path, telemetryMigrations)
  const telemetry = createTelemetry({ store, clock: systemClock, log: stderrLog })
  openStore(join(folder, 'bare.db'), telemetryMigrations).close()
  const bareDb = new Database(join(folder, 'bare.db'))
  bareDb.pragma('synchronous = FULL')
  try {
    const captures = Array.from({ length: ports }, (_, n) =>
      telemetry.openCapture({ portPath: `/dev/ttyUSB${n}`, baud: 115200, device: { id: `device-${n}` } }),
    )
    const rounds = Math.ceil(points / (ports * 13.25 * turns))
    const results: { ours: { wall: number; cpu: number }; bare: { wall: number; cpu: number }; bytes: number }[] = []
    for (let turn = 0; turn < turns; turn += 1) {
      const chunks = Array.from({ length: rounds }, (_, n) =>
        captures.map((_c, port) => Buffer.from(formats[port % 4]!(turn * rounds + n))),
      )
      await sleep(5)
      const from = Date.now()
      const ours = timed(() => {
        for (const round of chunks) for (const [port, chunk] of round.entries()) captures[port]!.push(chunk)
        telemetry.flush()
      })
      const tables = rowsSince(path, from)
      const bare = timed(() => bareLoop(bareDb, tables))
      results.push({ ours, bare, bytes: chunks.flat().reduce((sum, chunk) => sum + chunk.length, 0) })
    }
    const counts = telemetry.counts({ from: 0, to: 2 ** 50 })
    const of = (figure: (result: (typeof results)[number]) => number): number => median(results.map(figure))
    const rows = (counts.points + counts.events + counts.lines) / turns
    return {
      name: 'ingest',
      rows: [
        { what: 'points', value: counts.points, unit: '' },
        { what: 'events and lines', value: counts.events + counts.lines, unit: '' },
        { what: 'dropped', value: captures.reduce((sum, capture) => sum + capture.stats().droppedBytes, 0), unit: 'B' },
        { what: 'ingest rows', value: Math.round(of(({ ours }) => rows / ours.wall)), unit: '/s' },
        { what: 'bare loop rows', value: Math.round(of(({ bare }) => rows / bare.wall)), unit: '/s' },
        { what: 'ingest bytes', value: Math.round(of(({ ours, bytes }) => bytes / ours.wall)), unit: 'B/s' },
        { what: 'bytes that 64 ports at 115 200 baud send', value: ports * 11_520, unit: 'B/s' },
        { what: 'ratio to the bare loop (asked: 0.5)', value: of(({ ours, bare }) => bare.wall / ours.wall), unit: '' },
        { what: 'the same in processor time', value: of(({ ours, bare }) => bare.cpu / ours.cpu), unit: '' },
      ],
    }
  } finally {
    telemetry.close()
    store.close()
    bareDb.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) console.table((await run(Number(process.argv[2] ?? 1_000_000))).rows)
