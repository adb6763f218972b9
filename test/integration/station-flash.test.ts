// SPDX-License-Identifier: Apache-2.0
/** Flashing through the station's own door, on the emulated board: killed in mid-flight, unplugged, and what follows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StationProcess } from '../../main/cli/station/start-station.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { openReader } from '../../main/station/store/open.ts'
import { listSessions } from '../../main/station/telemetry/sessions.ts'
import { readTail } from '../../main/station/telemetry/tail.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { flashResult } from '../../shared/contract/values.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { startBoard, type Board } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { soakFactor, soakSeed } from '../support/soak.ts'
import { importFile, makeBundle, makeWorld, setUp, signIn, startWorld, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

const pageBytes = 128
const imageOf = async (): Promise<Buffer> => readFileSync((await buildAvr()).firmware['2.0.0'].bin)
const say = (text: string): void => void process.stdout.write(`    ${text}\n`)

/** Numbers that are the same for the same seed (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

const boardFor = async (serial: string): Promise<Board> => {
  const board = await startBoard({ firmware: '1.0.0', serial })
  onTestFinished(() => board.stop())
  return board
}

/** A site that is set up and has version 2.0.0 in its library; its station is stopped again. */
const makeSite = async (): Promise<{ world: World; bundle: string }> => {
  const world = await makeWorld(tempFolder())
  const station = await startWorld(world)
  const { technician } = await setUp(station, world)
  await makeBundle(world, { name: 'firmware', version: '2.0.0', payload: await imageOf() })
  const { bundle } = await importFile(technician, 'firmware.airfw')
  await station.stop()
  return { world, bundle: bundle?.id ?? '' }
}

const labelOf = (serial: string) => ({ model: 'dosing-controller', serial, hardware: 'rev-c' })

const startFlash = async (
  client: Client<Contract>,
  bundle: string,
  target: { port: string; label?: ReturnType<typeof labelOf> },
): Promise<string> => (await client.call('flashing.start', { bundle, targets: [target] })).jobs[0]?.jobId ?? ''

const flash = async (...words: Parameters<typeof startFlash>) =>
  flashResult.parse(await waitForJob(words[0], await startFlash(...words)))

const pagesWritten = async (board: Board): Promise<number> => (await board.status()).pages

const verifyLog = async (station: StationProcess): Promise<void> => {
  const officer = await signIn(station, 'officer')
  expect(await officer.call('audit.verify', {})).toMatchObject({ verified: true, code: null })
  officer.close()
}

