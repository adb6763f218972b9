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

/** Rows of a table as bare values, in the order of its key. */
const bareRows = (db: Database.Database, table: string): unknown[][] =>
  db.prepare(`SELECT * FROM ${table} ORDER BY t_host, seq`).raw().all() as unknown[][]

const bareLoop = (path: string, tables: Record<string, unknown[][]>): void => {
  openStore(path, telemetryMigrations).close()
  const db = new Database(path)
  db.pragma('synchronous = FULL')
  for (const [table, rows] of Object.entries(tables)) {
    const marks = (rows[0] ?? []).map(() => '?').join(', ')
    const statement = db.prepare(`INSERT INTO ${table} VALUES (${marks})`)
    for (let from = 0; from < rows.length; from += batch) {
      const part = rows.slice(from, from + batch)
      if (table === 'point') part.sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]))
      db.transaction(() => {
        for (const row of part) statement.run(row)
      })()
    }
  }
  db.close()
}

const seconds = (work: () => void): number => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** About `points` points; figures and the ratio to the bare loop (above 1: faster than bare). */
export const run = async (points = 1_000_000): Promise<{ name: string; rows: Row[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-bench-'))
  try {
    const path = join(folder, 'telemetry.db')
    const store = openStore(path, telemetryMigrations)
    const telemetry = createTelemetry({ store, clock: systemClock, log: stderrLog })
    const captures = Array.from({ length: ports }, (_, n) =>
      telemetry.openCapture({ portPath: `/dev/ttyUSB${n}`, baud: 115200, device: { id: `device-${n}` } }),
    )
    const rounds = Math.ceil(points / (ports * 14.5))
    const chunks = Array.from({ length: rounds }, (_, n) =>
      captures.map((_c, port) => Buffer.from(formats[port % 4]!(n))),
    )
    let bytes = 0
    const ours = seconds(() => {
      for (const round of chunks) {
        for (const [port, chunk] of round.entries()) {
          bytes += chunk.length
          captures[port]!.push(chunk)
        }
      }
      telemetry.close()
    })
    const counts = telemetry.counts({ from: 0, to: 2 ** 50 })
    const dropped = captures.reduce((sum, capture) => sum + capture.stats().droppedBytes, 0)
    store.close()

    const made = new Database(path, { readonly: true })
    const tables = { point: bareRows(made, 'point'), event: bareRows(made, 'event'), line: bareRows(made, 'line') }
    made.close()
    const bare = seconds(() => bareLoop(join(folder, 'bare.db'), tables))
    const rows = counts.points + counts.events + counts.lines
    return {
      name: 'ingest',
      rows: [
        { what: 'points', value: counts.points, unit: '' },
        { what: 'events and lines', value: counts.events + counts.lines, unit: '' },
        { what: 'dropped', value: dropped, unit: 'B' },
        { what: 'ingest', value: ours, unit: 's' },
        { what: 'bare loop', value: bare, unit: 's' },
        { what: 'ingest rows', value: Math.round(rows / ours), unit: '/s' },
        { what: 'ingest bytes', value: Math.round(bytes / ours), unit: 'B/s' },
        { what: 'bytes that 64 ports at 115 200 baud send', value: ports * 11_520, unit: 'B/s' },
        { what: 'ratio to the bare loop (asked: 0.5)', value: bare / ours, unit: '' },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) console.table((await run(Number(process.argv[2] ?? 1_000_000))).rows)
