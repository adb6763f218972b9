// SPDX-License-Identifier: Apache-2.0
/** Requests and certificates of stations, made by Airlock and read by stock tools, and the other way round. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { noteKey } from '../../main/station/audit/note.ts'
import { makeEnrolment } from '../../main/station/bundles/enrolment.ts'
import { writeEnvelope } from '../../main/station/bundles/envelope/writer.ts'
import { cli } from '../support/station.ts'
import { makeKey, type KeyKind } from '../support/pki.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** The commands of docs/formats/enrolment.md, 5, as they stand there. */
const page = readFileSync('docs/formats/enrolment.md', 'utf8')
const [byHand = '', check = ''] = [/```sh\n([^]+?)```/, /```sh check\n([^]+?)```/].map(
  (block) => block.exec(page)?.[1] ?? '',
)
const bash = (folder: string, commands: string): string =>
  execFileSync('bash', ['-eu', '-o', 'pipefail', '-c', commands], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

const asked = async (kind: KeyKind = 'P-384') => {
  const folder = tempFolder()
  const at = (name: string): string => join(folder, name)
  await cli('trust', 'init', at('keys'))
  const log = noteKey('airlock.invalid/test/e1', new Uint8Array(32).fill(7)).vkey
  const station = 'c0a8f1de-1b2c-4d3e-8f90-123456789abc'
  const { entries } = makeEnrolment({ station, site: 'north', key: makeKey(kind), log, now: Date.now() })
  writeFileSync(at('station.airreq'), Buffer.concat([...writeEnvelope(entries)]))
  const verify = (): Promise<{ answer: unknown }> =>
    cli('trust', 'verify', at('station.cert.airtrust'), '--policy', at('keys/policy-1.airtrust'))
  const issue = (): Promise<unknown> => {
    const ca = ['--ca-key', at('keys/station-ca.key.pem'), '--ca-cert', at('keys/station-ca.cert.pem')]
    return cli('enrol', 'issue', at('station.airreq'), ...ca)
  }
  return { folder, at, verify, issue }
}

it.each(['P-256', 'P-384', 'RSA-3072'] as const)('a %s request is read and answered by openssl alone', async (kind) => {
  const { folder, verify } = await asked(kind)
  bash(folder, byHand)
  expect((await verify()).answer).toMatchObject({ verdict: 'accepted' })
})

it('a certificate that was issued here is read by openssl', async () => {
  const { folder, issue } = await asked()
  await issue()
  expect(bash(folder, check)).toContain('station.cert.pem: OK')
})

it('a request that was changed is refused by openssl too', async () => {
  const { folder, at } = await asked()
  const file = readFileSync(at('station.airreq'))
  file.write('"site":"south"', file.indexOf('"site":"north"'))
  writeFileSync(at('station.airreq'), file)
  expect(spawnSync('bash', ['-eu', '-o', 'pipefail', '-c', byHand], { cwd: folder }).status).not.toBe(0)
})