describe('a flash through the station', () => {
  it(
    'is named with its safe next step after kill -9, and goes on where it was cut off',
    { timeout: 180_000 * (1 + soakFactor) },
    async () => {
      const { world, bundle } = await makeSite()
      const image = await imageOf()
      const total = Math.ceil(image.length / pageBytes)
      const random = seeded(soakSeed)
      for (let round = 0; round < 3 * soakFactor; round += 1) {
        const label = labelOf(`DC-${round}`)
        const board = await boardFor(label.serial)
        const target = { port: board.pty }
        const station = await startWorld(world, [board.pty])
        const jobId = await startFlash(await signIn(station, 'technician'), bundle, target)
        const moment = 1 + Math.floor(random() * (total - 2))
        await expect.poll(() => pagesWritten(board), { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(moment)
        process.kill(station.pid, 'SIGKILL')
        await station.exited

        const next = await startWorld(world, [board.pty])
        const stranger = next.connect()
        expect(await stranger.call('station.status', {})).toMatchObject({ interrupted: [], recovered: [] })
        const technician = await signIn(next, 'technician')
        const { interrupted, recovered } = await technician.call('station.status', {})
        expect(interrupted).toEqual([{ jobId, kind: 'flashing', subject: board.pty }])
        expect(recovered.filter(({ kind }) => kind === 'flash')).toEqual([
          {
            kind: 'flash',
            product: 'dosing-controller',
            version: '2.0.0',
            port: board.pty,
            stage: 'write',
            next: 'continue',
          },
        ])
        // A pseudo-terminal has no serial number, and what was half written cannot say who it is.
        await expect(flash(technician, bundle, target)).rejects.toMatchObject({ code: 'device.unknown' })
        const before = await pagesWritten(board)
        const { skippedUnits, to, device } = await flash(technician, bundle, { ...target, label })
        say(`killed after ${before} of ${total} pages; ${skippedUnits} stood right already`)
        expect({ to, device }).toEqual({ to: '2.0.0', device: label.serial })
        // The page that was being written when the station died may be torn.
        expect(skippedUnits).toBeGreaterThanOrEqual(before - 1)
        expect((await pagesWritten(board)) - before).toBe(total - skippedUnits)
        expect(Buffer.compare(board.readFlash().subarray(0, image.length), image)).toBe(0)
        await verifyLog(next)
        await next.stop()
        await board.stop()
      }
    },
  )

  it('ends as unplugged within 5 s, and is done after the plug is in again', async () => {
    const { world, bundle } = await makeSite()
    const label = labelOf('DC-0042-7Q')
    const board = await boardFor(label.serial)
    const station = await startWorld(world, [board.pty])
    const technician = await signIn(station, 'technician')
    await board.fault('page', 40, 'unplug')
    const jobId = await startFlash(technician, bundle, { port: board.pty })
    const ended = waitForJob(technician, jobId).catch((error: unknown) => error)
    await board.waitFor('unplugged')
    const unplugged = performance.now()
    expect(await ended).toMatchObject({ code: 'flash.unplugged' })
    const took = performance.now() - unplugged
    say(`ended ${took.toFixed(0)} ms after the unplug`)
    expect(took).toBeLessThan(5000)
    await expect(startFlash(technician, bundle, { port: board.pty })).rejects.toMatchObject({ code: 'port.unknown' })
    await board.plug()
    const { to, skippedUnits } = await flash(technician, bundle, { port: board.pty, label })
    expect(to).toBe('2.0.0')
    expect(skippedUnits).toBeGreaterThanOrEqual(40)
  })

  it('hands the port on: the telemetry session begins with the banner of the boot that proved the version', async () => {
    const { world, bundle } = await makeSite()
    const board = await boardFor('DC-0042-7Q')
    const station = await startWorld(world, [board.pty])
    const technician = await signIn(station, 'technician')
    const target = { port: board.pty }
    const first = await startFlash(technician, bundle, target)
    // Two at once would fight for the boot loader.
    await expect(startFlash(technician, bundle, target)).rejects.toMatchObject({ code: 'job.busy' })
    await waitForJob(technician, first)
    const boots = board.boots()
    const period = { from: 0, to: Date.now() + 86_400_000 }
    const points = async () => (await technician.call('telemetry.counts', period)).points
    await expect.poll(points, { timeout: 30_000, interval: 200 }).toBeGreaterThan(0)
    expect((await technician.call('ports.list', {})).ports).toContainEqual(
      expect.objectContaining({ id: board.pty, label: board.pty, owner: 'telemetry' }),
    )
    expect(board.boots()).toBe(boots)
    await station.stop()
    const reader = openReader(join(world.data, 'telemetry.db'))
    onTestFinished(() => reader.close())
    const { read } = reader
    expect(listSessions(read, period)).toMatchObject([
      { serial: 'DC-0042-7Q', firmware: '2.0.0', kind: 'update', boots, endReason: 'closed' },
    ])
    expect(readTail(read, 1000)[0]?.text).toContain('Dosing controller 2.0.0')
  })

  it('is cut off by a station that is told to stop, which says so and leaves the port', async () => {
    const { world, bundle } = await makeSite()
    const label = labelOf('DC-0042-7Q')
    const board = await boardFor(label.serial)
    const station = await startWorld(world, [board.pty])
    await startFlash(await signIn(station, 'technician'), bundle, { port: board.pty })
    await expect.poll(() => pagesWritten(board), { timeout: 60_000, interval: 20 }).toBeGreaterThan(20)
    const told = performance.now()
    await station.stop()
    say(`ended ${(performance.now() - told).toFixed(0)} ms after it was told to`)
    expect(await station.exited).toBe(0)
    const next = await startWorld(world, [board.pty])
    const technician = await signIn(next, 'technician')
    expect((await technician.call('station.status', {})).interrupted).toEqual([])
    expect((await technician.call('jobs.list', {})).jobs[0]).toMatchObject({
      kind: 'flashing',
      state: 'cancelled',
      code: 'flash.cancelled',
    })
    expect(await flash(technician, bundle, { port: board.pty, label })).toMatchObject({ to: '2.0.0' })
    await verifyLog(next)
  })
})
