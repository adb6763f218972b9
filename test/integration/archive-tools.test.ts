// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { piecesOf } from '../../main/station/exports/archive/clear-table.ts'
import { telemetryManifestSchema } from '../../shared/formats/telemetry-archive.ts'
import { clearTable, makeRecipient, makeStation, writeTrust } from '../support/archive.ts'
import { testPki } from '../support/pki.ts'
import { tempFolder } from '../support/temp-folder.ts'

const run = (cwd: string, line: string) => {
  const [command = '', ...words] = line.split(' ')
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, maxBuffer: 2 ** 28 })
  return { status, stdout: stdout.toString(), said: stderr.toString() }
}

/** Two megabytes of lines, so that age's chunks and zstd's blocks are more than one. */
const rows = Array.from({ length: 20_000 }, (_, n) => ({
  device: `dev-${n % 7}`,
  labels: '{"core":"°C ✓"}',
  seq: n,
  series: 'temperature',
  session: 'ses-1',
  t: 1_778_371_200_000 + n,
  value: Math.sin(n),
}))

it('opens with tar, openssl, age and zstd alone and yields the exact clear bytes', async () => {
  const folder = tempFolder()
  const recipient = await makeRecipient()
  const { identity } = writeTrust(folder, recipient)
  const table = clearTable('points', rows)
  await makeStation(recipient.recipient).write(join(folder, 'a.airtlm'), [table])
  const open = join(folder, 'open')
  mkdirSync(open)
  writeFileSync(join(folder, 'ca.pem'), testPki().stationCa.certificate)

  expect(run(open, 'tar -xf ../a.airtlm').status).toBe(0)
  const cms = 'openssl cms -verify -binary -inform DER -in manifest.json.station.p7s -content manifest.json'
  const verified = run(open, `${cms} -CAfile ../ca.pem -purpose any -attime 1780308000 -out /dev/null`)
  expect(verified.said).toMatch(/verification successful/i)
  const manifest = telemetryManifestSchema.parse(JSON.parse(readFileSync(join(open, 'manifest.json'), 'utf8')))
  const [payload] = manifest.payloads
  expect(payload?.path).toBe('payload/points.ndjson.zst.age')
  expect(run(open, `sha256sum ${payload?.path}`).stdout).toContain(payload?.sha256)
  expect(run(open, `age -d -i ${identity} -o points.zst ${payload?.path}`)).toMatchObject({ status: 0 })
  expect(run(open, 'zstd -q -d points.zst -o points.ndjson')).toMatchObject({ status: 0 })
  expect(readFileSync(join(open, 'points.ndjson'))).toEqual(Buffer.concat([...piecesOf(table)]))
  expect(run(open, 'sha256sum points.ndjson').stdout).toContain(payload?.clearSha256)

  // The content digest by hand: the canonical list of clear paths and digests.
  writeFileSync(join(open, 'list.json'), `[{"path":"points.ndjson","sha256":"${payload?.clearSha256}"}]`)
  expect(run(open, 'sha256sum list.json').stdout).toContain(manifest.contentDigest)
})
