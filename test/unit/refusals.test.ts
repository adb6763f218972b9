// SPDX-License-Identifier: Apache-2.0
/** Keeps docs/formats/refusals.md true: every code has a row, every row a test that is there. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documentFile, refusalCodes, refusals, withTables, type RefusalRow } from '../../tools/refusals.ts'
import { resultOf } from '../../tools/run-refusals.ts'

const { rows, reserved } = refusals
const sources = new Map<string, string>()
const sourceOf = (file: string): string => {
  const source = sources.get(file) ?? readFileSync(file, 'utf8')
  sources.set(file, source)
  return source
}
/** A title stands in its file as one literal, whole. */
const hasTest = ({ file, test }: RefusalRow): boolean =>
  [`'${test}'`, `"${test}"`, `\`${test}\``].some((literal) => sourceOf(file).includes(literal))

describe('the list of refusals', () => {
  it('is as the document shows it: else run node tools/refusals.ts', () => {
    const document = readFileSync(documentFile, 'utf8')
    expect(document).toBe(withTables(document))
  })

  it('has a row for every code of its groups', () => {
    const known = new Set([...rows, ...reserved].map(({ code }) => code))
    expect(refusalCodes.filter((code) => !known.has(code))).toEqual([])
  })

  it('has no code that the catalogue does not have', () => {
    const codes: readonly string[] = [...refusalCodes, 'internal']
    const unknown = [...rows, ...reserved].filter(({ code }) => code !== null && !codes.includes(code))
    expect(unknown).toEqual([])
  })

  it('names tests that are there, in files that speak of the code', () => {
    const broken = rows.filter((row) => !hasTest(row) || !(row.code === null || sourceOf(row.file).includes(row.code)))
    expect(broken.map(({ row, file, test }) => `${row} ${file}: ${test}`)).toEqual([])
  })

  it('has every row once a code, in order, and leaves out none but the one that is explained', () => {
    const numbers = rows.map(({ row }) => row)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    expect(new Set(rows.map(({ row, code, stage }) => `${row} ${code} ${stage}`)).size).toBe(rows.length)
    const seen = new Set([...numbers, ...reserved.map(({ row }) => row)])
    const last = Math.max(...seen)
    expect(Array.from({ length: last }, (_, n) => n + 1).filter((row) => !seen.has(row))).toEqual([60])
  })

  it('reserves no code that the product says', () => {
    const product = globSync('main/**/*.ts').map(sourceOf)
    const said = reserved.filter(({ code }) => product.some((source) => source.includes(`'${code}'`)))
    expect(said).toEqual([])
  })
})

describe('a row of the list that is run', () => {
  const row: RefusalRow = { row: 1, input: '', code: null, stage: '1', file: 'a.test.ts', test: 'refuses %s (all)' }
  const ran = (name: string, status: string, file = 'a.test.ts') => ({ file, name, status })

  it('holds when every test with its words, in its file, passed', () => {
    expect(resultOf(row, [ran('it refuses one (all)', 'passed'), ran('refuses two (all)', 'passed')])).toBe('passed')
    expect(resultOf(row, [ran('it refuses one (all)', 'passed'), ran('refuses two (all)', 'failed')])).toBe('FAILED')
  })

  it('does not hold when no test of its file ran', () => {
    const others = [ran('refuses one (all)', 'passed', 'b.test.ts'), ran('refuses one (all)', 'skipped')]
    expect(resultOf(row, [...others, ran('refuses nothing', 'passed')])).toBe('no test')
  })
})
