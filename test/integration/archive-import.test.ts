// SPDX-License-Identifier: Apache-2.0
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { archiveCommands } from '../../main/cli/commands/archive.ts'
import type { Io } from '../../main/cli/command.ts'
import { openLake } from '../../main/cli/lake/lake.ts'
import { AirlockError } from '../../shared/errors.ts'
import { clearTable, makeRecipient, makeStation, writeTrust, type Row } from '../support/archive.ts'
import { testClock } from '../support/clock.ts'
import { makeHolder, testPki } from '../support/pki.ts'
import { tempFolder } from '../support/temp-folder.ts'

const start = Date.parse('2026-05-10T00:00:00Z')
const points = (count: number, from = 0): Row[] =>
  Array.from({ length: count }, (_, n) => ({
    session: 'ses-1',
    device: 'dev-1',
    series: 'temperature',
    labels: '{}',
    kind: 'gauge',
    t: start + (from + n) * 1000,
    seq: from + n,
    value: 20 + (n % 7) / 10,
  }))
const other = '99999999-2222-4333-8444-555555555555'

/** A firmware team: policy, key, an empty lake, the command line, and one station that writes for it. */
const team = async () => {
  const folder = tempFolder()
  const recipient = await makeRecipient()
  const trust = writeTrust(folder, recipient)
  const lake = join(folder, 'lake')
  const ask = async (...words: string[]): Promise<unknown> => {
    let text = ''
    const io: Io = { out: (part) => void (text += part), err: () => undefined, clock: testClock(), env: {} }
    const command = archiveCommands.find(({ name }) => name === words.slice(0, 2).join(' '))
    const exit = await command?.run([...words.slice(2), '--json'], io)
    const answer: unknown = JSON.parse(text)
    return { exit, answer }
  }
  const take = (files: string[], ...words: string[]): Promise<unknown> =>
    ask('archive', 'import', ...files, '--lake', lake, '--policy', trust.policy, '--identity', trust.identity, ...words)
  const count = async (table: string): Promise<number> => {
    const opened = await openLake(lake)
    const rows = await opened.all(
      z.object({ n: z.number() }),
      `SELECT coalesce(sum(rows), 0)::DOUBLE AS n FROM file WHERE tbl = '${table}'`,
    )
    opened.close()
    return rows[0]?.n ?? 0
  }
  const path = (name: string): string => join(folder, name)
  return { folder, lake, path, trust, ask, take, count, recipient, station: makeStation(recipient.recipient) }
}

const accepted = (rows: number) => ({ exit: 0, answer: { rows, archives: [{ verdict: 'accepted', rows }] } })
const turnedAway = (verdict: string, code: string) => ({
  exit: 1,
  answer: { rows: 0, archives: [{ verdict, code, rows: 0 }] },
})

