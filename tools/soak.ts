// SPDX-License-Identifier: Apache-2.0
/**
 * Long campaigns: the property tests (fuzzing) and the fault and kill tests with many more rounds and a fresh seed.
 * `npm run soak -- [property|integration] [--factor N] [--seed N]`.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { factor: { type: 'string', default: '50' }, seed: { type: 'string', default: String(randomInt(2 ** 31)) } },
})
const projects = positionals.length > 0 ? positionals : ['property', 'integration']
process.stdout.write(`soak: ${projects.join(', ')} with factor ${values.factor} and seed ${values.seed}\n`)

const env = { ...process.env, AIRLOCK_SOAK: values.factor, AIRLOCK_SEED: values.seed }
const words = projects.flatMap((name) => ['--project', name])
const { status } = spawnSync('node_modules/.bin/vitest', ['run', ...words, '--testTimeout=7200000'], {
  stdio: 'inherit',
  env,
})
process.stdout.write(`soak: repeat with --factor ${values.factor} --seed ${values.seed}\n`)
process.exitCode = status ?? 1
