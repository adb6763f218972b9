// SPDX-License-Identifier: Apache-2.0
/** A drive that is really pulled, or fills up, while an export is written to it, as the officer sees it. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { startBoard } from '../emulators/avr/board.ts'
import { openApp } from '../shell/open-app.ts'
import { plugInFuse } from '../support/fuse-drive.ts'
import { makeStick, mayMount, mediaFolder, plugIn, pullOut } from '../support/mounts.ts'
import { enrol, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf, pressAgain } from './hands.ts'
import { expectGoodPage, picture } from './look.ts'

/** An export that is approved, and no drive. */
const openApproved = async () => {
  const world = await makeWorld(tempFolder())
  const media = mediaFolder()
  const first = plugIn(world.stick, media, 'TEAM')
  const board = await startBoard({ firmware: '1.0.0' })
  onTestFinished(() => board.stop())
  const options = {
    data: world.data,
    drives: [],
    media: [media],
    ports: [board.pty],
    passphrase: 'a passphrase for tests',
  }
  const app = await openApp(options)
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(20_000)
  const { admin, officer, technician } = await setUp(app.station, world)
  await enrol(admin, world)
  pullOut(first)
  await technician.call('telemetry.start', { port: board.pty })
  const points = async (): Promise<number> => (await technician.call('telemetry.counts', { from: 0, to: 9e12 })).points
  await expect.poll(points, { timeout: 30_000 }).toBeGreaterThan(5)
  await technician.call('telemetry.stop', { port: board.pty })
  await officer.call('dictionary.set', { words: ['acme-pharma', 'anna.keller'], reason: 'names of the site' })
  const period = { from: Date.now() - 86_400_000, to: Date.now() }
  const { jobId } = await technician.call('exports.request', { ...period, reason: 'weekly data' })
  await waitForJob(technician, jobId)
  const { requests } = await technician.call('exports.list', {})
  const id = requests[0]?.id ?? ''
  const { contentDigest, newFields } = await officer.call('exports.preview', { id })
  await officer.call('exports.approve', { id, contentDigest, newFields, password: passwords.officer })
  const state = async () => (await technician.call('exports.list', {})).requests[0]?.state
  return { media, hands: handsOf(app.page, 'en'), page: app.page, state }
}

/** Mounting wants root on Linux, and a container that allows it: elsewhere these cannot be shown. */
describe.skipIf(!mayMount)('a drive that an export is written to', () => {
  it(
    'full, write-protected or pulled in the middle never becomes safe to remove: it says so, the approval stays, and the next drive gets the archive (ux 53, 54)',
    { timeout: 300_000 },
    async () => {
      const { media, hands, page, state } = await openApproved()
      const said = (text: string | RegExp) => page.getByText(text).locator('visible=true').first().waitFor()
      /** The sheet lies over the panel: it is put away. */
      const seen = async (name: string): Promise<void> => {
        const sheet = page.getByRole('region', { name: 'Drive', exact: true })
        await sheet.getByRole('heading', { name }).waitFor()
        await page.keyboard.press('Escape')
        await sheet.waitFor({ state: 'detached' })
      }
      /** The same button for each drive, and a test plugs drives faster than a hand. */
      const write = (name: string) => pressAgain(page.getByRole('button', { name: `Write to drive ${name}` }))
      const notSafe = async (): Promise<void> => {
        expect(await page.locator('.main, .panel').getByText('Safe to remove').count()).toBe(0)
        expect(await state()).toBe('approved')
        await said('Approved')
      }
      await hands.signIn('officer')
      await hands.open('exports')
      await page.getByRole('button', { name: 'Open weekly data' }).click()

      const closed = plugIn(makeStick(), media, 'CLOSED', { readOnly: true })
      await seen('CLOSED')
      await said('This drive is write-protected. Choose another one.')
      await notSafe()
      pullOut(closed)

      const small = makeStick('64k')
      writeFileSync(join(small, 'x'), Buffer.alloc(32_768))
      const full = plugIn(small, media, 'SMALL')
      await seen('SMALL')
      await write('SMALL')
      await said(/^There is not enough room on this drive: .+ needed/)
      await notSafe()
      pullOut(full)

      // One that has room when it is asked, and none in the middle.
      const lying = makeStick()
      const liar = plugInFuse(lying, media, 'LIAR')
      liar.fault = { on: 'write', from: 1, act: 'ENOSPC' }
      await seen('LIAR')
      await write('LIAR')
      await said('There is not enough room on this drive.')
      await notSafe()
      pullOut(liar.path)

      const pulled = makeStick()
      const drive = plugInFuse(pulled, media, 'PULLED')
      drive.fault = { on: 'write', from: 1, act: 'hang' }
      await seen('PULLED')
      await write('PULLED')
      await expect.poll(() => drive.owed(), { timeout: 20_000 }).toBe(1)
      pullOut(drive.path)
      await said('PULLED was removed too soon.')
      await said(/The approval stays valid: write again/)
      await expectGoodPage(page, 'export-pulled-sheet')
      await page.keyboard.press('Escape')
      await said('The drive was removed or failed while it was written.')
      await notSafe()
      await expectGoodPage(page, 'export-pulled')
      expect(readdirSync(pulled).filter((name) => name.endsWith('.airtlm'))).toEqual([])
      drive.giveUp()

      const good = makeStick()
      plugIn(good, media, 'GOOD')
      await seen('GOOD')
      await write('GOOD')
      await said('Safe to remove')
      expect(await state()).toBe('written')
      expect(readdirSync(good)).toEqual([expect.stringMatching(/^export-000001-[0-9a-f]{8}\.airtlm$/)])
    },
  )
})
