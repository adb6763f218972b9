// SPDX-License-Identifier: Apache-2.0
/** Policy steps and recall lists as the team makes them: one command each, then signatures, then a station's verdict. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPemCertificate } from '../../../main/station/trust/issue-certificate.ts'
import { airlock } from '../../support/airlock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** Keys of a first team with two roots (both needed) and of a second one; words that name a file name it in their folder. */
const makeTeams = async () => {
  const folder = tempFolder()
  const place = (word: string): string =>
    word.replace(
      /(^|=)((?:[ab]\/)?[a-z0-9-]+\.(?:airtrust|cert\.pem|key\.pem))$/,
      (_, before: string, file: string) => `${before}${join(folder, file)}`,
    )
  const run = (...words: string[]) => airlock(...words.map(place))
  const init = (name: string, ...more: string[]) => airlock('trust', 'init', join(folder, name), ...more)
  expect((await init('a', '--roots', '2', '--threshold', '2', '--counter', 'pump=4')).code).toBe(0)
  expect((await init('b')).code).toBe(0)
  const sign = async (file: string, role: string, holder: string): Promise<void> => {
    const pair = ['--key', `${holder}.key.pem`, '--cert', `${holder}.cert.pem`]
    expect((await run('bundle', 'sign', file, '--role', role, ...pair)).code).toBe(0)
  }
  const judge = async (file: string, ...more: string[]): Promise<unknown> =>
    JSON.parse((await run('trust', 'verify', file, '--policy', 'a/policy-1.airtrust', ...more, '--json')).out)
  const spki = (holder: string): string =>
    readPemCertificate(readFileSync(join(folder, `${holder}.cert.pem`), 'utf8')).spki
  return { run, sign, judge, spki }
}

describe('trust rotate', () => {
  it('replaces a root key in one step, which needs the old and the new threshold', async () => {
    const { run, sign, judge, spki } = await makeTeams()
    const edits = ['--add', 'root=b/root-1.cert.pem', '--remove', 'root=a/root-2.cert.pem', '--counter', 'pump=5']
    const made = await run('trust', 'rotate', 'a/policy-1.airtrust', ...edits, '--out', 'next.airtrust', '--json')
    expect(made.code).toBe(0)
    const { changes, toSign } = JSON.parse(made.out) as { changes: { path: string }[]; toSign: { keys: string[] }[] }
    expect(changes).toContainEqual({ path: 'counters.pump', from: '4', to: '5' })
    expect(changes).toContainEqual(
      expect.objectContaining({ path: `roles.root.keys[${spki('b/root-1')}].validUntil`, from: null }),
    )
    expect(changes).toContainEqual(
      expect.objectContaining({ path: `roles.root.keys[${spki('a/root-2')}].validUntil`, to: null }),
    )
    expect(toSign.map(({ keys }) => keys.toSorted())).toEqual([
      [spki('a/root-1'), spki('a/root-2')].toSorted(),
      [spki('a/root-1'), spki('b/root-1')].toSorted(),
    ])
    await sign('next.airtrust', 'root', 'a/root-1')
    await sign('next.airtrust', 'root', 'b/root-1')
    expect(await judge('next.airtrust')).toMatchObject({ verdict: 'refused', code: 'policy.old-threshold' })
    await sign('next.airtrust', 'root', 'a/root-2')
    expect(await judge('next.airtrust')).toMatchObject({ verdict: 'accepted', version: 2 })
    // A step is never written over another one.
    expect((await run('trust', 'rotate', 'a/policy-1.airtrust', '--out', 'next.airtrust')).code).toBe(2)
  })

  it('makes no step that a station would refuse for its content', async () => {
    const { run } = await makeTeams()
    const rotate = (...words: string[]) =>
      run('trust', 'rotate', 'a/policy-1.airtrust', '--out', 'x.airtrust', ...words)
    expect((await rotate('--counter', 'pump=3')).err).toContain('policy.weakening')
    expect((await rotate('--threshold', 'release=2')).err).toContain('policy.schema')
    expect((await rotate('--add', 'release=b/qa.cert.pem')).err).toContain(
      'no certificate of a signer of the role release',
    )
    expect((await rotate('--add-ca', 'release=b/qa.cert.pem')).err).toContain('no certificate of a CA')
    expect((await rotate('--remove', 'qa=a/release.cert.pem')).code).toBe(2)
    expect((await rotate('--recipient', 'age1nobody')).code).toBe(2)
    expect((await rotate('--counter', 'pump=3', '--weakens', 'counter:pump')).code).toBe(0)
  })
})

