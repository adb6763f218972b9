// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { noteKey } from '../../../main/station/audit/note.ts'
import { makeEnrolment } from '../../../main/station/bundles/enrolment.ts'
import { writeEnvelope } from '../../../main/station/bundles/envelope/writer.ts'
import { fingerprintOf } from '../../../main/station/trust/fingerprint.ts'
import { airlock } from '../../support/airlock.ts'
import { testClock } from '../../support/clock.ts'
import { stationId } from '../../support/enrolment.ts'
import { makeHolder, testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const { key, spki } = makeHolder('station')
const { vkey } = noteKey('airlock.invalid/test/e1', new Uint8Array(32).fill(7))

const made = async () => {
  const folder = tempFolder()
  const at = (name: string) => join(folder, name)
  expect((await airlock('trust', 'init', at('keys'))).code).toBe(0)
  const asking = { station: stationId, site: 'plant-north', key, log: vkey, now: testClock().now() }
  writeFileSync(at('station.airreq'), Buffer.concat([...writeEnvelope(makeEnrolment(asking).entries)]))
  const issue = async (holder: string, certificate: string, ...more: string[]) => {
    const ca = ['--ca-key', at(`keys/${holder}.key.pem`), '--ca-cert', at(`keys/${certificate}.cert.pem`)]
    return await airlock('enrol', 'issue', at('station.airreq'), ...ca, ...more)
  }
  return { at, issue }
}

const facts = { station: stationId, site: 'plant-north', key: spki, words: fingerprintOf(spki), log: vkey }

it('shows whose request it is, by the words of its key', async () => {
  const { at } = await made()
  const shown = await airlock('enrol', 'inspect', at('station.airreq'))
  expect(shown.code).toBe(0)
  expect(shown.out).toContain(`words    ${facts.words.join(' ')}\n`)
  expect(shown.out).toContain(`key      ${spki.slice(0, 8)} ${spki.slice(8, 16)} `)
  const { out } = await airlock('enrol', 'inspect', at('station.airreq'), '--json')
  expect(JSON.parse(out)).toMatchObject({ verdict: 'accepted', ...facts })
})

it('issues a certificate that the policy of its CA takes', async () => {
  const { at, issue } = await made()
  const issued = await issue('station-ca', 'station-ca', '--json')
  expect(issued.code).toBe(0)
  const file = at('station.cert.airtrust')
  expect(JSON.parse(issued.out)).toMatchObject({ certificate: file, ...facts })
  const policy = ['--policy', at('keys/policy-1.airtrust')]
  expect((await airlock('trust', 'verify', file, ...policy)).code).toBe(0)
  // A folder is judged for what it says of trust: one station's certificate says nothing of it.
  expect(JSON.parse((await airlock('trust', 'verify', at('.'), ...policy, '--json')).out)).toMatchObject({ files: [] })
  expect((await airlock('trust', 'verify', file)).err).toContain('policy.absent')
})

it('refuses a certificate of another CA', async () => {
  const { at, issue } = await made()
  expect((await issue('station-ca', 'station-ca')).code).toBe(0)
  expect((await airlock('trust', 'init', at('others'))).code).toBe(0)
  const words = [at('station.cert.airtrust'), '--policy', at('others/policy-1.airtrust'), '--json']
  const judged = await airlock('trust', 'verify', ...words)
  expect(judged.code).toBe(1)
  expect(JSON.parse(judged.out)).toMatchObject({ code: 'trust.unknown-signer' })
})

it('issues nothing for a request that was changed on the way', async () => {
  const { at, issue } = await made()
  const request = readFileSync(at('station.airreq'))
  request.write('plant-south', request.indexOf('plant-north'))
  writeFileSync(at('station.airreq'), request)
  const { code, out } = await issue('station-ca', 'station-ca')
  expect(code).toBe(1)
  expect(out).toContain('refused: sig.digest')
  expect(() => readFileSync(at('station.cert.airtrust'))).toThrow('ENOENT')
  expect((await airlock('enrol', 'inspect', at('station.airreq'))).code).toBe(1)
})

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

it('overwrites no certificate, and writes to no name that a station would not know', async () => {
  const { at, issue } = await made()
  expect((await issue('station-ca', 'station-ca')).code).toBe(0)
  const first = readFileSync(at('station.cert.airtrust'))
  const again = await issue('station-ca', 'station-ca')
  expect(again.code).toBe(2)
  expect(again.err).toContain('it is there already')
  expect(readFileSync(at('station.cert.airtrust'))).toEqual(first)
  expect((await issue('station-ca', 'station-ca', '--out', at('station.airtrust'))).err).toContain('.cert.airtrust')
})

it('issues nothing by a CA that has ended', async () => {
  const { at, issue } = await made()
  const ended = makeHolder('ca', { validUntil: testClock().now() - 86_400_000 })
  writeFileSync(at('keys/ended.key.pem'), ended.key)
  writeFileSync(at('keys/ended.cert.pem'), ended.certificate)
  const { code, err } = await issue('ended', 'ended')
  expect(code).toBe(2)
  expect(err).toContain('it is valid from 2026-01-01T00:00:00Z to ')
  expect(() => readFileSync(at('station.cert.airtrust'))).toThrow('ENOENT')
})

it('ends a certificate with its CA', async () => {
  const { at, issue } = await made()
  const { key: caKey, certificate } = testPki().stationCa
  writeFileSync(at('keys/short.key.pem'), caKey)
  writeFileSync(at('keys/short.cert.pem'), certificate)
  const { out } = await issue('short', 'short', '--years', '50', '--json')
  expect(JSON.parse(out)).toMatchObject({ validUntil: '2036-01-01T00:00:00Z' })
})
