// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const tracked = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '--', ...patterns], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const sources = tracked('*.ts', '*.tsx', '*.mjs', '*.c', '*.h').filter(
  (path) => !path.startsWith('test/architecture/seeds/'),
)
const product = sources.filter((path) => /^(main|preload|renderer|shared)\//.test(path))

describe('the source tree', () => {
  it('names its licence at the head of every file', () => {
    expect(sources.filter((path) => !read(path).slice(0, 200).includes('SPDX-License-Identifier: Apache-2.0'))).toEqual(
      [],
    )
  })

  it('keeps files small: median at most 90 lines, nine in ten at most 220, none above 400', () => {
    const sizes = product.map((path) => read(path).split('\n').length - 1).sort((a, b) => a - b)
    const at = (share: number): number => sizes[Math.floor(sizes.length * share)] ?? 0
    expect(sizes.length).toBeGreaterThan(100)
    expect(at(0.5)).toBeLessThanOrEqual(90)
    expect(at(0.9)).toBeLessThanOrEqual(220)
    expect(sizes.at(-1)).toBeLessThanOrEqual(400)
  })

  it('names files in kebab case', () => {
    expect(product.filter((path) => !/^[a-z0-9/.-]+$/.test(path))).toEqual([])
  })

  it('skips and focuses no test', () => {
    const tests = sources.filter((path) => path.endsWith('.test.ts') && path !== 'test/architecture/hygiene.test.ts')
    expect(tests.length).toBeGreaterThan(50)
    expect(tests.filter((path) => /\b(?:it|test|describe)\.(?:skip|only|todo|fails)\b/.test(read(path)))).toEqual([])
  })

  it('speaks of itself alone: links of its documents lead to files of its own', () => {
    const documents = tracked('*.md')
    const broken = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target]) => join(path, '..', target ?? ''))
        .filter((target) => tracked(target).length === 0 && tracked(`${target}/*`).length === 0)
        .map((target) => `${path} → ${target}`),
    )
    expect(documents.length).toBeGreaterThan(10)
    expect(broken).toEqual([])
  })
})
