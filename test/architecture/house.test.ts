// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importFault, packageFault, zoneOf } from '../../tools/lint/house.ts'
import { tempFolder } from '../support/temp-folder.ts'

const root = new URL('../..', import.meta.url).pathname

type Report = { diagnostics: { message: string; code: string }[]; number_of_files: number }

/** The project's own lint configuration, with the rules that need no types: those are the house's. */
const lint = (ignored: readonly string[], ...words: string[]): Report => {
  const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as Record<string, unknown>
  Object.assign(config, { ignorePatterns: ignored, jsPlugins: [join(root, 'tools/lint/plugin.ts')], options: {} })
  const file = join(tempFolder(), 'oxlintrc.json')
  writeFileSync(file, JSON.stringify(config))
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['-c', file, '--format', 'json', ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return JSON.parse(stdout) as Report
}

describe('the house rules', () => {
  it('fire on every seeded violation', () => {
    const report = lint([], '--no-ignore', 'test/architecture/seeds')
    const messages = report.diagnostics.map(({ code, message }) => `${code}: ${message}`)
    expect(report.number_of_files).toBe(2)
    for (const expected of [
      'trust may not import bundles',
      'node:net: product code has no network',
      'left-pad is not classified',
      'fs belongs to',
      'Date.now belongs to',
      'no type assertion',
      'forge.pki',
      'features do not import each other',
      'node:path is not there in renderer',
      'better-sqlite3 may not be imported in renderer',
      'WebSocket belongs to nobody',
    ]) {
      expect(messages.join('\n')).toContain(expected)
    }
  })

  it('look at every source file of the house', () => {
    const looked = lint(['node_modules', 'out', 'build', 'test/architecture/seeds']).number_of_files
    const tracked = execFileSync('git', ['ls-files', '--', 'main/**/*.ts', 'shared/**/*.ts'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(looked).toBeGreaterThanOrEqual(tracked.trim().split('\n').length)
  })

  it('keep the order inside the station', () => {
    expect(importFault('main/station/store/open.ts', 'main/station/platform/clock.ts')).toBeUndefined()
    expect(importFault('main/station/store/open.ts', 'main/station/audit/entry.ts')).toMatch(/stands above/)
    expect(importFault('main/station/bundles/import.ts', 'main/station/devices/ports.ts')).toMatch(/beside/)
    expect(importFault('main/station/audit/log.ts', 'main/station/station.ts')).toMatch(/may not import/)
    expect(importFault('main/station/audit/log.ts', 'test/support/clock.ts')).toMatch(/not product code/)
    expect(importFault('renderer/app.tsx', 'main/station/audit/log.ts')).toMatch(/page may not/)
  })

  it('know every package that the product depends on', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const zones = [
      'main/station/devices/a.ts',
      'main/station/store/a.ts',
      'main/station/trust/a.ts',
      'main/cli/a.ts',
      'renderer/a.ts',
    ]
    const faults = Object.keys(manifest.dependencies).flatMap((name) =>
      zones.map((zone) => packageFault(zone, name) ?? ''),
    )
    expect(faults.filter((fault) => fault.includes('not classified'))).toEqual([])
  })

  it('place every product folder in a zone', () => {
    const folders = [
      'main/shell/a.ts',
      'main/cli/a.ts',
      'main/station/a.ts',
      'main/station/audit/a.ts',
      'preload/a.ts',
      'renderer/a.ts',
      'shared/a.ts',
    ]
    expect(folders.filter((path) => zoneOf(path) === undefined)).toEqual([])
  })
})
