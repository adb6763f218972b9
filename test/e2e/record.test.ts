// SPDX-License-Identifier: Apache-2.0
/** What a run leaves on paper: its record, and labels for the devices that were updated. */
import { execFileSync } from 'node:child_process'
import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp } from '../shell/open-app.ts'
import { enrol, importFile, makeBundle, makeWorld, setUp, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { pressAgain } from './hands.ts'
import { expectGoodPage, picture } from './look.ts'
import { signIn } from './site.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).last()
const press = (page: Page, name: string | RegExp): Promise<void> => button(page, name).click()
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' })

const ofPdf = (tool: string, words: readonly string[], pdf: Uint8Array | undefined): string =>
  execFileSync(tool, [...words], { input: pdf ?? new Uint8Array(), encoding: 'utf8' })
const textOf = (pdf: Uint8Array | undefined): string => ofPdf('pdftotext', ['-layout', '-', '-'], pdf)
const sizeOf = (pdf: Uint8Array | undefined): string => /Page size: *(.*)/.exec(ofPdf('pdfinfo', ['-'], pdf))?.[1] ?? ''
const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

const print = async (page: Page): Promise<void> => {
  await press(page, 'Print')
  await page.getByRole('status').getByText('Sent to the printer and noted in the log.').waitFor()
}

/** A station with one real board and a port behind which nothing answers, after a run over both. */
const afterRun = async () => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard({ firmware: '1.0.0', serial: 'DC-A' })
  onTestFinished(() => board.stop())
  const silent = join(world.folder, 'silent')
  writeFileSync(silent, '')
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: [board.pty, silent],
    passphrase: 'a passphrase for tests',
  })
  const { page } = app
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(page, 'failure') : undefined))
  page.setDefaultTimeout(20_000)
  const people = await setUp(app.station, world)
  await enrol(people.admin, world)
  await makeBundle(world, { name: 'dosing-2.0.0', payload: readFileSync((await buildAvr()).firmware['2.0.0'].bin) })
  const { bundle } = await importFile(people.technician, 'dosing-2.0.0.airfw')
  const targets = [board.pty, silent].map((port) => ({ port }))
  const { runId } = await people.technician.call('run.start', { bundle: bundle?.id ?? '', targets })
  await signIn(page, 'technician')
  await page.getByText('Done: 1 updated, 1 needs you').waitFor({ timeout: 90_000 })
  return { app, page, people, world, runId, bundle: bundle?.id ?? '' }
}

/** A run that is over, of more devices than a page has room for, straight into the store. */
const longRun = ({ data }: World, bundle: string, devices: number): void => {
  const store = new Database(join(data, 'station.db'))
  const [run, at] = [crypto.randomUUID(), Date.now() - 1000]
  const actor = JSON.stringify({ uid: 'p', login: 'technician', name: 'Tomas Keller', role: 'technician' })
  store.transaction(() => {
    store
      .prepare("INSERT INTO run VALUES (?, ?, 'dosing-controller', '1.9.0', 'ended', ?, ?)")
      .run(run, bundle, at - 1e6, at)
    store.prepare("INSERT INTO run_person VALUES (?, 'p', 'Tomas Keller', ?)").run(run, at - 1e6)
    for (let n = 1; n <= devices; n += 1) {
      const [job, device] = [crypto.randomUUID(), crypto.randomUUID()]
      store
        .prepare(
          `INSERT INTO device (id, model, serial, hardware, version, profile, port, first_seen, last_seen)
           VALUES (?, 'dosing-controller', ?, 'c', '1.9.0', 'dosing-controller', '{"path":"/dev/ttyUSB0"}', 0, ?)`,
        )
        .run(device, `G4-${String(n).padStart(6, '0')}-7Q`, at)
      store
        .prepare(
          `INSERT INTO flash_job (id, bundle, product, version, counter, port, person, person_name, started_at, ended_at,
             state, outcome, device, written)
           VALUES (?, ?, 'dosing-controller', '1.9.0', 1, '{"path":"/dev/ttyUSB0"}', 'p', 'Tomas Keller', ?, ?, 'done',
             'done', ?, 9)`,
        )
        .run(job, bundle, at - 5000, at, device)
      store
        .prepare(
          `INSERT INTO run_target (run, n, port, turn, state, actor, job, started_at, ended_at)
           VALUES (?, ?, ?, ?, 'updated', ?, ?, ?, ?)`,
        )
        .run(run, n, `gone-${n}`, n, actor, job, at - 5000, at)
    }
  })()
  store.close()
}

