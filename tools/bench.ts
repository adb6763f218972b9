// SPDX-License-Identifier: Apache-2.0
/** `npm run bench [-- NAME…]`: ratios against a yardstick of the same run. Absolute times are printed, never compared. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'

/** What a benchmark in test/bench exports as `run`. */
type Outcome = {
  readonly name: string
  readonly rows: readonly { what: string; value: number | string; unit: string }[]
}

const known = readdirSync('test/bench')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`bench: ${unknown.join(', ')} not known; there are: ${known.join(', ')}\n`)
  process.exit(2)
}
mkdirSync('bench/results', { recursive: true })
for (const name of wanted.length > 0 ? wanted : known) {
  const { run } = (await import(`../test/bench/${name}.ts`)) as { run: () => Promise<Outcome> }
  const outcome = await run()
  process.stdout.write(`\n${outcome.name}\n`)
  for (const { what, value, unit } of outcome.rows) {
    const shown = typeof value === 'number' ? value.toFixed(value < 10 ? 2 : 0) : value
    process.stdout.write(`  ${what.padEnd(56)} ${shown.padStart(12)} ${unit}\n`)
  }
  writeFileSync(`bench/results/${name}.json`, `${JSON.stringify(outcome, null, 2)}\n`)
}
