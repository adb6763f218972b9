// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startStation, type StationProcess } from '../../main/cli/station/start-station.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import type { ErrorCode } from '../../shared/error-codes.ts'
import { soakFactor, soakSeed } from '../support/soak.ts'
import {
  importFile,
  makeBundle,
  makeWorld,
  setUp,
  signIn,
  startWorld,
  stickOf,
  type World,
} from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

const coded = (code: ErrorCode): unknown => expect.objectContaining({ code })
const actionsOf = async (
  station: StationProcess,
): Promise<{ action: string; outcome: string; reason: string | null }[]> => {
  const officer = await signIn(station, 'officer')
  const { entries } = await officer.call('audit.list', { limit: 500 })
  officer.close()
  return entries.map(({ action, outcome, reason }) => ({ action, outcome, reason }))
}

describe('a station as a process of its own', () => {
  it('opens nothing before it is set up, and nothing to a person who is signed out', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const client = station.connect()
    expect((await client.call('station.status', {})).state).toBe('setup')
    await expect(client.call('bundles.list', {})).rejects.toThrow(coded('station.not-set-up'))
    await setUp(station, world)
    expect(await client.call('station.status', {})).toMatchObject({
      state: 'ready',
      site: 'plant-north',
      trust: { version: 1 },
    })
    await expect(client.call('bundles.list', {})).rejects.toThrow(coded('person.signed-out'))
    await expect(client.call('station.setUp', {} as never)).rejects.toThrow(coded('station.is-set-up'))
  })

  it('lets each role do its own acts only, and writes the refusal into the log', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const { admin, technician } = await setUp(station, world)
    const driveId = await stickOf(admin)
    const period = { from: 0, to: 1, reason: 'x' }
    await expect(technician.call('people.list', {})).rejects.toThrow(coded('person.not-allowed'))
    await expect(technician.call('audit.verify', {})).rejects.toThrow(coded('person.not-allowed'))
    await expect(technician.call('exports.write', { id: crypto.randomUUID(), driveId })).rejects.toThrow(
      coded('person.not-allowed'),
    )
    await expect(admin.call('exports.request', period)).rejects.toThrow(coded('person.not-allowed'))
    await expect(admin.call('flashing.start', { bundle: '0'.repeat(64), targets: [{ port: 'x' }] })).rejects.toThrow(
      coded('person.not-allowed'),
    )
    const refused = (await actionsOf(station)).filter(({ action }) => action === 'call.refused')
    expect(refused).toHaveLength(5)
    expect(refused[0]).toMatchObject({ outcome: 'refused', reason: 'person.not-allowed' })
  })

  it('refuses wrong words of the first policy, and one person in place of two', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const client = station.connect()
    const { admin } = await setUp(station, { ...world, words: world.words.map(() => 'zebra') }).catch(
      (error: unknown) => {
        expect(error).toMatchObject({ code: 'policy.fingerprint' })
        return { admin: undefined }
      },
    )
    expect(admin).toBeUndefined()
    expect((await client.call('station.status', {})).trust).toBeNull()
    const alone = await signIn(station, 'admin')
    const driveId = await stickOf(alone)
    const name = 'policy-1.airtrust'
    const confirm = async () => {
      const { manifest, positions } = await alone.call('trust.review', { driveId, name })
      const words = positions.map((position) => ({ position, word: world.words[position - 1] ?? '' }))
      return await alone.call('trust.confirm', { driveId, name, manifest, words, password: 'Lantern-7-orbit-cedar' })
    }
    expect(await confirm()).toEqual({ confirmations: 1, inForce: false })
    await expect(confirm()).rejects.toThrow(coded('policy.same-person'))
  })

  it('keeps a second station off the same data', async () => {
    const world = await makeWorld(tempFolder())
    await startWorld(world)
    const second = startStation({ data: world.data, drives: [], ports: [], passphrase: 'a passphrase for tests' })
    await expect(second).rejects.toThrow(coded('station.already-running'))
  })

  it('does not open its keys with another passphrase, and makes no new ones', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    await station.stop()
    const keys = readdirSync(join(world.data, 'keys'))
    await expect(startStation({ data: world.data, drives: [], ports: [], passphrase: 'a guess' })).rejects.toThrow(
      coded('audit.key'),
    )
    const words = ['main/cli/main.ts', 'station', 'call', 'station.status', '--data', world.data]
    const answer = (more: Record<string, string>) => {
      const env = { ...process.env, AIRLOCK_PASSPHRASE: 'a guess', ...more }
      return spawnSync(process.execPath, words, { env, encoding: 'utf8' })
    }
    const { status, stderr } = answer({})
    expect(status).toBe(1)
    expect(stderr).toMatch(/^station: stopped by audit.key\nairlock: audit.key\n/)
    expect(stderr).not.toContain('.ts:')
    expect(answer({ AIRLOCK_DEBUG: '1' }).stderr).toContain('.ts:')
    expect(readdirSync(join(world.data, 'keys'))).toEqual(keys)
    await startWorld(world)
  })

  it('keeps what it writes readable by its own account only', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    await setUp(station, world)
    await station.stop()
    const modes = readdirSync(world.data, { recursive: true, encoding: 'utf8' }).map((name) => {
      const { mode } = statSync(join(world.data, name))
      return [name, (mode & 0o077).toString(8)]
    })
    expect(modes.map(([name]) => name)).toEqual(expect.arrayContaining(['station.db', 'telemetry.db', 'keys']))
    expect(modes.filter(([, others]) => others !== '0')).toEqual([])
  })

  it('joins a job again after the line was lost', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const { technician } = await setUp(station, world)
    await makeBundle(world, { name: 'big', payload: randomBytes(48 * 1024 * 1024) })
    const driveId = await stickOf(technician)
    const { jobId } = await technician.call('bundles.import', { driveId, name: 'big.airfw' })
    technician.close()
    const again = await signIn(station, 'technician')
    expect(await waitForJob(again, jobId)).toMatchObject({ verdict: { verdict: 'accepted' } })
    expect((await again.call('jobs.list', {})).jobs.map(({ id, state }) => [id, state])).toEqual([[jobId, 'done']])
  })
})

