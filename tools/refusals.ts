// SPDX-License-Identifier: Apache-2.0
/**
 * `node tools/refusals.ts` writes the tables of docs/formats/refusals.md anew: from the catalogue, its texts, the rows.
 * With `--run` (`npm run refusals`) it runs the test of every row and prints what came of each; 1: not all hold.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { errorCodes, isErrorCode, isListedRefusal, type ErrorCode } from '../shared/error-codes.ts'
import { en } from '../shared/text/en.ts'
import { fillText } from '../shared/text/fill.ts'
import { runRefusals } from './run-refusals.ts'

/** One bad input: its code (null: a property, not a refusal), where it is found, the test that shows it. */
export type RefusalRow = {
  readonly row: number
  readonly input: string
  readonly code: string | null
  readonly stage: string
  readonly file: string
  /** The title of the test, or the words of its table, as they stand in the file. */
  readonly test: string
}
/** A code that nothing raises yet. */
export type ReservedCode = { readonly row: number; readonly code: string; readonly why: string }

const rowsFile = 'test/vectors/refusals.json'
export const documentFile = 'docs/formats/refusals.md'

/** The rows as the tests' data file lists them. */
export const refusals = JSON.parse(readFileSync(rowsFile, 'utf8')) as {
  readonly rows: readonly RefusalRow[]
  readonly reserved: readonly ReservedCode[]
}

/** Every refusal code, by its number. */
export const refusalCodes: readonly ErrorCode[] = Object.keys(errorCodes)
  .filter(isErrorCode)
  .filter(isListedRefusal)
  .sort((a, b) => errorCodes[a].number - errorCodes[b].number)

const lines = (header: readonly string[], body: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const codeTable = (): string =>
  lines(
    ['number', 'code', 'what a person reads', 'rows'],
    refusalCodes.map((code) => {
      const own = [...refusals.rows, ...refusals.reserved].filter((row) => row.code === code)
      const rows = [...new Set(own.map(({ row }) => row))].join(', ')
      return [`AL-${errorCodes[code].number}`, `\`${code}\``, fillText(en[code].headline, {}, (name) => name), rows]
    }),
  )

const rowTable = (): string =>
  lines(
    ['row', 'what was wrong', 'code', 'stage', 'shown by'],
    refusals.rows.map(({ row, input, code, stage, file, test }) => [
      `${row}`,
      input,
      code === null ? '–' : `\`${code}\``,
      stage,
      `${file.replace('test/', '').replace('.test.ts', '')}: ${test.replaceAll('|', '\\|')}`,
    ]),
  )

const reservedTable = (): string =>
  lines(
    ['row', 'code', 'why nothing says it yet'],
    refusals.reserved.map(({ row, code, why }) => [`${row}`, `\`${code}\``, why]),
  )

const tables = { codes: codeTable, rows: rowTable, reserved: reservedTable }

/** The document with its tables made anew; the text around them stays. */
export const withTables = (document: string): string =>
  Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`]
    const [before, rest] = text.split(begin)
    const after = rest?.split(end)[1]
    if (before === undefined || after === undefined) throw new Error(`${documentFile} has no marks for ${name}`)
    return `${before}${begin}\n${table()}\n${end}${after}`
  }, document)

if (import.meta.main) {
  if (process.argv.includes('--run')) process.exitCode = runRefusals(refusals.rows, refusals.reserved) ? 0 : 1
  else writeFileSync(documentFile, withTables(readFileSync(documentFile, 'utf8')))
}
