// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Demo } from '../../tools/demo/summary.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { tempFolderForFile } from '../support/temp-folder.ts'

const out = tempFolderForFile()
let demo: Demo
let printed = ''

beforeAll(() => {
  printed = execFileSync(process.execPath, ['tools/demo/main.ts', '--out', out, '--seconds', '6'], { encoding: 'utf8' })
  demo = JSON.parse(readFileSync(join(out, 'demo.json'), 'utf8')) as Demo
}, 240_000)

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Opens the archive with tar, age and zstd alone. */
const clearText = (): string => {
  const folder = join(out, 'opened')
  mkdirSync(folder)
  execFileSync('tar', ['-xf', demo.export.archive, '-C', folder])
  const payloads = readdirSync(join(folder, 'payload')).map((name) => {
    const clear = execFileSync('age', ['-d', '-i', join(out, 'team', 'archive-key.txt'), join(folder, 'payload', name)])
    return execFileSync('zstd', ['-dc'], { input: clear, maxBuffer: 2 ** 28 }).toString('utf8')
  })
  return [readFileSync(join(folder, 'manifest.json'), 'utf8'), ...payloads].join('\n')
}

describe('the demo', () => {
  it('accepts the good bundles and refuses each bad one with its code', () => {
    expect(Object.fromEntries(demo.bundles.map(({ file, code }) => [file, code]))).toEqual({
      'dosing-controller-1.0.0.airfw': null,
      'dosing-controller-2.0.0.airfw': null,
      'dosing-controller-2.1.0.airfw': null,
      'tampered.airfw': 'payload.digest',
      'truncated.airfw': 'container.truncated',
      'unsigned.airfw': 'sig.missing',
      'wrongly-signed.airfw': 'trust.unknown-signer',
      'rolled-back.airfw': 'rollback.counter',
    })
  })

  it('reads back from the device what the compiler made', async () => {
    const { firmware } = await buildAvr()
    expect(demo.flash).toMatchObject({ from: '1.0.0', to: '2.0.0', imageSha256: sha256(firmware['2.0.0'].bin) })
    expect(demo.flash.readBackSha256).toBe(demo.flash.imageSha256)
  })

  it('hears the device before and after, and notices that 2.1.0 hangs', () => {
    expect(demo.telemetry.points).toBeGreaterThan(500)
    expect(demo.telemetry.sessions).toBeGreaterThanOrEqual(3)
    expect(demo.telemetry.crashes).toBeGreaterThanOrEqual(1)
  })

  it('imports exactly the records that left', () => {
    expect(demo.export.recordsOut).toBeGreaterThan(500)
    expect(demo.import.rows).toBe(demo.export.recordsOut)
    expect(demo.export.removed).toBeGreaterThan(0)
  })

  it('lets no name, address or serial number of the site out', () => {
    const text = clearText()
    expect(text.length).toBeGreaterThan(10_000)
    const secrets = [
      'anna.keller',
      'acme-pharma',
      'plc-hall3',
      '10.20.30.44',
      '192.168.40.7',
      '00:1B:44:11:3A:B7',
      'DC-0042-7Q',
      'Castellanos',
      'plant-north',
    ]
    expect(secrets.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()))).toEqual([])
  })

  it('ends with a verified log and says where everything is', () => {
    expect(demo.audit.verified).toBe(true)
    expect(printed).toContain(demo.report)
    expect(readFileSync(demo.report, 'utf8')).toMatch(/^<!doctype html>/i)
  })
})

describe('the demo, asked for what it cannot do', () => {
  it.each([
    [['--seconds', 'soon'], '--seconds must be a number, 3 or more: soon'],
    [['--seconds', '2'], '--seconds must be a number, 3 or more: 2'],
    [['--out', 'docs'], '--out must be a new or an empty folder: docs'],
    [['--out', 'README.md'], '--out must be a new or an empty folder: README.md'],
  ])('says so in one sentence, and makes nothing: %s', (words, sentence) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/demo/main.ts', ...words], {
      encoding: 'utf8',
    })
    expect([status, stdout, stderr]).toEqual([2, '', `demo: ${sentence}\n`])
  })
})
