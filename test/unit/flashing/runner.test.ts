// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { runFlash, type FlashStep } from '../../../main/station/flashing/runner.ts'
import { baud } from '../../../shared/units.ts'
import { bench, noise } from './fixtures.ts'

const image = noise(4000)
/** What stands in the pages afterwards; the digest is the image's own, without the padding. */
const padded = new Uint8Array(4096).fill(0xff)
padded.set(image)
const digest = createHash('sha256').update(image).digest('hex')
const quiet = { compareFirst: false, emit: () => undefined }
/** Bytes of one LOAD_ADDRESS and PROG_PAGE. */
const writeLength = 4 + 4 + 128 + 1

describe('a run without faults', () => {
  it('writes every page once, reads all of them back and gives the digest of what it read', async () => {
    const { board, session, plan } = await bench(image)
    await session.enter()
    const report = await runFlash(session, plan, quiet)
    expect(report).toEqual({ readBackSha256: digest, units: 32, written: 32, skipped: 0 })
    expect(board.writes).toEqual(plan.units.map(({ address }) => address))
    expect(Buffer.compare(board.flash.slice(0, 4096), padded)).toBe(0)
    expect(session.recoveries).toEqual([])
  })

  it('counts its time down from a figure that holds within five percent', async () => {
    const { session, plan, elapsed } = await bench(image)
    await session.enter()
    const began = elapsed()
    const steps: FlashStep[] = []
    await runFlash(session, plan, { compareFirst: false, emit: (step) => steps.push(step) })
    const first = steps[0]
    expect(Math.abs((first?.left ?? 0) - (elapsed() - began))).toBeLessThan(0.05 * (elapsed() - began) + 16)
    expect(steps.map(({ left }) => left)).toEqual(steps.map(({ left }) => left).sort((a, b) => b - a))
    expect(steps.at(-1)).toEqual({ phase: 'verify', done: 32, total: 32, left: 0 })
  })

  it('leaves every page alone when all of them are right already', async () => {
    const { board, session, plan } = await bench(image)
    board.flash.set(padded)
    await session.enter()
    const report = await runFlash(session, plan, { ...quiet, compareFirst: true })
    expect(report).toEqual({ readBackSha256: digest, units: 32, written: 0, skipped: 32 })
    expect(board.writes).toEqual([])
  })

  it('writes only the pages that differ when it compares first', async () => {
    const { board, session, plan } = await bench(image)
    board.flash.set(padded)
    board.flash[300] = 0
    await session.enter()
    const report = await runFlash(session, plan, { ...quiet, compareFirst: true })
    expect(report).toMatchObject({ readBackSha256: digest, written: 1, skipped: 31 })
    expect(board.writes).toEqual([256])
  })
})

describe('faults of the line while writing', () => {
  // Every byte of one page command, and some beyond: command, address, lengths, data, end.
  const places = [0, 1, 2, 3, 4, 5, 6, 7, 8, 70, 135, 136]
  for (const kind of ['lose', 'flip'] as const) {
    it.each(places)(`gets over it when byte %i of a page command is hit: ${kind}`, async (offset) => {
      const { board, session, plan, elapsed } = await bench(image)
      await session.enter()
      const clean = await bench(image)
      await clean.session.enter()
      await runFlash(clean.session, clean.plan, quiet)
      board.toDevice({ at: 3 * writeLength + offset, do: kind })
      const report = await runFlash(session, plan, quiet)
      expect(report.readBackSha256).toBe(digest)
      expect(Buffer.compare(board.flash.slice(0, 4096), padded)).toBe(0)
      // The loader looks neither at the high byte of the length nor at the kind of memory.
      const ignored = kind === 'flip' && (offset === 5 || offset === 7)
      expect(session.recoveries.length > 0).toBe(!ignored)
      // A lost byte costs two seconds at most; a flipped one may cost another read-back.
      if (kind === 'lose') expect(elapsed() - clean.elapsed()).toBeLessThan(2000)
    })
  }

  it.each(['reset', 'watchdog'] as const)(
    'goes on within two seconds after a %s in the middle of a page',
    async (kind) => {
      const { board, session, plan, elapsed } = await bench(image)
      const clean = await bench(image)
      await clean.session.enter()
      await runFlash(clean.session, clean.plan, quiet)
      await session.enter()
      board.toDevice({ at: 5 * writeLength + 60, do: kind })
      const report = await runFlash(session, plan, quiet)
      expect(report.readBackSha256).toBe(digest)
      expect(elapsed() - clean.elapsed()).toBeLessThan(2000)
    },
  )

  it('gets back into the loader by opening again where a port has no lines', async () => {
    const { board, session, plan } = await bench(image, { modemLines: false })
    await session.enter()
    board.toDevice({ at: 5 * writeLength + 60, do: 'watchdog' })
    expect(await runFlash(session, plan, quiet)).toMatchObject({ readBackSha256: digest })
    expect(board.entries()).toBe(2)
  })

  it('names the timeout within five seconds when the power is lost', async () => {
    const { board, session, plan, elapsed } = await bench(image)
    await session.enter()
    board.toDevice({ at: 5 * writeLength, do: 'power' })
    const began = elapsed()
    await expect(runFlash(session, plan, quiet)).rejects.toMatchObject({ code: 'flash.timeout' })
    expect(elapsed() - began).toBeLessThan(5000)
  })

  it('names the unplug at once, and a later run writes only what is missing', async () => {
    const { board, session, plan, lease, owners, driver } = await bench(image)
    await session.enter()
    board.toDevice({ at: 10 * writeLength + 5, do: 'unplug' })
    await expect(runFlash(session, plan, quiet)).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(board.writes.length).toBe(10)
    await lease.release()
    board.replug()
    const second = await bench(image)
    second.board.flash.set(board.flash)
    await second.session.enter()
    const report = await runFlash(second.session, plan, { ...quiet, compareFirst: true })
    expect(report).toMatchObject({ readBackSha256: digest, written: 22, skipped: 10 })
    expect([owners.ownerOf(board.port.path), driver.protocol]).toEqual([undefined, 'stk500v1'])
  })
})

