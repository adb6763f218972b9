// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createExports } from '../../../main/station/exports/exports.ts'
import {
  actions,
  approved,
  code,
  medium,
  period,
  request,
  testExports,
  testJob,
  write,
  type TestExports,
} from '../../support/exports.ts'
import { tempFolder } from '../../support/temp-folder.ts'

describe('an export', () => {
  it('goes from a request over a second person to a medium, with an audit entry at each step', async () => {
    const test = await testExports()
    const folder = tempFolder()
    const { id, content_digest } = await approved(test)
    const copy = await write(test, id, folder)
    expect(copy).toMatchObject({
      number: 1,
      medium: 'stick-1',
    })
    expect(copy.name).toMatch(/^export-000001-.{8}\.airtlm$/)
    const bytes = readFileSync(join(folder, copy.name))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(copy.sha256)
    expect(readdirSync(folder)).toEqual([copy.name])
    expect(test.exports.get(id)).toMatchObject({ state: 'written', number: 1, content_digest, sha256: copy.sha256 })
    expect(actions(test)).toEqual([
      'export.request ok monthly report',
      'export.approve ok',
      'export.archive ok',
      'export.write ok',
    ])
  })

  it('names nothing that the site keeps to itself, in clear files, preview report and archive', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const folder = tempFolder()
    const { name } = await write(test, id, folder)
    const clear = readdirSync(join(test.folder, 'exports', 'clear')).map((file) =>
      readFileSync(join(test.folder, 'exports', 'clear', file), 'utf8'),
    )
    const archive = readFileSync(join(folder, name), 'latin1')
    for (const secret of [
      'SN-00417-A',
      'Castellanos',
      'PRESS_LINE-4',
      'jsmith',
      'press7',
      'Olga',
      'Brandt',
      'tom',
      '"north"',
    ])
      for (const text of [...clear, archive]) expect(text.toLowerCase()).not.toContain(secret.toLowerCase())
    expect(archive).toContain('"kind":"airlock.telemetry"')
  })

  it('keeps clear bytes and archives readable by the station alone', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    await write(test, id, tempFolder())
    for (const below of ['clear', 'archives', 'previews', 'maps']) {
      const folder = join(test.folder, 'exports', below)
      expect(readdirSync(folder).length).toBeGreaterThan(0)
      for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, below).toBe(0)
    }
  })

  it('shows what leaves: counts, surviving strings by rarity, samples side by side', async () => {
    const test = await testExports()
    const { id, content_digest } = await request(test)
    const preview = test.exports.preview(id)
    expect(preview.contentDigest).toBe(content_digest)
    expect(preview.tables.map(({ table, recordsIn, recordsOut }) => [table, recordsIn, recordsOut])).toEqual([
      ['events', 1, 1],
      ['points', 1, 1],
      ['sessions', 1, 1],
    ])
    expect(preview.strings).toContainEqual({ table: 'points', field: 'series', value: 'motor.temperature', count: 1 })
    expect(preview.removed).toContainEqual({
      table: 'sessions',
      field: 'port',
      rule: 'field',
      action: 'drop',
      count: 1,
    })
    const sample = preview.samples.find(({ table }) => table === 'events')
    expect(sample?.before).toMatchObject({ device: 'SN-00417-A' })
    expect(sample?.line).toMatch(/"device":"device-[a-z2-7]{16}"/)
  })
})

