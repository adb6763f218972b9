// SPDX-License-Identifier: Apache-2.0
/**
 * Long campaigns: the property tests and the fault and kill tests with many more rounds and a fresh seed, each fuzz target
 * for so many minutes: `npm run soak -- [property|integration] [--factor N] [--minutes N] [--seed N]`.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    factor: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
})
const projects = positionals.length > 0 ? positionals : ['property', 'integration']
const { factor, minutes, seed } = values
const setting = `--factor ${factor} --minutes ${minutes} --seed ${seed}`
process.stdout.write(`soak: ${projects.join(' ')} ${setting}\n`)

const env = { ...process.env, AIRLOCK_SOAK: factor, AIRLOCK_MINUTES: minutes, AIRLOCK_SEED: seed }
const words = projects.flatMap((name) => ['--project', name])
const { status } = spawnSync('node_modules/.bin/vitest', ['run', ...words, '--testTimeout=7200000'], {
  stdio: 'inherit',
  env,
})
process.stdout.write(`soak: repeat with ${setting}\n`)
process.exitCode = status ?? 1
