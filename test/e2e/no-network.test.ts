// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'

const root = join(import.meta.dirname, '../..')
/** A namespace of its own with no network but a loopback that is down. */
const apart = (...words: string[]) => spawnSync('unshare', ['-r', '-n', ...words], { cwd: root, encoding: 'utf8' })
const permitted = apart('true').status === 0

describe('a machine without any network', () => {
  it.runIf(permitted)('goes through the whole loop just the same', { timeout: 300_000 }, () => {
    const { stdout: interfaces } = apart('cat', '/proc/net/dev')
    expect(interfaces.split('\n').slice(2).join('').trim()).toMatch(/^lo:[ 0]+$/)
    const file = join(tempFolder(), 'report.json')
    const words = [
      'run',
      '--project',
      'e2e',
      '--reporter=json',
      `--outputFile.json=${file}`,
      'test/e2e/journey.test.ts',
      // The same loop in either language; this one looks less at each page.
      '--testNamePattern=speaks German',
    ]
    apart(join(root, 'node_modules/.bin/vitest'), ...words)
    const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number }
    expect([report.numPassedTests, report.numFailedTests]).toEqual([1, 0])
  })
})
