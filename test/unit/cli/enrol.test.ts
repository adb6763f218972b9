// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { airlock } from '../../support/airlock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const made = async () => {
  const folder = tempFolder()
  const at = (name: string) => join(folder, name)
  expect((await airlock('trust', 'init', at('keys'))).code).toBe(0)
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writeFileSync(at('station.pub.pem'), publicKey.export({ format: 'pem', type: 'spki' }))
  const issue = async (key: string, certificate: string) => {
    const ca = ['--ca-key', at(`keys/${key}.key.pem`), '--ca-cert', at(`keys/${certificate}.cert.pem`)]
    return await airlock('enrol', 'issue', '--key', at('station.pub.pem'), ...ca, '--out', at('station.pem'))
  }
  return { at, issue }
}

it('takes no key that is not the one of the CA', async () => {
  const { at, issue } = await made()
  const { code, err } = await issue('release', 'station-ca')
  expect(code).toBe(2)
  expect(err).toContain(`it is not the key of ${at('keys/station-ca.cert.pem')}`)
})

it('takes no certificate that may not issue others', async () => {
  const { at, issue } = await made()
  const { code, err } = await issue('release', 'release')
  expect(code).toBe(2)
  expect(err).toContain(`${at('keys/release.cert.pem')}.\nThe reason: it is no certificate of a CA.`)
})

it('overwrites no certificate', async () => {
  const { at, issue } = await made()
  expect((await issue('station-ca', 'station-ca')).code).toBe(0)
  const first = readFileSync(at('station.pem'))
  const again = await issue('station-ca', 'station-ca')
  expect(again.code).toBe(2)
  expect(again.err).toContain('it is there already')
  expect(readFileSync(at('station.pem'))).toEqual(first)
})
