// SPDX-License-Identifier: Apache-2.0
/** Keys and bundles withdrawn by two people, on a real station: what it comes to, who may, what it stops, and back. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import type { Contract } from '../../shared/contract/contract.ts'
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
import { tempFolder } from '../support/temp-folder.ts'
import { policyIn, putTrust, signPolicy } from '../support/trust-files.ts'

type Target = { act: 'withdraw' | 'restore'; kind: 'key' | 'bundle'; subject: string }
const reason = 'the laptop with the key was stolen'
const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(() => 'done').catch(({ code }: { code: string }) => code)

const ask = async (client: Client<Contract>, target: Target, password = passwords.admin) => {
  const { digest: shown } = await client.call('withdrawal.look', target)
  return (await client.call('withdrawal.ask', { ...target, shown, reason, password })).id
}
const sign = async (client: Client<Contract>, id: string, password = passwords.officer) => {
  const { withdrawals } = await client.call('withdrawal.list', {})
  const content = withdrawals.find((one) => one.id === id)?.content ?? ''
  return client.call('withdrawal.sign', { id, content, reason: 'seen the report', password })
}

/** A second release key, in a folder of its own, and the step that trusts it. */
const secondKey = async (world: World) => {
  const keys = join(world.folder, 'second-keys')
  await cli('trust', 'init', keys)
  const policy = await policyIn(world.policy)
  const [mine] = policy.roles.release.keys
  const [other] = (await policyIn(join(keys, 'policy-1.airtrust'))).roles.release.keys
  const both = [mine, other].flatMap((pin) => pin ?? []).toSorted((a, b) => (a.spki < b.spki ? -1 : 1))
  const release = { ...policy.roles.release, keys: both }
  const next = { ...policy, version: 2, roles: { ...policy.roles, release } }
  await putTrust(world, 'policy-2', next, [[world.keys, 'root-1', 'root']])
  return { key: mine?.spki ?? '', root: policy.roles.root.keys[0]?.spki ?? '', keys, next }
}

