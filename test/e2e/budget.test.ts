// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../out/renderer')
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
const packed = (files: readonly string[]): number => files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0)

/** The modules that a module needs before it runs. */
const needs = (file: string): string[] =>
  [...read(file).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map(([, name]) => `assets/${name ?? ''}`)

/** Everything that is loaded for the first page: what the document names, the start, and what those need. */
const atStart = (): { scripts: string[]; styles: string[] } => {
  const document = read('index.html')
  const named = (pattern: RegExp): string[] => [...document.matchAll(pattern)].map(([, name]) => name ?? '')
  const [entry = ''] = named(/src="\.\/(assets\/[\w.-]+\.js)"/g)
  const start = [...read(entry).matchAll(/["'`]\.\/(start-[\w.-]+\.js)["'`]/g)].map(
    ([, name]) => `assets/${name ?? ''}`,
  )
  const scripts = new Set<string>()
  const add = (file: string): void => {
    if (scripts.has(file)) return
    scripts.add(file)
    needs(file).forEach(add)
  }
  for (const file of [entry, ...start]) add(file)
  return { scripts: [...scripts], styles: named(/href="\.\/(assets\/[\w.-]+\.css)"/g) }
}

describe('the page that was built', () => {
  it('has at most 400 kB of script and 60 kB of styles to load at its start, packed', () => {
    const { scripts, styles } = atStart()
    const [script, style] = [packed(scripts), packed(styles)]
    process.stdout.write(`    at the start: ${scripts.length} scripts ${script} B, styles ${style} B\n`)
    expect(scripts.length).toBeGreaterThan(1)
    expect(script).toBeGreaterThan(50_000)
    expect(script).toBeLessThanOrEqual(400_000)
    expect(style).toBeGreaterThan(1000)
    expect(style).toBeLessThanOrEqual(60_000)
  })
})
