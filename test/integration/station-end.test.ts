// SPDX-License-Identifier: Apache-2.0
/** How a station ends when those around it do not behave. */
import { fork, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { makeWorld, setUp, signIn, startWorld, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** `airlock station run` as a person at a terminal starts it. */
const runStation = async (world: World) => {
  const words = ['main/cli/main.ts', 'station', 'run', '--data', world.data, '--drive', world.stick]
  const child = spawn(process.execPath, words, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, AIRLOCK_PASSPHRASE: 'a passphrase for tests' },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const pid = await new Promise<number>((resolve) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = /running as process (\d+)/.exec(line)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
  })
  const ask = async (line: string): Promise<unknown> => {
    child.stdin.write(`${line}\n`)
    const { value } = await answers.next()
    return JSON.parse(String(value)) as unknown
  }
  return { child, ended, pid, ask }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const lastActions = async (world: World): Promise<string[]> => {
  const station = await startWorld(world)
  const officer = await signIn(station, 'officer')
  const { entries } = await officer.call('audit.list', { limit: 10 })
  return entries.map(({ action }) => action)
}

describe('a station', () => {
  it('ends in good order when whoever started it is killed', async () => {
    const world = await makeWorld(tempFolder())
    const first = await startWorld(world)
    await setUp(first, world)
    await first.stop()
    const { child, pid, ask } = await runStation(world)
    expect(await ask('{"id":1,"call":"station.status"}')).toMatchObject({ id: 1, result: { state: 'ready' } })
    child.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)
    const [signedIn, started, stopped] = await lastActions(world)
    expect([signedIn, started, stopped]).toEqual(['session.sign-in', 'station.start', 'station.stop'])
  })

  it('goes on after a line that is no request, and ends with its input', async () => {
    const { child, ended, ask } = await runStation(await makeWorld(tempFolder()))
    expect(await ask('status, please')).toEqual({ id: null, error: { code: 'usage', details: {} } })
    expect(await ask('{"id":2,"call":"no.such"}')).toMatchObject({ id: 2, error: { code: 'call.unknown' } })
    expect(await ask('{"id":3,"call":"station.status"}')).toMatchObject({ id: 3, result: { state: 'setup' } })
    child.stdin.end()
    expect(await ended).toBe(0)
  })

  it('does not outlive a signal while it waits for a host that never answers', async () => {
    const child = fork('main/station/main.ts', ['--data', tempFolder()], { serialization: 'advanced', execArgv: [] })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise<number | string | null>((resolve) =>
      child.once('exit', (code, signal) => resolve(code ?? signal)),
    )
    // Its first question to the host says that it is on its way.
    await new Promise((resolve) => child.once('message', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(70)
  })
})