describe('a key withdrawn at the site', () => {
  it(
    'stops the bundles that need it and no other, after two people have seen which; it is taken back by two',
    { timeout: 300_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      let station = await startWorld(world, ['/dev/null'])
      let { admin, officer, technician } = await setUp(station, world)
      const { key, root, keys, next } = await secondKey(world)
      const importTrust = async () => {
        const { jobId } = await technician.call('trust.import', { driveId: await stickOf(technician) })
        return waitForJob(technician, jobId)
      }
      await importTrust()
      await signPolicy(officer)
      await makeBundle(world, { name: 'one', version: '2.0.1' })
      const two = await makeBundle(world, { name: 'two', version: '2.0.2' })
      const pair = ['--key', join(keys, 'release.key.pem'), '--cert', join(keys, 'release.cert.pem')]
      await cli('bundle', 'sign', two, '--role', 'release', ...pair)
      const one = (await importFile(technician, 'one.airfw')).bundle?.id ?? ''
      expect((await importFile(technician, 'two.airfw')).verdict.verdict).toBe('accepted')

      // What it comes to: the bundle with both keys still has one that counts.
      const target = { act: 'withdraw', kind: 'key', subject: key } as const
      const effect = await admin.call('withdrawal.look', target)
      const named = { id: one, product: 'dosing-controller', version: '2.0.1' }
      expect(effect).toMatchObject({ bundles: [named], runs: [], devices: 0 })
      expect(await codeOf(technician.call('withdrawal.look', target))).toBe('person.not-allowed')
      expect(await codeOf(admin.call('withdrawal.look', { ...target, subject: root }))).toBe('station.no-withdrawal')
      expect(await codeOf(ask(admin, target, 'another password'))).toBe('person.credentials')

      // It waits, also for a station that was killed; a bundle that came meanwhile makes it void.
      const first = await ask(admin, target)
      process.kill(station.pid, 'SIGKILL')
      await station.exited
      station = await startWorld(world, ['/dev/null'])
      admin = await signIn(station, 'admin')
      officer = await signIn(station, 'officer')
      technician = await signIn(station, 'technician')
      await makeBundle(world, { name: 'three', version: '2.0.3' })
      await importFile(technician, 'three.airfw')
      expect(await codeOf(sign(admin, first, passwords.admin))).toBe('station.second-person')
      expect(await codeOf(sign(officer, first))).toBe('station.effect-changed')
      expect((await officer.call('bundles.list', {})).withdrawnHere).toEqual([])

      await sign(officer, await ask(admin, target))
      const { withdrawnHere } = await technician.call('bundles.list', {})
      expect(withdrawnHere).toMatchObject([
        { kind: 'key', askedBy: 'Ada Castellanos', signedBy: 'Priya Singh', reason },
        { bundle: one, kind: 'key' },
      ])
      const again = await importFile(technician, 'one.airfw')
      expect(again.verdict).toMatchObject({ verdict: 'refused', code: 'trust.withdrawn-here' })
      expect(again.verdict.checks.at(-1)?.detail).toContain(`Ada Castellanos, Priya Singh: ${reason}`)
      expect((await importFile(technician, 'two.airfw')).verdict.verdict).toBe('accepted')
      const flash = async () => {
        const { jobs } = await technician.call('flashing.start', { bundle: one, targets: [{ port: '/dev/null' }] })
        return codeOf(waitForJob(technician, jobs[0]?.jobId ?? ''))
      }
      expect(await flash()).toBe('trust.withdrawn-here')

      // The next policy comes in all the same, and changes nothing about it.
      await putTrust(world, 'policy-3', { ...next, version: 3 }, [[world.keys, 'root-1', 'root']])
      expect(await importTrust()).toMatchObject({ version: 2, waits: 3 })
      await signPolicy(officer)
      expect((await admin.call('station.status', {})).trust?.version).toBe(3)
      expect(await flash()).toBe('trust.withdrawn-here')

      const back = await ask(officer, { ...target, act: 'restore' }, passwords.officer)
      expect(await codeOf(sign(officer, back))).toBe('station.second-person')
      await sign(admin, back, passwords.admin)
      expect((await technician.call('bundles.list', {})).withdrawnHere).toEqual([])
      expect((await importFile(technician, 'one.airfw')).verdict.verdict).toBe('accepted')
      expect(await flash()).not.toBe('trust.withdrawn-here')
      const { entries } = await officer.call('audit.find', { limit: 500 })
      const acts = entries.filter(({ action }) => action.startsWith('withdrawal.'))
      expect(acts.map(({ action, outcome }) => `${action} ${outcome}`).toReversed()).toEqual([
        'withdrawal.ask ok',
        'withdrawal.sign refused',
        'withdrawal.void ok',
        'withdrawal.ask ok',
        'withdrawal.sign ok',
        'withdrawal.ask ok',
        'withdrawal.sign refused',
        'withdrawal.sign ok',
      ])
    },
  )
})

describe('a bundle withdrawn at the site', () => {
  it('is not imported again and not written', { timeout: 120_000 }, async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world, ['/dev/null'])
    const { admin, officer, technician } = await setUp(station, world)
    await makeBundle(world, { name: 'pump' })
    const id = (await importFile(technician, 'pump.airfw')).bundle?.id ?? ''
    const target = { act: 'withdraw', kind: 'bundle', subject: id } as const
    expect(await codeOf(ask(admin, { ...target, subject: '0'.repeat(64) }))).toBe('not-found')
    await sign(officer, await ask(admin, target))
    expect((await importFile(technician, 'pump.airfw')).verdict.code).toBe('recall.withdrawn-here')
    const { jobs } = await technician.call('flashing.start', { bundle: id, targets: [{ port: '/dev/null' }] })
    expect(await codeOf(waitForJob(technician, jobs[0]?.jobId ?? ''))).toBe('recall.withdrawn-here')
    expect((await officer.call('bundles.list', {})).withdrawnHere).toMatchObject([
      { bundle: id, kind: 'bundle', reason },
    ])
  })
})
