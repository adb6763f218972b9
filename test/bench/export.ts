// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { encryptTable } from '../../main/station/exports/archive/encrypt-table.ts'
import { openClearStore } from '../../main/station/exports/clear-store.ts'
import type { RawRecord } from '../../main/station/exports/sanitize/raw-record.ts'
import { makeRecipient } from '../support/archive.ts'
import { openExporter } from '../support/bench-exports.ts'
import { benchFolder, seconds } from '../support/bench-log.ts'
import { median, program, takeTurns, type Row } from '../support/bench-turns.ts'

/** 1 000 000 is what is asked; it takes minutes. */
const count = Number(process.env['BENCH_RECORDS'] ?? 200_000)
const rounds = 5
const start = 1_780_000_000_000
const devices = 40
const metrics = ['motor.temperature', 'motor.rpm', 'heap_free', 'uptime', 'flow'] as const

/** Nine points to one event, of forty devices. */
const records = function* (): Generator<RawRecord> {
  for (let n = 0; n < count; n += 1) {
    const device = `SN-${String(n % devices).padStart(5, '0')}-A`
    const session = `7a0d2f34-1111-4222-8333-${String(n % devices).padStart(12, '0')}`
    const common = { session, device, t: start + n * 37, seq: n }
    const value = Math.round(Math.sin(n * 0.01) * 10_000 + (n % 977)) / 100
    const series = metrics[n % metrics.length] ?? ''
    if (n % 10 !== 9) {
      const fields = {
        ...common,
        series,
        labels: `{"core":"${n % 2}"}`,
        unit: 'Cel',
        kind: 'gauge',
        t_dev: n * 37,
        value,
      }
      yield { table: 'points', fields }
    } else {
      const line = `pump ${n % 7} restarted after ${n % 1000} ms, contact ops-${n % 50}@plant.example or 10.20.${n % 50}.7`
      const template = 'pump <num> restarted after <num> ms, contact <mail> or <ip>'
      const fields = { ...common, severity: 9, code: 'pump', template, arguments: `["${n % 7}","${n % 1000}"]`, line }
      yield { table: 'events', fields }
    }
  }
}

/** Records to a finished archive on a medium, and its sealing alone, against `zstd -3` of the same clear bytes. */
export const run = async (): Promise<{ name: string; rows: Row[] }> => {
  const folder = benchFolder()
  try {
    const { recipient } = await makeRecipient()
    const station = await openExporter(folder, records, recipient)
    const { exports } = station
    const job = { id: randomUUID(), signal: new AbortController().signal, progress: () => undefined }
    const [tom, olga] = [await station.session('tom'), await station.session('olga')]
    const wanted = { from: start, to: start + count * 37, reason: 'bench' }
    const requested = await seconds(() => exports.request(wanted, tom, 'technician', job))
    const { content_digest: contentDigest, tables } = exports.get(job.id)
    const { newFields } = exports.preview(job.id)
    const proven = await station.proof(olga)
    const approved = await seconds(() => exports.approve({ id: job.id, contentDigest, newFields }, proven, 'officer'))
    const stick = join(folder, 'stick')
    mkdirSync(stick)
    const medium = { id: 'stick-1', folder: () => Promise.resolve(stick) }
    let name = ''
    const written = await seconds(async () => ({ name } = await exports.write(job.id, medium, olga, 'officer', job)))
    const archive = statSync(join(stick, name)).size
    station.close()

    const clear = tables.reduce((sum, { size }) => sum + size, 0)
    const clearFolder = join(folder, 'exports', 'clear')
    const clearTables = openClearStore(clearFolder).tables(tables)
    const [sealed, packed] = [join(folder, 'sealed'), join(folder, 'packed')]
    for (const path of [sealed, packed]) mkdirSync(path)
    const emptied = (path: string) => () => {
      rmSync(path, { recursive: true })
      mkdirSync(path)
    }
    const times = await takeTurns(rounds, {
      seal: {
        async run() {
          for (const table of clearTables) await encryptTable(table, [recipient], join(sealed, table.path))
        },
        clear: emptied(sealed),
      },
      zstd: {
        async run() {
          for (const { sha256 } of tables) {
            const out = join(packed, sha256)
            await program('zstd', ['-3', '-q', join(clearFolder, sha256), '-o', out])
            await program('sync', [out])
          }
        },
        clear: emptied(packed),
      },
    })
    const [seal, zstd] = [median(times.seal), median(times.zstd)]
    return {
      name: 'export',
      rows: [
        { what: 'records', value: count, unit: '' },
        { what: 'clear bytes', value: clear / 1024 ** 2, unit: 'MiB' },
        { what: 'archive', value: archive / 1024 ** 2, unit: 'MiB' },
        { what: 'zstd -3 and sync, median', value: zstd, unit: 's' },
        { what: 'clean, scan, preview', value: requested, unit: 's' },
        { what: 'records cleaned, scanned, shown', value: count / requested, unit: '1/s' },
        { what: 'approve', value: approved, unit: 's' },
        { what: 'hash, seal, sign, write to a medium, read back', value: written, unit: 's' },
        { what: 'compress and encrypt alone, median', value: seal, unit: 's' },
        { what: 'compress and encrypt against zstd', value: seal / zstd, unit: '×' },
        { what: 'approved bytes to an archive on a medium, against zstd (asked: 4)', value: written / zstd, unit: '×' },
        { what: 'records to that archive, against zstd', value: (requested + approved + written) / zstd, unit: '×' },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
