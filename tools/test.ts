// SPDX-License-Identifier: Apache-2.0
/** Everything that decides whether a change may land, in the order of what fails fastest. Ends with one line of counts. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'

type Count = { passed: number; failed: number; skipped: number }
const total: Count = { passed: 0, failed: 0, skipped: 0 }
const results = 'test-results'
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** A check counts as one test. */
const check = (name: string, command: string, words: readonly string[]): void => {
  say(`\n== ${name}`)
  const { status } = spawnSync(`node_modules/.bin/${command}`, words, { stdio: 'inherit' })
  if (status === 0) total.passed += 1
  else total.failed += 1
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTotalTests: number
  success: boolean
}

const project = (name: string): void => {
  say(`\n== ${name}`)
  const file = `${results}/${name}.json`
  const words = ['run', '--project', name, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
  // Every screen and state is kept as a picture, for people who want to look.
  const env = { ...process.env, AIRLOCK_PICTURES: process.env['AIRLOCK_PICTURES'] ?? `${results}/pictures` }
  const { status } = spawnSync('node_modules/.bin/vitest', words, { stdio: 'inherit', env })
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  total.passed += report.numPassedTests
  total.failed += report.numFailedTests
  total.skipped += report.numPendingTests
  // A file that does not load has no tests, so it counts here: a green line never hides it.
  if ((status !== 0 || !report.success || report.numTotalTests === 0) && report.numFailedTests === 0) total.failed += 1
}

check('lint', 'oxlint', ['--deny-warnings'])
check('format', 'oxfmt', ['--check'])
check('types', 'node', ['tools/types.ts'])
project('unit')
project('property')
project('integration')
project('e2e')

say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 && total.passed > 3 ? 0 : 1