/** Numbers that are the same for the same seed (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/**
 * Starts an import, kills the station after `ms`, without it as soon as the import has begun, and says whether it had been
 * acknowledged before.
 */
const killDuringImport = async (world: World, name: string, ms?: number): Promise<boolean> => {
  const station = await startWorld(world)
  const technician = await signIn(station, 'technician')
  const begun = Promise.withResolvers<void>()
  const importing = importFile(technician, name, begun.resolve).then(
    ({ verdict }) => verdict.verdict === 'accepted',
    () => false,
  )
  await (ms === undefined ? begun.promise : new Promise((resolve) => setTimeout(resolve, ms)))
  process.kill(station.pid, 'SIGKILL')
  await station.exited
  return await importing
}

describe('kill -9 during an import', () => {
  it(
    'loses nothing that was acknowledged, leaves nothing half-imported, and the next start says so',
    { timeout: 600_000 * soakFactor },
    async () => {
      const world = await makeWorld(tempFolder())
      const first = await startWorld(world)
      const { technician } = await setUp(first, world)
      await makeBundle(world, { name: 'warm-up', version: '1.0.0', payload: randomBytes(24 * 1024 * 1024) })
      const began = Date.now()
      await importFile(technician, 'warm-up.airfw')
      const takes = Date.now() - began
      await first.stop()

      const random = seeded(soakSeed)
      const seen = { acknowledged: 0, interrupted: 0 }
      for (let round = 0; round < 6 * soakFactor; round += 1) {
        const name = `round-${round}`
        await makeBundle(world, { name, version: `2.0.${round}`, payload: randomBytes(24 * 1024 * 1024) })
        const moment = round === 0 ? undefined : Math.floor(random() * takes * 1.3)
        const acknowledged = await killDuringImport(world, `${name}.airfw`, moment)
        const station = await startWorld(world)
        const next = await signIn(station, 'technician')
        const { interrupted, state } = await next.call('station.status', {})
        expect(state).toBe('ready')
        const listed = (await next.call('bundles.list', {})).bundles.some(({ version }) => version === `2.0.${round}`)
        if (acknowledged) expect(listed).toBe(true)
        expect(readdirSync(join(world.data, 'vault', 'staging'))).toEqual([])
        seen.acknowledged += Number(acknowledged)
        seen.interrupted += interrupted.length
        expect(await importFile(next, `${name}.airfw`)).toMatchObject({
          verdict: { verdict: 'accepted' },
          alreadyPresent: listed,
        })
        const verified = await (await signIn(station, 'officer')).call('audit.verify', {})
        expect(verified).toMatchObject({ verified: true, code: null })
        await station.stop()
      }
      expect(seen.interrupted).toBeGreaterThan(0)
    },
  )
})
