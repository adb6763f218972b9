// SPDX-License-Identifier: Apache-2.0
/** Whole jobs against the emulated board: proof by the banner, hand-over of the open port, kill -9, four boards at once. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findDevice } from '../../main/station/devices/registry.ts'
import { startBoard, type Board, type BoardOptions } from '../emulators/avr/board.ts'
import { buildAvr, type AvrVersion } from '../emulators/avr/build.ts'
import { boardLabel, flashStation } from '../support/flash-station.ts'
import { tempFolder } from '../support/temp-folder.ts'

const node = process.execPath
const program = join(import.meta.dirname, '../support/flash-station.ts')

const fileOf = async (version: AvrVersion): Promise<string> => (await buildAvr()).firmware[version].bin
const imageOf = async (version: AvrVersion): Promise<Uint8Array> => readFileSync(await fileOf(version))

const boardFor = async (options: BoardOptions = {}): Promise<Board> => {
  const board = await startBoard({ firmware: '1.0.0', ...options })
  onTestFinished(() => board.stop())
  return board
}

const opened = (folder: string, board: Board, image: Uint8Array, version: string) => {
  const at = flashStation(folder, [board.pty], image, version)
  onTestFinished(() => at.store.close())
  return at
}

const say = (text: string): void => void process.stdout.write(`    ${text}\n`)

describe('a flash job on a board', () => {
  it('identifies, writes, verifies, proves the version by the banner, and hands the port over without a gap (ux 26)', async () => {
    const board = await boardFor()
    const at = opened(tempFolder(), board, await imageOf('2.0.0'), '2.0.0')
    const began = performance.now()
    const { record, device, lease, seen } = await at.start({ portPath: board.pty })
    say(`107 pages, the whole job: ${(performance.now() - began).toFixed(0)} ms`)
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0', version: '2.0.0', recoveries: [] })
    expect(record.readBack).toBe(record.imageSha256)
    expect(device).toMatchObject({ serial: 'DC-0042-7Q', hardware: 'rev-c', version: '2.0.0' })
    const resets = (await board.status()).resets
    const heard = [seen]
    const telemetry = lease.handOver('telemetry')
    const stop = telemetry.transport().stream((chunk) => heard.push(chunk))
    const text = (): string => Buffer.concat(heard).toString('latin1')
    await expect.poll(text, { timeout: 20_000 }).toMatch(/uptime_ms/)
    stop()
    await telemetry.release()
    expect(text()).toMatch(/"fw":"2\.0\.0".*\r\n\*\*\* Dosing controller 2\.0\.0/s)
    expect((await board.status()).resets).toBe(resets)
  })

  it('fails when the application is another version than the bundle says', async () => {
    const board = await boardFor()
    const at = opened(tempFolder(), board, await imageOf('2.0.0'), '2.0.9')
    await expect(at.start({ portPath: board.pty })).rejects.toMatchObject({
      code: 'flash.version',
      details: { expected: '2.0.9', found: '2.0.0' },
    })
    expect(at.owners.ownerOf(board.pty)).toBeUndefined()
  })

  it('is found interrupted after kill -9, and goes on without writing the good pages again', async () => {
    const board = await boardFor()
    const folder = mkdtempSync(join(tmpdir(), 'airlock-kill-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const child = spawn(node, [program, folder, board.pty, await fileOf('2.0.0'), '2.0.0'], { stdio: 'ignore' })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = new Promise((resolve) => child.once('close', resolve))
    await expect.poll(async () => (await board.status()).pages, { timeout: 60_000 }).toBeGreaterThan(40)
    child.kill('SIGKILL')
    await ended
    const at = opened(folder, board, await imageOf('2.0.0'), '2.0.0')
    const [interrupted] = at.recoverJobs()
    expect(interrupted).toMatchObject({ outcome: 'interrupted', state: 'write', versionBefore: '1.0.0' })
    expect(interrupted?.unitsDone).toBeGreaterThanOrEqual(32)
    expect(findDevice(at.store.read, 'dosing-controller', 'DC-0042-7Q')?.version).toBeNull()
    // A pseudo-terminal has no serial number: only a person can say that it is still the same board.
    await expect(at.start({ portPath: board.pty })).rejects.toMatchObject({ code: 'device.unknown' })
    const before = (await board.status()).pages
    const { record, lease } = await at.start({ portPath: board.pty, device: boardLabel })
    await lease.release()
    say(`killed after ${before} pages; ${record.written} written, ${record.skipped} kept`)
    expect(record).toMatchObject({ outcome: 'done', versionBefore: '1.0.0' })
    expect(record.skipped).toBeGreaterThanOrEqual(interrupted?.unitsDone ?? 0)
    expect((await board.status()).pages - before).toBe(record.written)
  })

  it('ends as unplugged, and the next one resumes on the same board', async () => {
    const board = await boardFor()
    const at = opened(tempFolder(), board, await imageOf('2.0.0'), '2.0.0')
    await board.fault('page', 50, 'unplug')
    await expect(at.start({ portPath: board.pty })).rejects.toMatchObject({ code: 'flash.unplugged' })
    await expect(at.start({ portPath: board.pty })).rejects.toMatchObject({ code: 'port.unknown' })
    await board.plug()
    const { record, lease } = await at.start({ portPath: board.pty, device: boardLabel })
    await lease.release()
    expect(record.skipped).toBeGreaterThanOrEqual(50)
  })

  it('takes four boards at once, each with its own record', async () => {
    const boards = await Promise.all(Array.from({ length: 5 }, (_, n) => boardFor({ serial: `DC-${n}` })))
    const image = await imageOf('2.0.0')
    const ports = boards.map(({ pty }) => pty)
    const at = flashStation(tempFolder(), ports, image, '2.0.0')
    onTestFinished(() => at.store.close())
    const timed = async (port: string): Promise<{ ms: number; serial: string }> => {
      const began = performance.now()
      const { lease, device } = await at.start({ portPath: port })
      await lease.release()
      return { ms: performance.now() - began, serial: device.serial }
    }
    const [single = '', ...four] = ports
    const alone = await timed(single)
    const together = await Promise.all(four.map(timed))
    const slowest = Math.max(...together.map(({ ms }) => ms))
    say(
      `one ${alone.ms.toFixed(0)} ms, four at once ${slowest.toFixed(0)} ms, ratio ${(slowest / alone.ms).toFixed(3)}`,
    )
    expect(together.map(({ serial }) => serial)).toEqual(['DC-1', 'DC-2', 'DC-3', 'DC-4'])
    for (const board of boards) {
      expect(Buffer.compare(board.readFlash().subarray(0, image.length), image)).toBe(0)
    }
  })
})
