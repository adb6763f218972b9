// SPDX-License-Identifier: Apache-2.0
/**
 * The process that telemetry-kill.test.ts kills: it pushes numbered lines of two ports into a store, in odd chunks, and
 * after every flush writes how many lines of each are acknowledged. Arguments: store, first line number, seed.
 */
import { writeSync } from 'node:fs'
import { systemClock } from '../../main/station/platform/clock.ts'
import { stderrLog } from '../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../main/station/store/open.ts'
import { createTelemetry } from '../../main/station/telemetry/telemetry.ts'

const [path = '', first = '0', seed = '1'] = process.argv.slice(2)
const telemetry = createTelemetry({ store: openStore(path, telemetryMigrations), clock: systemClock, log: stderrLog })
const recovered = telemetry.recoverCaptures()
writeSync(1, `${JSON.stringify({ recovered: recovered.captures.length })}\n`)

const captures = ['a', 'b'].map((name) =>
  telemetry.openCapture({ portPath: `/dev/${name}`, baud: 115200, device: { id: name } }),
)
let random = Number(seed)
const below = (limit: number): number => {
  random = (random * 48_271) % 2_147_483_647
  return random % limit
}

for (let n = Number(first); ;) {
  for (let lines = 1 + below(200); lines > 0; lines -= 1, n += 1) {
    const text = n % 10 === 9 ? `{"msg":"line ${n} done"}\r\n` : `{"n":${n},"half":${n / 2}}\n`
    const cut = below(text.length)
    for (const capture of captures) {
      capture.push(Buffer.from(text.slice(0, cut)))
      capture.push(Buffer.from(text.slice(cut)))
    }
  }
  telemetry.flush()
  writeSync(1, `${JSON.stringify({ acknowledged: n })}\n`)
}
