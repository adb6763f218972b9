// SPDX-License-Identifier: Apache-2.0
/** What has expired, on a real station: refused, let in when two people say so, and marked for ever. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Contract } from '../../shared/contract/contract.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import type { Client } from '../../shared/rpc/client.ts'
import {
  cli,
  importFile,
  makeBundle,
  makeWorld,
  passwords,
  setUp,
  signIn,
  startWorld,
  stickOf,
  type World,
} from '../support/station.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { signPolicy } from '../support/trust-files.ts'

const reason = 'the line stands still, and the next stick comes on Monday'
const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(() => 'done').catch(({ code }: { code: string }) => code)

const ask = (client: Client<Contract>, entry: number, password = passwords.technician) =>
  client.call('override.ask', { entry, reason, password })
const yes = (id: string, password = passwords.officer) => ({ id, reason: 'the makers were asked', password })

/** A step of the policy that ends in a few seconds, without days of grace. */
const shortPolicy = async (world: World, seconds: number): Promise<void> => {
  const { policy } = (await cli('trust', 'inspect', world.policy)).answer as { policy: TrustPolicy }
  const work = join(world.folder, 'trust')
  mkdirSync(work, { recursive: true })
  const [source, file] = [join(work, 'short.json'), join(world.stick, 'short.airtrust')]
  const at = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
  const times = { issuedAt: at(Date.now()), expires: at(Date.now() + seconds * 1000), graceDays: 0 }
  writeFileSync(source, JSON.stringify({ ...policy, version: 2, ...times }))
  await cli('trust', 'pack', source, '--out', file)
  for (const holder of ['root-1', 'root-2']) {
    const pair = ['--key', join(world.keys, `${holder}.key.pem`), '--cert', join(world.keys, `${holder}.cert.pem`)]
    await cli('bundle', 'sign', file, '--role', 'root', ...pair)
  }
}

describe('an expired bundle', () => {
  it(
    'comes in when an officer grants what a technician asked for, and shows who, why and when over a restart',
    { timeout: 120_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const station = await startWorld(world)
      const { admin, officer, technician } = await setUp(station, world)
      await makeBundle(world, { name: 'late', expiresIn: -1000 })
      await makeBundle(world, { name: 'later', version: '2.0.1', expiresIn: -1000 })
      const { verdict, entry } = await importFile(technician, 'late.airfw')
      expect(verdict.code).toBe('freshness.expired')
      const other = await importFile(technician, 'later.airfw')

      // Who may ask, for what, and with which password.
      expect(await codeOf(ask(officer, entry, passwords.officer))).toBe('person.not-allowed')
      expect(await codeOf(ask(technician, entry, 'another password'))).toBe('person.credentials')
      expect(await codeOf(ask(technician, 0))).toBe('station.no-exception')
      const { id } = await ask(technician, entry)
      expect(await codeOf(ask(admin, entry, passwords.admin))).toBe('station.exception-exists')
      expect((await importFile(technician, 'late.airfw')).verdict.code).toBe('freshness.expired')

      // Who may grant.
      expect(await codeOf(admin.call('override.grant', yes(id, passwords.admin)))).toBe('person.not-allowed')
      expect(await codeOf(technician.call('override.grant', yes(id, passwords.technician)))).toBe('person.not-allowed')
      await officer.call('override.grant', yes(id))
      const accepted = await importFile(technician, 'late.airfw')
      expect(accepted.verdict.verdict).toBe('accepted')
      expect((await importFile(technician, 'later.airfw')).verdict.code).toBe('freshness.expired')
      expect(other.verdict.code).toBe('freshness.expired')

      const bundle = accepted.bundle?.id ?? ''
      const made = {
        kind: 'bundle-expired',
        subject: bundle,
        what: 'dosing-controller 2.0.0',
        entry,
        askedBy: 'Tomas Keller',
        reason,
        decision: { granted: true, by: 'Priya Singh', reason: 'the makers were asked' },
        until: null,
      }
      await station.stop()
      const again = await signIn(await startWorld(world), 'officer')
      expect((await again.call('bundles.details', { id: bundle })).exceptions).toMatchObject([made])
      const { entries } = await again.call('audit.find', { limit: 500 })
      const acts = entries.filter(({ action }) => action.startsWith('override.'))
      expect(acts.map(({ action, actor, reason: why }) => [action, actor, why])).toEqual([
        ['override.grant', 'Priya Singh', 'the makers were asked'],
        ['override.ask', 'Tomas Keller', reason],
      ])
      const { text } = await again.call('audit.entry', { seq: accepted.entry })
      expect(JSON.parse(text)).toMatchObject({ after: { exceptions: [id] } })
    },
  )

  it(
    'is not let in by one person with both roles, and is asked for again after a no',
    { timeout: 120_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const station = await startWorld(world)
      const { admin, officer, technician } = await setUp(station, world)
      const login = 'both'
      const roles = ['technician' as const, 'officer' as const]
      const password = 'Velvet-Anchor-58-plum'
      await admin.call('people.create', { login, name: 'Bo Thorsen', password, roles })
      const both = station.connect()
      await both.call('session.signIn', { login, password })
      await makeBundle(world, { name: 'late', expiresIn: -1000 })
      const { entry } = await importFile(both, 'late.airfw')
      const { id } = await ask(both, entry, password)
      expect(await codeOf(both.call('override.grant', yes(id, password)))).toBe('station.second-person')
      await officer.call('override.decline', yes(id))
      expect((await importFile(technician, 'late.airfw')).verdict.code).toBe('freshness.expired')
      const second = await ask(technician, entry)
      await both.call('override.grant', yes(second.id, password))
      expect((await importFile(technician, 'late.airfw')).verdict.verdict).toBe('accepted')
    },
  )
})

describe('an expired policy', () => {
  it('goes on for 30 days when two people say so; its bundles show it', { timeout: 120_000 }, async () => {
    const world = await makeWorld(tempFolder())
    const { officer, technician, admin } = await setUp(await startWorld(world), world)
    await makeBundle(world, { name: 'pump' })
    await shortPolicy(world, 10)
    const { jobId } = await admin.call('trust.import', { driveId: await stickOf(admin) })
    await waitForJob(admin, jobId)
    await signPolicy(officer)
    expect((await admin.call('station.status', {})).trust?.version).toBe(2)
    await expect
      .poll(
        async () => {
          const checked = await technician.call('bundles.check', {
            driveId: await stickOf(technician),
            name: 'pump.airfw',
          })
          return await waitForJob(technician, checked.jobId)
        },
        { timeout: 40_000, interval: 500 },
      )
      .toMatchObject({ verdict: { code: 'policy.expired' } })
    const { verdict, entry } = await importFile(technician, 'pump.airfw')
    expect(verdict.code).toBe('policy.expired')
    const { id } = await ask(technician, entry)
    await officer.call('override.grant', yes(id))
    const accepted = await importFile(technician, 'pump.airfw')
    expect(accepted.verdict.verdict).toBe('accepted')
    const { exceptions } = await officer.call('bundles.details', { id: accepted.bundle?.id ?? '' })
    expect(exceptions).toMatchObject([{ id, kind: 'policy-expired', what: '2' }])
    const [made] = exceptions
    expect((made?.until ?? 0) - (made?.decision?.at ?? 0)).toBe(30 * 86_400_000)
  })
})
