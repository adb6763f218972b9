// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileTrouble } from '../../../main/cli/file-trouble.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { airlock } from '../../support/airlock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A folder of keys with its policy, and a file that is none of what is asked for. */
const made = async () => {
  const folder = tempFolder()
  const keys = join(folder, 'keys')
  expect((await airlock('trust', 'init', keys)).code).toBe(0)
  const policy = join(keys, 'policy-1.airtrust')
  const text = join(folder, 'notes.txt')
  writeFileSync(text, 'no key, no bundle, no JSON')
  return { folder, keys, policy, text, gone: join(folder, 'gone') }
}

const trouble = async (...words: string[]) => {
  const { code, out } = await airlock(...words, '--json')
  return { code, error: (JSON.parse(out) as { error: { code: string; details: object } }).error }
}
const unusable = (path: string, why: unknown = expect.any(String)) => ({
  code: 2,
  error: { code: 'file.unusable', details: { path, why } },
})

describe('a file that a command cannot use', () => {
  it('is named where nothing is there, whichever command asks for it', async () => {
    const { gone, policy } = await made()
    const missing = unusable(gone, 'nothing is there')
    for (const words of [
      ['bundle', 'verify', gone, '--policy', policy],
      ['bundle', 'verify', policy, '--policy', gone],
      ['bundle', 'inspect', gone],
      ['bundle', 'digest', gone],
      ['bundle', 'pack', gone, '--out', `${gone}.airfw`],
      ['bundle', 'attach', policy, '--role', 'root', '--p7s', gone],
      ['trust', 'inspect', gone],
      ['trust', 'verify', gone],
      ['trust', 'pack', gone, '--out', policy],
      ['archive', 'inspect', gone],
      ['archive', 'verify', gone, '--policy', policy],
      ['audit', 'verify', policy, '--vkey', gone],
    ])
      expect(await trouble(...words), words.join(' ')).toEqual(missing)
  })

  it('is the folder where a file would go into one that is missing', async () => {
    const { gone, policy } = await made()
    expect(await trouble('bundle', 'digest', policy, '--out', join(gone, 'manifest.json'))).toEqual(unusable(gone))
  })

  it('is a folder that holds no lake', async () => {
    const { folder } = await made()
    expect(await trouble('fleet', 'report', '--lake', folder, '--out', 'x')).toEqual(
      unusable(folder, 'it holds no lake'),
    )
  })

  it('is told to people with its path and without a stack', async () => {
    const { gone } = await made()
    const { code, err } = await airlock('bundle', 'inspect', gone)
    expect(code).toBe(2)
    expect(err).toContain(`AL-8110 file.unusable: This file or folder cannot be used: ${gone}.\n`)
    expect(err).toContain('The reason: nothing is there.\n')
    expect(err).not.toMatch(/stack|\.ts:|drive/)
  })

  it('is a link or a folder in the place of a bundle', async () => {
    const { folder, policy } = await made()
    symlinkSync(policy, join(folder, 'link'))
    for (const path of [folder, join(folder, 'link')])
      expect(await trouble('bundle', 'inspect', path)).toEqual(unusable(path, 'it is no regular file'))
  })

  it('is a key that is none', async () => {
    const { keys, policy, text } = await made()
    const cert = join(keys, 'root-1.cert.pem')
    const sign = ['bundle', 'sign', policy, '--role', 'root', '--cert', cert, '--key', text]
    expect(await trouble(...sign)).toEqual(unusable(text, 'it holds no private key in PEM without a password'))
  })

  it('is a folder that may not be written to', async () => {
    const { folder, text } = await made()
    const shut = join(folder, 'shut')
    mkdirSync(shut, { mode: 0o500 })
    const isRoot = process.getuid?.() === 0
    const [place, why] = isRoot ? [text, 'a part of the path is no folder'] : [shut, 'it is not permitted']
    const target = join(place, 'new')
    expect(await trouble('trust', 'init', target)).toEqual(unusable(target, why))
    chmodSync(shut, 0o700)
  })

  it('says where a description stops being JSON', async () => {
    const { folder } = await made()
    const path = join(folder, 'broken.json')
    writeFileSync(path, '{\n  "kind": 1,\n  oops\n}')
    expect(await trouble('bundle', 'pack', path, '--out', 'x')).toEqual(
      unusable(path, expect.stringMatching(/line 3 column 3/)),
    )
  })
})

describe('an error that is not of a file', () => {
  it('stays what it is', () => {
    expect(fileTrouble(new Error('a fault'))).toBeUndefined()
    expect(fileTrouble(new AirlockError('sig.missing'), 'file')).toBeUndefined()
    expect(fileTrouble(new AirlockError('medium.gone'))).toBeUndefined()
  })
})
