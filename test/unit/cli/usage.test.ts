// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { appVersion } from '../../../shared/app-version.ts'
import { airlock } from '../../support/airlock.ts'

const wrong = async (...words: string[]) => {
  const { code, out } = await airlock(...words, '--json')
  const { error } = JSON.parse(out) as { error: { code: string; details: object } }
  return [code, error.code, error.details]
}

describe('wrong words', () => {
  it('are named: an option, a word too many, a word too few, a role', async () => {
    expect(await wrong('bundle', 'inspect', 'a', '--nonsense')).toEqual([
      2,
      'usage',
      { why: "Unknown option '--nonsense'" },
    ])
    expect(await wrong('bundle', 'inspect')).toEqual([2, 'usage', { why: 'no file or folder is named' }])
    expect(await wrong('bundle', 'inspect', 'a', 'b')).toEqual([2, 'usage', { why: 'one word too many', word: 'b' }])
    expect(await wrong('bundle', 'sign', 'a')).toEqual([2, 'usage', { missing: '--role' }])
    for (const verb of [['sign'], ['attach', '--p7s', 'b']])
      expect(await wrong('bundle', ...verb, 'a', '--role', 'boss')).toMatchObject([
        2,
        'usage',
        { role: 'boss', why: expect.stringMatching(/^one of: root release qa/) as string },
      ])
  })

  it('are said to people too, with the usage of the command', async () => {
    const { code, err } = await airlock('bundle', 'inspect', 'a', '--nonsense')
    expect(code).toBe(2)
    expect(err).toContain("airlock: usage why=Unknown option '--nonsense'\n")
    expect(err).toContain('airlock bundle inspect FILE')
  })

  it('that name no command are repeated before the help', async () => {
    const { code, out, err } = await airlock('bundel', 'pack')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^airlock: unknown command "bundel"\n\nairlock <command>/)
    expect((await airlock('bundle', 'unpack')).err).toMatch(/^airlock: unknown command "bundle unpack"\n/)
    expect(await wrong('bundel')).toEqual([2, 'usage', { why: 'unknown command "bundel"' }])
  })
})

describe('help', () => {
  it('is given for everything, for a group, and for one command', async () => {
    for (const word of ['--help', '-h']) {
      const all = await airlock(word)
      expect(all.code).toBe(0)
      expect(all.out).toMatch(/bundle pack[^]*trust init/)
      const group = await airlock('trust', word)
      expect(group.code).toBe(0)
      expect(group.out).toContain('trust init')
      expect(group.out).not.toContain('bundle pack')
      const one = await airlock('trust', 'init', word)
      expect([one.code, one.out.split('\n')[0]]).toEqual([0, expect.stringContaining('airlock trust init NEW-FOLDER')])
    }
  })

  it('says which version this is', async () => {
    expect(await airlock('--version')).toEqual({ code: 0, out: `${appVersion}\n`, err: '' })
  })
})