describe('a run on paper', () => {
  it(
    'has a label for the device that was updated and for no other, the same in preview and print, marked from the second time on (ux 42, 43)',
    { timeout: 240_000 },
    async () => {
      const { app, page, people, runId } = await afterRun()
      await expectGoodPage(page, 'run-paper')
      await press(page, 'Print labels…')
      await page.getByLabel('DC-A').waitFor()
      expect(await page.locator('.dialog').getByRole('checkbox').count()).toBe(1)
      await expectGoodPage(page, 'labels')
      await press(page, 'Preview 1 label')
      await preview(page).getByText('UPDATED 2.0.0').waitFor()
      await expectGoodPage(page, 'label-preview')
      expect(await preview(page).locator('.sticker').innerText()).not.toContain('COPY')
      for (const copy of [1, 2]) {
        if (copy === 2) {
          await page.keyboard.press('Escape')
          await pressAgain(button(page, 'Print labels…'))
          await press(page, 'Preview 1 label')
          await preview(page).getByText('COPY 2').waitFor()
        }
        const seen = words(await preview(page).locator('.sticker').innerText())
        await print(page)
        const pdf = app.observed.prints.at(-1)
        expect(words(textOf(pdf)).toSorted()).toEqual(seen.toSorted())
        expect(sizeOf(pdf)).toMatch(/^16\d\.?\d* x 9\d/)
      }
      const { devices } = await people.officer.call('records.get', { id: runId })
      const [updated, other] = devices
      const printed = await people.officer.call('audit.find', {
        action: 'document.print',
        objectId: updated?.jobId ?? '',
        limit: 9,
      })
      expect(printed.entries.map(({ object }) => object.type)).toEqual(['label', 'label'])
      // Whoever asks the station for another one past the page is refused.
      expect(other?.state).toBe('failed')
      const asked = people.officer.call('print.start', {
        kind: 'label',
        sheets: [{ id: other?.jobId ?? '', copy: 1 }],
        paper: 'label',
        count: 1,
      })
      await expect(asked).rejects.toMatchObject({ code: 'print.not-updated' })
    },
  )

  it(
    'is a record that nobody had to make, on A4 and Letter, with the heads of its tables and its number on each page (ux 41, 44)',
    { timeout: 240_000 },
    async () => {
      const { app, page, people, world, runId, bundle } = await afterRun()
      const { devices, digest } = await people.officer.call('records.get', { id: runId })
      expect(devices.map(({ state, serial }) => [state, serial])).toEqual([
        ['updated', 'DC-A'],
        ['failed', null],
      ])
      for (const { entry, jobId } of devices) {
        const found = await people.officer.call('audit.find', { action: 'flash.end', objectId: jobId ?? '', limit: 1 })
        expect(found.entries[0]?.seq).toBe(entry)
      }
      await press(page, 'Print run record')
      await preview(page).getByText('1 of 2 updated').waitFor()
      await expectGoodPage(page, 'record-preview')
      await print(page)
      const text = textOf(app.observed.prints.at(-1))
      for (const part of ['DC-A', '1.0.0', '2.0.0', 'Tomas Keller', runId, digest, `${devices[0]?.entry}`])
        expect(text).toContain(part)
      expect(text.replaceAll(/\s/g, '')).toContain(bundle.toUpperCase())
      await page.keyboard.press('Escape')

      longRun(world, bundle, 64)
      await page.keyboard.press('Alt+3')
      for (const [paper, size] of [
        ['a4', /A4/],
        ['letter', /letter|612 x 792/],
      ] as const) {
        await pressAgain(button(page, 'Runs…'))
        const line = page.locator('.dialog li', { hasText: '1.9.0' })
        await line.getByRole('button', { name: /^Print run record/ }).click()
        await preview(page).getByText('64 of 64 updated').waitFor()
        await page.getByLabel('Paper').selectOption(paper)
        await print(page)
        const pdf = app.observed.prints.at(-1)
        expect(sizeOf(pdf)).toMatch(size)
        const pages = textOf(pdf)
          .split('\f')
          .filter((part) => part.trim() !== '')
        expect(pages.length).toBeGreaterThan(1)
        for (const [n, part] of pages.entries()) {
          expect(part).toContain(`Page ${n + 1} of ${pages.length}`)
          expect(part).toContain('Run record: dosing-controller 1.9.0')
          if (/G4-\d{6}-7Q/.test(part)) expect(part).toMatch(/Serial number.*Before.*After/)
        }
        expect(new Set(pages.join('').match(/G4-\d{6}-7Q/g)).size).toBe(64)
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
      }
    },
  )
})