describe('trust revoke', () => {
  it('withdraws a key everywhere, and asks for another where its role would be left without', async () => {
    const { run, sign, judge, spki } = await makeTeams()
    const words = ['--key', 'a/release.cert.pem', '--reason', 'laptop stolen', '--out', 'next.airtrust']
    expect((await run('trust', 'revoke', 'a/policy-1.airtrust', ...words)).err).toContain('policy.schema')
    const both = ['--revoke', `${spki('a/release')}=laptop stolen`, '--add', 'release=b/release.cert.pem']
    expect((await run('trust', 'rotate', 'a/policy-1.airtrust', ...both, '--out', 'next.airtrust')).code).toBe(0)
    for (const root of ['a/root-1', 'a/root-2']) await sign('next.airtrust', 'root', root)
    expect(await judge('next.airtrust')).toMatchObject({ verdict: 'accepted', version: 2 })
    const alone = ['--key', 'a/qa.cert.pem', '--reason', 'left', '--out', 'alone.airtrust']
    expect(
      (await run('trust', 'rotate', 'a/policy-1.airtrust', '--add', 'qa=b/qa.cert.pem', '--out', 'two.airtrust')).code,
    ).toBe(0)
    expect((await run('trust', 'revoke', 'two.airtrust', ...alone)).out).toContain(
      `+ revokedKeys[${spki('a/qa')}].reason left`,
    )
  })
})

describe('trust recall', () => {
  it('grows by its own role and shrinks only with the root threshold', async () => {
    const { run, sign, judge, spki } = await makeTeams()
    const texts = ['--reason', 'valve stays open', '--instead', 'use 2.1.0']
    const add = (from: string[], out: string, ...what: string[]) =>
      run('trust', 'recall', ...from, '--out', out, ...texts, ...what)
    expect((await add([], '1.airtrust', '--id', 'R-1', '--signer', 'a/release.cert.pem')).code).toBe(0)
    await sign('1.airtrust', 'recall', 'a/recall')
    expect(await judge('1.airtrust')).toMatchObject({ verdict: 'accepted' })
    const two = await add(['1.airtrust'], '2.airtrust', '--id', 'R-0', '--below', 'pump=3', '--severity', 'critical')
    expect(two.out).toContain('+ entries[R-0].match.belowCounter.counter 3')
    await sign('2.airtrust', 'recall', 'a/recall')
    expect(await judge('2.airtrust', '--recall', '1.airtrust')).toMatchObject({ verdict: 'accepted' })
    expect((await run('bundle', 'diff', '1.airtrust', '2.airtrust')).out).toContain('  version 1 -> 2\n')
    expect((await run('bundle', 'inspect', '1.airtrust')).out).toContain(spki('a/release'))
    expect((await run('trust', 'recall', '2.airtrust', '--out', '3.airtrust', '--remove', 'R-1')).out).toContain(
      'recall and root',
    )
    await sign('3.airtrust', 'recall', 'a/recall')
    expect(await judge('3.airtrust', '--recall', '2.airtrust')).toMatchObject({ code: 'recall.rollback' })
    for (const root of ['a/root-1', 'a/root-2']) await sign('3.airtrust', 'root', root)
    expect(await judge('3.airtrust', '--recall', '2.airtrust')).toMatchObject({ verdict: 'accepted' })
  })

  it('takes exactly one thing an entry, once, in a form that a station reads', async () => {
    const { run } = await makeTeams()
    const recall = (...what: string[]) =>
      run('trust', 'recall', '--out', 'x.airtrust', '--reason', 'r', '--instead', 'i', '--id', 'R-1', ...what)
    expect((await recall()).code).toBe(2)
    expect((await recall('--payload', '00', '--bundle', '11')).code).toBe(2)
    expect((await recall('--payload', '00')).err).toContain('manifest.schema')
    expect((await recall('--below', 'pump=x')).code).toBe(2)
    expect((await recall('--below', 'pump=1')).code).toBe(0)
    expect((await run('trust', 'recall', 'x.airtrust', '--out', 'y.airtrust', '--remove', 'R-9')).code).toBe(2)
  })
})
