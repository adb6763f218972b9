// SPDX-License-Identifier: Apache-2.0
/** Runs the test of every row of docs/formats/refusals.md and nothing else: row, code, what it came to, where it is. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { RefusalRow, ReservedCode } from './refusals.ts'

type Report = {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}
/** One test as it ended. */
export type Ran = { readonly file: string; readonly name: string; readonly status: string }

/** The words of a row as a pattern: a table's title has a place where each of its rows puts its own words. */
const patternOf = ({ test }: RefusalRow): string =>
  test.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`).replaceAll(/%[sdi]/g, '.*')

const reportFile = 'test-results/refusals.json'

const runTests = (rows: readonly RefusalRow[]): Ran[] => {
  mkdirSync('test-results', { recursive: true })
  const files = [...new Set(rows.map(({ file }) => file))]
  const names = [...new Set(rows.map(patternOf))].join('|')
  const words = ['run', ...files, '-t', names, '--reporter=json', `--outputFile=${reportFile}`]
  spawnSync('node_modules/.bin/vitest', words, { stdio: ['ignore', 'ignore', 'inherit'] })
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ file: relative(resolve('.'), name), name: fullName, status })),
  )
}

/** A row holds when it has a test that ran, and every test with its words passed. */
export const resultOf = (row: RefusalRow, ran: readonly Ran[]): string => {
  const words = new RegExp(patternOf(row))
  const own = ran.filter(({ file, name, status }) => file === row.file && status !== 'skipped' && words.test(name))
  if (own.length === 0) return 'no test'
  return own.every(({ status }) => status === 'passed') ? 'passed' : 'FAILED'
}

/** Prints the table and whether every row holds. */
export const runRefusals = (rows: readonly RefusalRow[], reserved: readonly ReservedCode[]): boolean => {
  const ran = runTests(rows)
  const results = rows.map((row) => ({ row, result: resultOf(row, ran) }))
  const say = (row: number, code: string, result: string, what: string): void =>
    void process.stdout.write(`${String(row).padStart(4)}  ${code.padEnd(27)} ${result.padEnd(8)} ${what}\n`)
  for (const { row, result } of results) say(row.row, row.code ?? '–', result, `${row.file}: ${row.test}`)
  for (const { row, code, why } of reserved) say(row, code, 'reserved', why)
  const good = results.filter(({ result }) => result === 'passed').length
  const percent = ((100 * good) / rows.length).toFixed(1).replace('.0', '')
  process.stdout.write(`${good} of ${rows.length} rows hold (${percent} %); ${reserved.length} codes are reserved\n`)
  return good === rows.length
}
