// SPDX-License-Identifier: Apache-2.0
/** The page is only a page: whatever becomes of it, a device that is being written is written to its end. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp } from '../shell/open-app.ts'
import {
  enrol,
  importFile,
  makeBundle,
  makeWorld,
  passwords,
  setUp,
  signIn as signInBeside,
  startWorld,
} from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { picture } from './look.ts'

/** The app of a site with one board on 1.0.0 and a bundle of 2.0.0 that takes some seconds to write. */
const openSite = async () => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard({ firmware: '1.0.0' })
  onTestFinished(() => board.stop())
  const ground = { data: world.data, drives: [world.stick], ports: [board.pty], passphrase: 'a passphrase for tests' }
  const app = await openApp(ground)
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'lost-page') : undefined))
  app.page.setDefaultTimeout(20_000)
  const people = await setUp(app.station, world)
  await enrol(people.admin, world)
  const payload = readFileSync((await buildAvr()).firmware['2.0.0-bench'].bin)
  await makeBundle(world, { name: 'dosing', version: '2.0.0-bench', payload })
  const { bundle } = await importFile(people.technician, 'dosing.airfw')
  const write = async (): Promise<string> => {
    const { jobs } = await people.technician.call('flashing.start', {
      bundle: bundle?.id ?? '',
      targets: [{ port: board.pty }],
    })
    return jobs[0]?.jobId ?? ''
  }
  const jobOf = async (id: string) => (await people.officer.call('jobs.list', {})).jobs.find((job) => job.id === id)
  /** Until pages are being written: what happens next happens in the middle. */
  const untilWriting = (id: string) =>
    expect.poll(async () => (await jobOf(id))?.progress?.stage, { timeout: 30_000, interval: 20 }).toBe('write')
  return { app, page: app.page, board, people, world, write, jobOf, untilWriting }
}

const signIn = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { name: /^(Sign in|Locked)$/ }).waitFor()
  const name = page.getByLabel('User name')
  if ((await name.count()) > 0) await name.fill('admin')
  await page.getByLabel('Password', { exact: true }).fill(passwords.admin)
  await page.getByRole('button', { name: /^(Sign in|Unlock)$/ }).click()
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Bench' }).click()
}

/** The write ended well: proven by the job and by what is in the chip. */
const expectWritten = async (
  { board, jobOf, app }: Awaited<ReturnType<typeof openSite>>,
  id: string,
): Promise<void> => {
  await expect.poll(async () => (await jobOf(id))?.state, { timeout: 90_000 }).not.toBe('running')
  expect(await jobOf(id)).toMatchObject({ state: 'done' })
  const image = readFileSync((await buildAvr()).firmware['2.0.0-bench'].bin)
  expect(board.readFlash().subarray(0, image.length).equals(image)).toBe(true)
  expect(app.observed.stations).toHaveLength(1)
}

describe('a page that is lost while a device is written', () => {
  it('and loaded again says what came of the write, which ends well', { timeout: 180_000 }, async () => {
    const site = await openSite()
    const { page, board, write, untilWriting } = site
    await signIn(page)
    const tile = page.locator(`[data-port="${board.pty}"]`)
    await tile.getByText('Ready').waitFor()
    const id = await write()
    await untilWriting(id)
    await page.evaluate('void location.reload()')
    await signIn(page)
    await expectWritten(site, id)
    await tile.getByText(/^(Updated|Up to date)$/).waitFor({ timeout: 30_000 })
  })

  it('by a crash does not touch the write; it is loaded again, and the log says so', { timeout: 180_000 }, async () => {
    const site = await openSite()
    const { app, page, people, write, untilWriting } = site
    const id = await write()
    await untilWriting(id)
    const cdp = await page.context().newCDPSession(page)
    // A page that crashed does not answer.
    void cdp.send('Page.crash').catch(() => undefined)
    const lost = () => people.officer.call('audit.find', { action: 'window.lost', limit: 9 })
    await expect.poll(async () => (await lost()).count, { timeout: 20_000 }).toBe(1)
    await expect.poll(() => app.observed.calls.filter(([name]) => name === 'reload').length).toBe(1)
    await expectWritten(site, id)
  })
})

describe('an end by force while a device is written', () => {
  it(
    'is asked about with the count, ends the station in good order, and is in the log (ux 34)',
    { timeout: 180_000 },
    async () => {
      const { app, board, world, write, untilWriting } = await openSite()
      const id = await write()
      await untilWriting(id)
      const questions = (): unknown[] => app.observed.calls.filter(([name]) => name === 'dialog').map(([, one]) => one)
      app.observed.answer = 0
      app.observed.app.quit()
      await expect.poll(questions).toMatchObject([
        {
          message: '1 device is still being written.',
          buttons: ['Keep Airlock open', 'Stop writing 1 device'],
          defaultId: 0,
          cancelId: 0,
        },
      ])
      const { exited } = app.station
      await app.close()
      expect(await exited).toBe(0)
      const after = await startWorld(world, [board.pty])
      const officer = await signInBeside(after, 'officer')
      const { entries } = await officer.call('audit.find', { action: 'station.forced', limit: 9 })
      expect(entries).toMatchObject([{ outcome: 'failed', role: 'station', object: { id: '1 device' } }])
      const ended = await officer.call('audit.find', { action: 'flash.end', limit: 9 })
      expect(ended.entries).toMatchObject([{ outcome: 'failed' }])
    },
  )
})
