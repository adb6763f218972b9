// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeBundle, makeWorld, passwords, setUp, signIn, startWorld, stickOf } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

describe('airlock station run', () => {
  it('answers each port in order and ends only when the work that was started has ended', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const { technician } = await setUp(station, world)
    const driveId = await stickOf(technician)
    await station.stop()
    await makeBundle(world, { name: 'big', payload: randomBytes(24 * 1024 * 1024) })
    const lines = [
      { id: 1, port: 'tomas', call: 'session.signIn', params: { login: 'technician', password: passwords.technician } },
      'not json',
      { id: 2, port: 'nobody', call: 'bundles.list' },
    ]
    const run = (more: readonly (object | string)[]) => {
      const words = ['main/cli/main.ts', 'station', 'run', '--data', world.data, '--drive', world.stick]
      const input = [...lines, ...more]
        .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
        .join('\n')
      const env = { ...process.env, AIRLOCK_PASSPHRASE: 'a passphrase for tests' }
      const { status, stdout } = spawnSync(process.execPath, words, { input, env, encoding: 'utf8' })
      const answers = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { id: unknown; error?: { code: string }; result?: unknown })
      return { status, by: (id: unknown) => answers.find((answer) => answer.id === id) }
    }
    const { status, by } = run([
      { id: 3, port: 'tomas', call: 'bundles.import', params: { driveId, name: 'big.airfw' } },
      { id: 4, port: 'tomas', call: 'jobs.list' },
    ])
    expect(status).toBe(0)
    expect(by(1)?.result).toMatchObject({ person: { login: 'technician' } })
    expect(by(2)?.error?.code).toBe('person.signed-out')
    expect(by(null)?.error?.code).toBe('usage')
    expect(by(4)?.result).toMatchObject({ jobs: [{ state: 'running' }] })

    const after = await signIn(await startWorld(world), 'technician')
    expect((await after.call('jobs.list', {})).jobs).toMatchObject([{ state: 'done', kind: 'bundles.import' }])
    expect((await after.call('bundles.list', {})).bundles).toHaveLength(1)
  })
})
