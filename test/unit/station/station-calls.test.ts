// SPDX-License-Identifier: Apache-2.0
/** Keeps docs/station-calls.md true, and the names of the calls findable. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runCommand } from '../../../main/cli/main.ts'
import { nearestCalls } from '../../../main/cli/station/station-client.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { describeParameters } from '../../../shared/contract/describe-parameters.ts'
import { callsDocument, callsFile } from '../../../tools/station-calls.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const run = async (...words: string[]) => {
  const said = { out: '', err: '' }
  const code = await runCommand(['station', 'call', ...words], {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    clock: testClock(),
    env: {},
  })
  return { code, ...said }
}

describe('the list of calls', () => {
  it('is as the document shows it: else run node tools/station-calls.ts', () => {
    expect(readFileSync(callsFile, 'utf8')).toBe(callsDocument())
  })

  it('has every call and stream once', () => {
    const titles = [...callsDocument().matchAll(/^### (.*)$/gm)].map(([, name]) => name)
    expect(titles).toHaveLength(Object.keys(contract).length)
    expect(new Set(titles)).toEqual(new Set(Object.keys(contract)))
  })

  it('is printed with those who may, streams left out', async () => {
    const { code, out } = await run('--list')
    expect(code).toBe(0)
    expect(out).toMatch(/^exports\.approve {2,}officer$/m)
    expect(out).not.toContain('jobs.watch')
    expect(JSON.parse((await run('--list', '--json')).out)).toContainEqual({
      name: 'trust.review',
      roles: ['officer', 'administrator'],
    })
  })
})

describe('a name that is no call', () => {
  it('is wrong usage, with the names that are most like it, before any station is started', async () => {
    const { code, err } = await run('bundle.import')
    expect(code).toBe(2)
    expect(err).toContain('no such call=bundle.import nearest=bundles.import')
    expect((await run('jobs.watch')).code).toBe(2)
  })

  it('is found by letters that were left out, swapped for others or written large', () => {
    expect(nearestCalls('bundles.imprt')[0]).toBe('bundles.import')
    expect(nearestCalls('STATION.SETUP')[0]).toBe('station.setUp')
    expect(nearestCalls('media.show')[0]).toBe('media.list')
    expect(nearestCalls('')).toHaveLength(3)
  })
})

describe('folders that cannot be used', () => {
  const passphrase = () => {
    const file = join(tempFolder(), 'passphrase')
    writeFileSync(file, 'a passphrase for tests')
    return file
  }
  const answer = async (name: string, ...words: string[]) =>
    await run(name, '--passphrase-file', passphrase(), ...words)

  it('are wrong usage: a drive that is not there, data that is a file', async () => {
    const folder = tempFolder()
    const [none, file] = [join(folder, 'none'), passphrase()]
    for (const words of [
      ['--data', folder, '--drive', none],
      ['--data', folder, '--drive', file],
      ['--data', file],
    ])
      expect((await answer('station.status', ...words)).code, words.join(' ')).toBe(2)
    expect(readdirSync(folder)).toEqual([])
  })

  it('do not become a station by a call that only an existing one can answer', async () => {
    const folder = tempFolder()
    for (const data of [folder, join(folder, 'mistyped')]) {
      const { code, err } = await answer('bundles.list', '--data', data)
      expect(code).toBe(2)
      expect(err).toContain(`there is no station here=${data}`)
    }
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('parameters as text', () => {
  it('say what is a must, how long and how large', () => {
    const params = z.strictObject({
      id: z.uuid(),
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      site: z.string().regex(/^[a-z]$/),
      words: z.array(z.enum(['a', 'b'])).length(4),
      many: z.array(z.string().max(9)).default([]),
      at: z.number().int().optional(),
      limit: z.number().int().min(1).max(5),
      seq: z.number().int().min(0),
    })
    expect(describeParameters(params)).toBe(
      '{ id: UUID, digest: 64 hex digits, site: text like ^[a-z]$, words: list (4) of "a" or "b", ' +
        'many?: list of text (at most 9), at?: whole number, limit: whole number (1 to 5), seq: whole number (at least 0) }',
    )
    expect(describeParameters(z.strictObject({}))).toBe('{}')
  })
})