describe('what is wrong in the flash', () => {
  it('says where and what when a cell cannot be written', async () => {
    const { board, session, plan } = await bench(image)
    const at = image.findIndex((octet, index) => index > 200 && (octet & 0x08) === 0)
    board.stick(at, 0x08)
    await session.enter()
    await expect(runFlash(session, plan, quiet)).rejects.toMatchObject({
      code: 'flash.verify',
      details: {
        at,
        expected: Buffer.from(image.subarray(at, at + 8))
          .toString('hex')
          .slice(0, 16),
      },
    })
    expect(board.writes.filter((page) => page === at - (at % 128)).length).toBe(3)
  })

  it('reads a page again before it calls it wrong', async () => {
    const { board, session, plan } = await bench(image)
    await session.enter()
    // 32 written pages answer 4 bytes each; the hit is in the data of the fourth page that is read.
    board.fromDevice({ at: 32 * 4 + 3 * 132 + 40, do: 'flip' })
    expect(await runFlash(session, plan, quiet)).toMatchObject({ readBackSha256: digest })
    expect(board.writes.length).toBe(32)
    expect(session.recoveries).toEqual([{ fault: 'verify', at: 384, attempt: 0 }])
  })

  it('reads everything once more after a repair, because the repair may have hit another page', async () => {
    const { board, session, plan } = await bench(image)
    await session.enter()
    const counted: FlashStep[] = []
    board.toDevice({ at: 3 * writeLength + 40, do: 'flip' })
    await runFlash(session, plan, { compareFirst: false, emit: (step) => counted.push(step) })
    expect(counted.filter(({ phase }) => phase === 'verify').length).toBe(64)
    expect(session.recoveries).toEqual([{ fault: 'verify', at: 384, attempt: 1 }])
  })
})

describe('the end of patience', () => {
  it('gives up a unit after five faults in a row', async () => {
    const { board, session, plan } = await bench(image)
    await session.enter()
    board.fromDevice(...Array.from({ length: 4000 }, (_, at) => ({ at, do: 'flip' as const })))
    await expect(runFlash(session, plan, quiet)).rejects.toMatchObject({ code: 'flash.out-of-sync' })
  })

  it('refuses a chip with another signature', async () => {
    const { session } = await bench(image, { signature: [0x1e, 0x98, 0x01] })
    await expect(session.enter()).rejects.toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: '1e950f', found: '1e9801' },
    })
  })

  it('stops between two units when it is cancelled', async () => {
    const { board, session, plan, abort } = await bench(image)
    await session.enter()
    const run = runFlash(session, plan, {
      compareFirst: false,
      emit: ({ done }) => done === 5 && abort.abort(new Error('the person said so')),
    })
    await expect(run).rejects.toMatchObject({ code: 'flash.cancelled' })
    expect(board.writes.length).toBe(5)
  })
})

describe('the speed of the line', () => {
  it('is the application’s after leaving the loader, and the loader’s again before the next entry', async () => {
    const { board, session } = await bench(image, {}, baud(9600))
    await session.enter()
    await session.leave()
    await session.reenter()
    expect(board.speeds).toEqual([115_200, 9600, 115_200])
  })

  it('is not touched where both are the same', async () => {
    const { board, session } = await bench(image)
    await session.enter()
    await session.leave()
    expect(board.speeds).toEqual([])
  })
})

describe('the trace of the wire', () => {
  it('keeps the newest bytes of both directions', async () => {
    const { session, plan, trace } = await bench(image)
    await session.enter()
    await runFlash(session, plan, quiet)
    const lines = trace.text().trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.every((line) => /^\d+\.\d [<>] [0-9a-f]+$/.test(line))).toBe(true)
    expect(lines.at(-1)).toMatch(/ < 141014[0-9a-f]{256}10$/)
    const octets = lines.reduce((sum, line) => sum + (line.split(' ')[2] ?? '').length / 2, 0)
    expect(octets).toBeLessThanOrEqual(16_384)
  })
})
