// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../main/station/platform/clock.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../main/station/store/open.ts'
import { createTelemetry } from '../../main/station/telemetry/telemetry.ts'
import { soakFactor, soakSeed as seed } from '../support/soak.ts'
import { tempFolder } from '../support/temp-folder.ts'

const kills = 10 * soakFactor
const child = join(import.meta.dirname, 'telemetry-child.ts')
const argument = z.tuple([z.string()])
const said = z.object({ acknowledged: z.number().optional(), recovered: z.number().optional() })

/** Ingests from line `first` until it is killed, `delay` ms after its first commit; what it had acknowledged by then. */
const ingestAndKill = async (path: string, first: number, delay: number) => {
  const running = spawn(process.execPath, [child, path, String(first), String(seed + first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let acknowledged = first
  let recovered = -1
  let kill: Promise<unknown> | undefined
  for await (const line of createInterface({ input: running.stdout })) {
    const { acknowledged: more, recovered: count } = said.parse(JSON.parse(line))
    recovered = count ?? recovered
    if (more === undefined) continue
    acknowledged = more
    kill ??= sleep(delay).then(() => running.kill('SIGKILL'))
  }
  await kill
  return { acknowledged, recovered }
}

/** What is stored, read as the next start of the station would. */
const open = (path: string) => {
  const store = openStore(path, telemetryMigrations)
  onTestFinished(() => store.close())
  return { store, telemetry: createTelemetry({ store, clock: systemClock, log: silentLog }) }
}

const expected = (to: number) => {
  const lines = Array.from({ length: to }, (_, n) => n)
  return { values: lines.filter((n) => n % 10 !== 9), events: lines.filter((n) => n % 10 === 9) }
}

describe('a station that is killed while it collects', () => {
  it('has every acknowledged record after each restart, nothing twice, and closes what was open', async () => {
    const path = join(tempFolder(), 'telemetry.db')
    const acknowledged: [from: number, to: number][] = []
    let from = 0
    for (let round = 0; round < kills; round += 1) {
      const delay = (seed * (round + 1) * 7919) % 120
      const result = await ingestAndKill(path, from, delay)
      expect(result.recovered, `captures left open, seed ${seed}, round ${round}`).toBe(round === 0 ? 0 : 2)
      expect(result.acknowledged).toBeGreaterThan(from)
      acknowledged.push([from, result.acknowledged])
      // The next round starts far behind what this one may have stored without acknowledging it.
      from = Math.ceil(result.acknowledged / 100_000 + 1) * 100_000
    }

    const { store, telemetry } = open(path)
    telemetry.recoverCaptures()
    expect(store.read.get('SELECT count(*) AS n FROM session WHERE end_reason = ?', 'interrupted')).toEqual({
      n: kills * 2,
    })
    for (const device of ['a', 'b']) {
      const records = [...telemetry.records(0, Number.MAX_SAFE_INTEGER)].filter(
        ({ fields }) => fields['device'] === device,
      )
      const values = records
        .filter(({ fields }) => fields['series'] === 'n')
        .map(({ fields }) => Number(fields['value']))
      const events = records.flatMap(({ fields }) =>
        fields['template'] === 'line <num> done'
          ? [Number(argument.parse(JSON.parse(String(fields['arguments'])))[0])]
          : [],
      )
      const stored = { values: new Set(values), events: new Set(events) }
      expect(stored.values.size).toBe(values.length)
      expect(stored.events.size).toBe(events.length)
      for (const [first, to] of acknowledged) {
        const wanted = expected(to)
        expect(wanted.values.filter((n) => n >= first && !stored.values.has(n))).toEqual([])
        expect(wanted.events.filter((n) => n >= first && !stored.events.has(n))).toEqual([])
      }
    }
  })

  it('leaves numbers without gaps, counts that match and minutes that add up', async () => {
    const path = join(tempFolder(), 'telemetry.db')
    await ingestAndKill(path, 0, 150)
    const { store } = open(path)
    const numbers = `SELECT seq, session FROM point UNION ALL SELECT seq, session FROM event UNION ALL SELECT seq, session FROM line`
    const rows = store.read.all(`SELECT capture.records AS records, count(*) AS n, min(seq) AS low, max(seq) AS high,
count(DISTINCT seq) AS different FROM (${numbers}) AS r JOIN session ON session.id = r.session
JOIN capture ON capture.id = session.capture GROUP BY capture.id`)
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      const { records, ...figures } = z.record(z.string(), z.number()).parse(row)
      expect(figures).toEqual({ n: records, low: 0, high: records! - 1, different: records })
    }
    expect(store.read.get('SELECT sum(n) - (SELECT count(*) FROM point) AS difference FROM rollup_1m')).toEqual({
      difference: 0,
    })
  })
})
