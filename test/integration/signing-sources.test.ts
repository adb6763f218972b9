// SPDX-License-Identifier: Apache-2.0
/** Keys that are no plain file: PKCS#12, and a PKCS#11 token (SoftHSM) through openssl's engine. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openssl } from '../support/openssl.ts'
import { tempFolder } from '../support/temp-folder.ts'

const main = join(import.meta.dirname, '../../main/cli/main.ts')
type Done = { code: number | null; out: string; err: string }

/** A folder with the team's keys and an unsigned recall list; `run` is the command line in it. */
const makeTeam = () => {
  const folder = tempFolder()
  const run = (environment: Record<string, string>, ...words: string[]): Done => {
    const env = { ...process.env, ...environment }
    const done = spawnSync(process.execPath, [main, ...words], { cwd: folder, encoding: 'utf8', env })
    return { code: done.status, out: done.stdout, err: done.stderr }
  }
  expect(run({}, 'trust', 'init', 'keys').code).toBe(0)
  const what = ['--id', 'R-1', '--below', 'pump=3', '--reason', 'valve stays open', '--instead', 'use 2.1.0']
  expect(run({}, 'trust', 'recall', '--out', 'recall.airtrust', ...what).out).toContain('sign as recall')
  const verdict = (): unknown =>
    JSON.parse(run({}, 'trust', 'verify', 'recall.airtrust', '--policy', 'keys/policy-1.airtrust', '--json').out)
  return { folder, run, verdict }
}

describe('a PKCS#12 file', () => {
  it('signs with the password from the environment, and says so when it is wrong', () => {
    const { folder, run, verdict } = makeTeam()
    const pair = ['-inkey', 'keys/recall.key.pem', '-in', 'keys/recall.cert.pem']
    openssl(folder, 'pkcs12', '-export', ...pair, '-passout', 'pass:open sesame', '-out', 'recall.p12')
    const words = ['bundle', 'sign', 'recall.airtrust', '--role', 'recall', '--pkcs12', 'recall.p12']
    const wrong = run({ AIRLOCK_KEY_PASSWORD: 'shut' }, ...words)
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('invalid password')
    expect(verdict()).toMatchObject({ code: 'sig.missing' })
    expect(run({ AIRLOCK_KEY_PASSWORD: 'open sesame' }, ...words).code).toBe(0)
    expect(verdict()).toMatchObject({ verdict: 'accepted' })
  })
})

describe('a PKCS#11 token', () => {
  /** SoftHSM with one token that holds the recall key, and nothing else of this machine's. */
  const makeToken = (folder: string) => {
    mkdirSync(join(folder, 'tokens'))
    writeFileSync(join(folder, 'softhsm.conf'), `directories.tokendir = ${join(folder, 'tokens')}\n`)
    const environment = {
      SOFTHSM2_CONF: join(folder, 'softhsm.conf'),
      PKCS11_MODULE_PATH: '/usr/lib/softhsm/libsofthsm2.so',
    }
    const softhsm = (...words: string[]) =>
      execFileSync('softhsm2-util', words, { cwd: folder, env: { ...process.env, ...environment }, stdio: 'pipe' })
    softhsm('--init-token', '--free', '--label', 'team', '--so-pin', '12345678', '--pin', '87654321')
    softhsm(
      '--import',
      'keys/recall.key.pem',
      '--token',
      'team',
      '--label',
      'recall',
      '--id',
      '01',
      '--pin',
      '87654321',
    )
    return environment
  }

  it('signs without the key ever leaving it', () => {
    const { folder, run, verdict } = makeTeam()
    const environment = makeToken(folder)
    // The key is in the token only from here on.
    writeFileSync(join(folder, 'keys/recall.key.pem'), '')
    const uri = 'pkcs11:token=team;object=recall;type=private'
    const words = ['bundle', 'sign', 'recall.airtrust', '--role', 'recall', '--cert', 'keys/recall.cert.pem']
    const sign = (pin: string, ...more: string[]) => run({ ...environment, AIRLOCK_TOKEN_PIN: pin }, ...words, ...more)
    expect(sign('00000000', '--token', uri).err).toContain('Login failed')
    expect(sign('87654321', '--token', `${uri}?pin-value=87654321`).code).toBe(2)
    expect(sign('87654321', '--token', uri)).toMatchObject({ code: 0, out: 'manifest.json.recall.p7s\n' })
    expect(verdict()).toMatchObject({ verdict: 'accepted' })
  })
})

describe('bundle resign', () => {
  it("puts a new signature in the place of the role's old ones and leaves the others", () => {
    const { folder, run } = makeTeam()
    const by = (verb: string, role: string, ...more: string[]) => {
      const pair = ['--key', `keys/${role}.key.pem`, '--cert', `keys/${role}.cert.pem`]
      return run({}, 'bundle', verb, 'recall.airtrust', '--role', role, ...pair, ...more)
    }
    expect(by('sign', 'recall').code).toBe(0)
    expect(by('sign', 'recall', '--number', '2').code).toBe(0)
    expect(by('sign', 'privacy').code).toBe(0)
    const names = () =>
      execFileSync('tar', ['tf', 'recall.airtrust'], { cwd: folder, encoding: 'utf8' }).trim().split('\n')
    const before = readFileSync(join(folder, 'recall.airtrust'))
    expect(by('resign', 'recall', '--digest', 'sha512').out).toBe('manifest.json.recall.p7s\n')
    expect(names()).toEqual(['manifest.json', 'manifest.json.privacy.p7s', 'manifest.json.recall.p7s'])
    expect(readFileSync(join(folder, 'recall.airtrust')).equals(before)).toBe(false)
    writeFileSync(join(folder, 'before.airtrust'), before)
    const same = run({}, 'bundle', 'diff', 'before.airtrust', 'recall.airtrust', '--json')
    expect(JSON.parse(same.out)).toMatchObject({ same: true, changes: [] })
  })
})