describe('archive import', () => {
  it('loads rows once, however often the archive comes', async () => {
    const { path, take, lake, count, station } = await team()
    const { archiveId } = await station.write(path('a'), { points: points(300), crashes: [] })
    expect(await take([path('a')])).toMatchObject(accepted(300))
    expect(existsSync(join(lake, `points/site=site-a/month=2026-05/${archiveId}.parquet`))).toBe(true)
    expect(await take([path('a')])).toMatchObject({
      ...accepted(0),
      answer: { archives: [{ already: true, rows: 0 }] },
    })
    expect(await count('points')).toBe(300)
    expect(readdirSync(join(lake, '.staging'))).toEqual([])
  })

  it('loads into a lake that is reached by a link and has a name that needs quoting', async () => {
    const { folder, path, take, lake, station } = await team()
    mkdirSync(path("lake's own"))
    symlinkSync(path("lake's own"), lake)
    await station.write(path('a'), { points: points(3) })
    expect(await take([path('a')])).toMatchObject(accepted(3))
    expect(readdirSync(join(folder, "lake's own", 'points'))).toEqual(['site=site-a'])
  })

  it('puts archives into the order of their chain, whatever the order of the words', async () => {
    const { path, take, station } = await team()
    await station.write(path('z'), { points: points(1) })
    await station.write(
      path('a'),
      { points: points(1, 1) },
      { range: { from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' } },
    )
    expect(await take([path('a'), path('z')])).toMatchObject({ exit: 0, answer: { rows: 2 } })
  })

  it('loads the rows of overlapping exports once', async () => {
    const { path, take, count, station } = await team()
    await station.write(path('a'), { points: points(100) })
    await station.write(path('b'), { points: points(100, 60), sessions: [{ session: 'ses-1', started: start }] })
    expect(await take([path('a'), path('b')])).toMatchObject({ exit: 0, answer: { rows: 161 } })
    expect(await count('points')).toBe(160)
  })

  it('keeps equal rows apart where the policy dropped what tells them apart', async () => {
    const { path, take, count, station } = await team()
    const same = { device: 'dev-1', template: 'restarted' }
    await station.write(path('a'), { events: [same, same] })
    await station.write(path('b'), { events: [same] })
    await take([path('a'), path('b')])
    expect(await count('events')).toBe(3)
  })

  it('quarantines an archive behind a gap until the missing one or a reason comes', async () => {
    const { path, take, lake, station } = await team()
    await station.write(path('1'), { points: points(1) })
    await station.write(path('2'), { points: points(1, 1) })
    const { archiveId } = await station.write(path('3'), { points: points(1, 2) })
    await take([path('1')])
    expect(await take([path('3')])).toMatchObject(turnedAway('quarantined', 'archive.gap'))
    const kept = join(lake, 'quarantine', `${archiveId}.airtlm`)
    expect(readFileSync(kept).equals(readFileSync(path('3')))).toBe(true)
    expect(await take([kept], '--allow-gap', 'stick 2 was lost')).toMatchObject(accepted(1))
    expect(existsSync(kept)).toBe(false)
    expect(await take([path('2')])).toMatchObject(accepted(1))
  })

  it('wants a reason for a gap', async () => {
    const { path, take, station } = await team()
    await station.write(path('1'), { points: points(1) })
    await expect(take([path('1')], '--allow-gap', ' ')).rejects.toMatchObject({ code: 'usage' })
  })

  it('refuses a second archive with a number that is taken', async () => {
    const { path, take, station } = await team()
    await station.fork(path('1'), { points: points(1) })
    await station.write(path('other-1'), { points: points(2) })
    await take([path('1')])
    expect(await take([path('other-1')])).toMatchObject(turnedAway('refused', 'rollback.equivocation'))
  })

  it('refuses an archive with one changed byte, and loads none of its rows', async () => {
    const { path, take, count, station } = await team()
    await station.write(path('a'), { points: points(300) })
    const content = readFileSync(path('a'))
    const file = openSync(path('a'), 'r+')
    writeSync(file, Buffer.of((content[content.length - 1600] ?? 0) ^ 1), 0, 1, content.length - 1600)
    closeSync(file)
    expect(await take([path('a')])).toMatchObject(turnedAway('refused', 'payload.digest'))
    expect(await count('points')).toBe(0)
  })

  it('quarantines an archive whose signer the policy does not know', async () => {
    const { path, take, lake, recipient } = await team()
    const stranger = makeStation(recipient.recipient, { holder: makeHolder('station', { issuer: makeHolder('ca') }) })
    const { archiveId } = await stranger.write(path('a'), { points: points(1) })
    expect(await take([path('a')])).toMatchObject(turnedAway('quarantined', 'archive.unknown-station'))
    await take([path('a')])
    // By its own id though nobody trusts it yet: once, and gone from the report when it is taken later.
    expect(readdirSync(join(lake, 'quarantine'))).toEqual([`${archiveId}.airtlm`])
    const opened = await openLake(lake)
    const rows = await opened.all(z.object({ archive: z.string() }), 'SELECT archive FROM turned_away')
    opened.close()
    expect(rows).toEqual([{ archive: archiveId }, { archive: archiveId }])
  })

  it('refuses a key that signs in the name of another station, and quarantines a station with a new key', async () => {
    const { path, take, recipient, station } = await team()
    await station.write(path('a'), { points: points(1) })
    await take([path('a')])
    const holder = makeHolder('station', { issuer: testPki().stationCa })
    await makeStation(recipient.recipient, { id: other, holder }).write(path('own'), { points: points(1, 1) })
    await makeStation(recipient.recipient, { holder }).write(path('wrong'), { points: points(1, 2) })
    expect(await take([path('wrong')])).toMatchObject(turnedAway('quarantined', 'archive.unknown-station'))
    expect(await take([path('own')])).toMatchObject(accepted(1))
    expect(await take([path('wrong')])).toMatchObject(turnedAway('refused', 'trust.scope'))
  })

  it('refuses what was cleaned by a policy that nobody approved', async () => {
    const { path, take, station } = await team()
    const scan = { result: 'clean', bytes: 1, version: '1' } as const
    const sanitization = { policyDigest: 'b'.repeat(64), input: {}, output: {}, rules: [], scan }
    await station.write(path('a'), { points: points(1) }, { sanitization })
    expect(await take([path('a')])).toMatchObject(turnedAway('refused', 'archive.policy'))
    expect(await take([path('a')], '--sanitization', 'b'.repeat(64))).toMatchObject(accepted(1))
  })

  it('refuses an audit log that went back', async () => {
    const { path, take, station } = await team()
    const before = await station.write(path('1'), { points: points(1) }, {})
    const second = await station.write(path('2'), { points: points(1, 1) }, { audit: before.manifest.audit })
    await station.write(path('3'), { points: points(1, 2) })
    await station.write(path('4'), { points: points(1, 3) }, { audit: second.manifest.audit })
    expect(await take(['1', '2', '3'].map(path))).toMatchObject({ exit: 0 })
    expect(await take([path('4')])).toMatchObject(turnedAway('refused', 'audit.rolled-back'))
  })

  it('refuses rows that are not the table’s, and a count that is not the manifest’s', async () => {
    const { path, take, recipient } = await team()
    const write = (name: string, id: string, table: Parameters<ReturnType<typeof makeStation>['write']>[1]) =>
      makeStation(recipient.recipient, { id }).write(path(name), table)
    await write('type', other.replace('9', '1'), [clearTable('points', [{ value: 'warm' }])])
    await write('field', other.replace('9', '2'), [clearTable('points', [{ value: 1, secret: 'x' }])])
    await write('count', other.replace('9', '3'), [{ ...clearTable('points', points(3)), records: 4 }])
    expect(await take([path('type')])).toMatchObject(turnedAway('refused', 'archive.rows'))
    expect(await take([path('field')])).toMatchObject(turnedAway('refused', 'archive.rows'))
    expect(await take([path('count')])).toMatchObject(turnedAway('refused', 'archive.count'))
  })

  it('refuses an archive that is encrypted to somebody else', async () => {
    const { path, take } = await team()
    const stranger = await makeRecipient()
    await makeStation(stranger.recipient).write(path('a'), { points: points(1) })
    expect(await take([path('a')])).toMatchObject(turnedAway('refused', 'archive.decrypt'))
  })

  it('refuses a file that is no archive', async () => {
    const { path, take } = await team()
    writeFileSync(path('a'), 'not an archive'.repeat(100))
    expect(await take([path('a')])).toMatchObject(turnedAway('refused', 'container.not-ustar'))
  })
})

describe('archive verify and inspect', () => {
  it('say what an archive is without its key', async () => {
    const { path, ask, trust, station } = await team()
    const { archiveId } = await station.write(path('a'), { points: points(3) })
    expect(await ask('archive', 'verify', path('a'), '--policy', trust.policy)).toMatchObject({
      exit: 0,
      answer: { verdict: 'accepted', archiveId },
    })
    expect(await ask('archive', 'inspect', path('a'))).toMatchObject({
      exit: 0,
      answer: { archiveId, manifest: { number: 1 } },
    })
  })

  it('refuse tables that are not those that were approved', async () => {
    const { path, station } = await team()
    const approval = {
      person: 'p',
      meaning: 'approved',
      time: '2026-06-01T08:00:00Z',
      contentDigest: 'c'.repeat(64),
    } as const
    await expect(station.write(path('a'), { points: points(3) }, { approval })).rejects.toBeInstanceOf(AirlockError)
    expect(existsSync(path('a'))).toBe(false)
  })
})