describe('an approval', () => {
  it('is refused to whoever asked (ux 49)', async () => {
    const test = await testExports()
    const officer = await test.session('piet')
    const { id, content_digest } = await test.exports.request(period, officer, 'officer', testJob())
    const proof = await test.proof(officer)
    expect(() => test.exports.approve({ id, contentDigest: content_digest }, proof, 'officer')).toThrow(
      code('export.same-person'),
    )
    expect(actions(test).at(-1)).toBe('export.approve refused export.same-person')
    expect(test.exports.get(id).state).toBe('requested')
  })

  it('is refused when the digest on the screen is not the stored one', async () => {
    const test = await testExports()
    const { id } = await request(test)
    const proof = await test.proof(await test.session('olga'))
    expect(() => test.exports.approve({ id, contentDigest: 'b'.repeat(64) }, proof, 'officer')).toThrow(
      code('export.changed'),
    )
    expect(test.exports.get(id).state).toBe('requested')
  })

  it('of one request does not fit another with the same content', async () => {
    const test = await testExports()
    const first = await approved(test)
    const second = await request(test)
    expect(second.content_digest).toBe(first.content_digest)
    const signatures = test.identity.signatures.of({ type: 'export', id: second.id }, second.content_digest)
    expect(signatures).toEqual([])
    await expect(write(test, second.id, tempFolder())).rejects.toEqual(code('export.state'))
  })

  it('carries the digest, and shows invalid for any other', async () => {
    const test = await testExports()
    const { id, content_digest } = await approved(test)
    const of = (digest: string) => test.identity.signatures.of({ type: 'export', id }, digest)
    expect(of(content_digest)).toMatchObject([{ name: 'Olga Brandt', meaning: 'approved', valid: true }])
    expect(of('c'.repeat(64))).toMatchObject([{ valid: false }])
  })

  it('falls when the clear bytes are edited before it, and the request is voided (ux 51)', async () => {
    const test = await testExports()
    const { id, content_digest, tables } = await request(test)
    edit(test, tables[0]?.sha256)
    const proof = await test.proof(await test.session('olga'))
    expect(() => test.exports.approve({ id, contentDigest: content_digest }, proof, 'officer')).toThrow(
      code('export.changed'),
    )
    expect(test.exports.get(id).state).toBe('voided')
  })

  it('is for a preview that can be opened again a year later as it was, and is not shown when it is not (ux 55)', async () => {
    const test = await testExports()
    const { id } = await request(test)
    const seen = test.exports.preview(id)
    const proof = await test.proof(await test.session('olga'))
    const { contentDigest, newFields } = seen
    test.exports.approve({ id, contentDigest, newFields }, proof, 'officer')
    await write(test, id, tempFolder())
    test.clock.advance(366 * 86_400_000)
    const later = createExports(test.dependencies)
    later.recover()
    expect(later.preview(id)).toEqual(seen)
    expect(seen.samples.some(({ before }) => before['device'] === 'SN-00417-A')).toBe(true)
    const file = join(test.folder, 'exports', 'previews', `${id}.json`)
    writeFileSync(file, readFileSync(file, 'utf8').replace('SN-00417-A', 'SN-00418-A'))
    expect(() => later.preview(id)).toThrow(code('export.preview'))
  })

  it('falls when the clear bytes are edited between approval and writing', async () => {
    const test = await testExports()
    const { id, tables } = await approved(test)
    edit(test, tables[0]?.sha256)
    const folder = tempFolder()
    await expect(write(test, id, folder)).rejects.toEqual(code('export.changed'))
    expect(readdirSync(folder)).toEqual([])
    expect(test.exports.get(id).state).toBe('voided')
  })

  it('is refused while a field that no earlier approval let out is undecided (ux 47)', async () => {
    const test = await testExports()
    await approved(test)
    test.records.push({ table: 'points', fields: { ...test.records[1]?.fields, labels: '{"phase":"b"}', seq: 9 } })
    const { id, content_digest } = await request(test)
    expect(test.exports.preview(id).newFields).toEqual(['points.labels.phase'])
    const olga = await test.session('olga')
    const shown = { id, contentDigest: content_digest }
    const proof = await test.proof(olga)
    expect(() => test.exports.approve(shown, proof, 'officer')).toThrow(code('export.new-field'))
    const decided = { ...shown, newFields: ['points.labels.phase'] }
    expect(test.exports.approve(decided, await test.proof(olga), 'officer').state).toBe('approved')
  })

  it('cannot be given twice, nor after a rejection', async () => {
    const test = await testExports()
    const { id, content_digest } = await request(test)
    const olga = await test.session('olga')
    expect(test.exports.reject(id, 'wrong month', await test.proof(olga), 'officer').state).toBe('rejected')
    const proof = await test.proof(olga)
    expect(() => test.exports.approve({ id, contentDigest: content_digest }, proof, 'officer')).toThrow(
      code('export.state'),
    )
    await expect(write(test, id, tempFolder())).rejects.toEqual(code('export.state'))
  })

  it('is rejected only with a reason', async () => {
    const test = await testExports()
    const { id } = await request(test)
    const proof = await test.proof(await test.session('olga'))
    expect(() => test.exports.reject(id, ' ', proof, 'officer')).toThrow(code('call.parameters'))
  })
})

const edit = (test: TestExports, digest = ''): void => {
  const path = join(test.folder, 'exports', 'clear', digest)
  writeFileSync(path, readFileSync(path, 'utf8').replace('"seq":', '"seq": '))
}

describe('the leak scan', () => {
  it('refuses without a dictionary, and no archive, preview or clear file comes of it', async () => {
    const test = await testExports()
    test.dictionary.words = undefined
    await expect(request(test)).rejects.toEqual(code('export.leak'))
    expect(test.exports.list()).toEqual([])
    expect(readdirSync(join(test.folder, 'exports', 'clear'))).toEqual([])
    expect(actions(test)).toEqual(['export.request refused export.leak'])
  })

  it('refuses a canary that came through', async () => {
    const test = await testExports({ canaries: ['motor.temperature'] })
    await expect(request(test)).rejects.toEqual(code('export.leak'))
  })

  it('refuses a manifest that names the site by a word of its dictionary', async () => {
    const test = await testExports({ names: { site: 'castellanos', station: 'c0ffee00-0000-4000-8000-000000000001' } })
    await expect(request(test)).rejects.toEqual(code('export.leak'))
  })
})

describe('an empty period', () => {
  it('gives no request', async () => {
    const test = await testExports({ records: () => [] })
    await expect(request(test)).rejects.toEqual(code('export.nothing'))
  })
})

describe('archive numbers', () => {
  it('have no gap, and each archive names the one before', async () => {
    const test = await testExports()
    const ids: string[] = []
    for (let i = 0; i < 3; i++) {
      const { id } = await approved(test)
      ids.push(id)
    }
    const folder = tempFolder()
    await Promise.all(ids.map((id) => write(test, id, folder)))
    const rows = ids.map((id) => test.exports.get(id))
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3])
    expect(rows.map(({ previous }) => previous)).toEqual([null, rows[0]?.archive_id, rows[1]?.archive_id])
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('are given when the archive is signed: a failed signature takes none', async () => {
    let broken = true
    const test = await testExports()
    const { sign } = test.dependencies
    const exports = createExports({
      ...test.dependencies,
      sign: (manifest) => {
        if (broken) throw new Error('no key')
        return sign(manifest)
      },
    })
    const { id } = await approved(test)
    const session = await test.session('olga')
    const folder = tempFolder()
    const attempt = () => exports.write(id, medium(folder), session, 'officer', testJob())
    await expect(attempt()).rejects.toThrow('no key')
    expect(exports.get(id)).toMatchObject({ state: 'approved', number: null })
    expect(readdirSync(join(test.folder, 'exports', 'archives'))).toEqual([])
    broken = false
    expect((await attempt()).number).toBe(1)
  })
})
