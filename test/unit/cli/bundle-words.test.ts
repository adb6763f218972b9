// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { airlock } from '../../support/airlock.ts'
import { firmwareManifest, testContents } from '../../support/bundle.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A folder with the contents of a bundle and its description. */
const described = (changes: object = {}) => {
  const folder = tempFolder()
  const at = (name: string) => join(folder, name)
  for (const [path, content] of Object.entries(testContents)) {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), content)
  }
  writeFileSync(at('bundle.json'), JSON.stringify({ ...firmwareManifest(), ...changes }))
  const pack = (...more: string[]) => airlock('bundle', 'pack', at('bundle.json'), '--out', at('a.airfw'), ...more)
  return { at, pack }
}

it('packs over no file that is there, unless it is told to', async () => {
  const { at, pack } = described()
  writeFileSync(at('a.airfw'), 'signed in an hour of work')
  const refused = await pack()
  expect(refused.code).toBe(2)
  expect(refused.err).toContain('it is there already; --force replaces it')
  expect(readFileSync(at('a.airfw'), 'utf8')).toBe('signed in an hour of work')
  const forced = await pack('--force')
  expect(forced.code).toBe(0)
  expect(forced.out).toMatch(/^.*a\.airfw\nmanifest [0-9a-f]{64}\n$/)
})

it('names a key of a description that the format does not know, and a value that is wrong', async () => {
  const unknown = await described({ relased: '2026' }).pack('--json')
  expect(JSON.parse(unknown.out)).toEqual({
    error: { code: 'manifest.schema', details: { field: 'relased', why: 'Unrecognized key: "relased"' } },
  })
  const wrong = await described({ securityCounter: 'three' }).pack('--json')
  expect(JSON.parse(wrong.out)).toMatchObject({ error: { details: { field: 'securityCounter' } } })
})

it('says of an accepted bundle what it is and who signed it', async () => {
  const { at, pack } = described()
  await airlock('trust', 'init', at('keys'))
  await pack()
  for (const role of ['release', 'qa']) {
    const pair = ['--key', at(`keys/${role}.key.pem`), '--cert', at(`keys/${role}.cert.pem`)]
    expect((await airlock('bundle', 'sign', at('a.airfw'), '--role', role, ...pair)).code).toBe(0)
  }
  const { digest } = JSON.parse((await airlock('bundle', 'digest', at('a.airfw'), '--json')).out) as { digest: string }
  const { code, out } = await airlock('bundle', 'verify', at('a.airfw'), '--policy', at('keys/policy-1.airtrust'))
  expect(code).toBe(0)
  expect(out).toContain('accepted\n')
  expect(out).toContain(`product   acme pump, production\nversion   2.0.0\nmanifest  ${digest}\nsigned    qa release\n`)
})

it('says nothing of a bundle that is refused but why', async () => {
  const { at, pack } = described()
  await airlock('trust', 'init', at('keys'))
  await pack()
  const { code, out } = await airlock('bundle', 'verify', at('a.airfw'), '--policy', at('keys/policy-1.airtrust'))
  expect(code).toBe(1)
  expect(out).toContain('refused: sig.missing\n')
  expect(out).not.toContain('product')
})
