// SPDX-License-Identifier: Apache-2.0
/** The command line as people use it: real processes, files in a folder, openssl beside it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openssl } from '../support/openssl.ts'
import { tempFolder } from '../support/temp-folder.ts'

const main = join(import.meta.dirname, '../../main/cli/main.ts')
const airlock = (folder: string, ...words: string[]): { code: number | null; out: string; err: string } => {
  const done = spawnSync(process.execPath, [main, ...words], { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, err: done.stderr }
}
const names = (folder: string, file: string): string[] =>
  execFileSync('tar', ['tf', file], { cwd: folder, encoding: 'utf8' }).trim().split('\n')

describe('airlock trust', () => {
  it('makes keys and a first policy whose signatures openssl verifies', () => {
    const folder = tempFolder()
    const made = airlock(
      folder,
      'trust',
      'init',
      'keys',
      '--roots',
      '3',
      '--threshold',
      '2',
      '--product',
      'pump',
      '--json',
    )
    expect(made.code).toBe(0)
    const { digest, words } = JSON.parse(made.out) as { digest: string; words: string[] }
    expect(statSync(join(folder, 'keys/root-1.key.pem')).mode & 0o777).toBe(0o600)
    execFileSync('tar', ['xf', 'keys/policy-1.airtrust'], { cwd: folder })
    expect(openssl(folder, 'dgst', '-sha256', '-r', 'manifest.json').toString()).toContain(digest)
    for (const n of [1, 2, 3]) {
      const files = [
        '-in',
        `manifest.json.root.${n}.p7s`,
        '-content',
        'manifest.json',
        '-CAfile',
        `keys/root-${n}.cert.pem`,
      ]
      openssl(folder, 'cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', ...files, '-out', 'out')
    }
    const seen = airlock(folder, 'trust', 'inspect', 'keys/policy-1.airtrust')
    expect(seen.out).toContain(words.join(' '))
    expect(seen.out).toContain('root: 2 of 3 keys')
    expect(airlock(folder, 'trust', 'init', 'keys').code).toBe(2)
  })

  it('packs the next step, and signs it with keys of the role only', () => {
    const folder = tempFolder()
    expect(airlock(folder, 'trust', 'init', 'keys').code).toBe(0)
    const { policy } = JSON.parse(airlock(folder, 'trust', 'inspect', 'keys/policy-1.airtrust', '--json').out) as {
      policy: object
    }
    writeFileSync(join(folder, 'next.json'), JSON.stringify({ ...policy, version: 2, counters: { pump: 4 } }, null, 2))
    expect(airlock(folder, 'trust', 'pack', 'next.json', '--out', 'policy-2.airtrust').code).toBe(0)
    const sign = (holder: string, ...more: string[]) =>
      airlock(
        folder,
        'bundle',
        'sign',
        'policy-2.airtrust',
        '--role',
        'root',
        '--key',
        `keys/${holder}.key.pem`,
        '--cert',
        `keys/${holder}.cert.pem`,
        ...more,
      )
    expect(sign('release').err).toContain('trust.purpose')
    expect(sign('root-1').out).toBe('manifest.json.root.p7s\n')
    expect(sign('root-1', '--number', '3', '--digest', 'sha512').code).toBe(0)
    expect(names(folder, 'policy-2.airtrust')).toEqual([
      'manifest.json',
      'manifest.json.root.3.p7s',
      'manifest.json.root.p7s',
    ])
    const again = ['trust', 'pack', 'next.json', '--out', 'policy-2.airtrust']
    expect(airlock(folder, ...again).err).toContain('it is there already')
    expect(names(folder, 'policy-2.airtrust')).toHaveLength(3)
    expect(airlock(folder, ...again, '--force').code).toBe(0)
    expect(names(folder, 'policy-2.airtrust')).toEqual(['manifest.json'])
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...policy, version: 0 }))
    expect(airlock(folder, 'trust', 'pack', 'wrong.json', '--out', 'x').err).toContain('policy.schema')
    expect(airlock(folder, 'trust', 'inspect', 'absent.airtrust').code).toBe(2)
  })

  it('counter-signs with a key of its own, which the policy in force may require', () => {
    const folder = tempFolder()
    expect(airlock(folder, 'trust', 'init', 'keys').code).toBe(0)
    const { policy } = JSON.parse(airlock(folder, 'trust', 'inspect', 'keys/policy-1.airtrust', '--json').out) as {
      policy: { roles: { root: object } }
    }
    const { pqKey } = JSON.parse(airlock(folder, 'trust', 'mldsa87-key', 'pq.pem', '--json').out) as { pqKey: string }
    expect(statSync(join(folder, 'pq.pem')).mode & 0o777).toBe(0o600)
    expect(airlock(folder, 'trust', 'mldsa87-key', 'pq.pem').code).toBe(2)
    const roles = { ...policy.roles, root: { ...policy.roles.root, pqKeys: [pqKey] } }
    const inForce = { ...policy, roles, pq: 'if-present' }
    writeFileSync(join(folder, 'in-force.json'), JSON.stringify(inForce))
    writeFileSync(join(folder, 'next.json'), JSON.stringify({ ...inForce, version: 2 }))
    for (const name of ['in-force', 'next'])
      airlock(folder, 'trust', 'pack', `${name}.json`, '--out', `${name}.airtrust`)
    const pair = ['--key', 'keys/root-1.key.pem', '--cert', 'keys/root-1.cert.pem']
    const sign = ['bundle', 'sign', 'next.airtrust', '--role', 'root', ...pair]
    expect(airlock(folder, ...sign, '--mldsa87-key', 'keys/root-1.key.pem').err).toContain('sig.key')
    expect(airlock(folder, ...sign, '--number', '2', '--mldsa87-key', 'pq.pem').out).toBe(
      'manifest.json.root.2.p7s\nmanifest.json.root.2.mldsa87.sig\n',
    )
    const judged = () => airlock(folder, 'trust', 'verify', 'next.airtrust', '--policy', 'in-force.airtrust', '--json')
    expect(JSON.parse(judged().out)).toMatchObject({ verdict: 'accepted', version: 2 })
    const file = readFileSync(join(folder, 'next.airtrust'))
    const at = file.indexOf('mldsa87.sig') + 3000
    writeFileSync(join(folder, 'next.airtrust'), file.fill((file[at] ?? 0) ^ 1, at, at + 1))
    expect(JSON.parse(judged().out)).toMatchObject({ verdict: 'refused', code: 'sig.pq-invalid' })
  })
})
