// SPDX-License-Identifier: Apache-2.0
/** Paper: seen before it is printed, marked when it is printed again, always in the log. */
import { execFileSync } from 'node:child_process'
import Database from 'better-sqlite3'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { answerWith, tellOn } from '../shell/overlay.ts'
import { pressAgain } from './hands.ts'
import { expectGoodPage } from './look.ts'
import { heading, openSite, signIn } from './site.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).last()
const press = (page: Page, name: string | RegExp): Promise<void> => button(page, name).click()

const sent = (page: Page): Promise<void> =>
  page.getByRole('status').getByText('Sent to the printer and noted in the log.').waitFor()

/** The text of a PDF, laid out as a reader sees it. */
const textOf = (pdf: Uint8Array | undefined): string =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf ?? new Uint8Array(), encoding: 'utf8' })

const sizeOf = (pdf: Uint8Array | undefined): string =>
  /Page size: *(.*)/.exec(execFileSync('pdfinfo', ['-'], { input: pdf ?? new Uint8Array(), encoding: 'utf8' }))?.[1] ??
  ''

describe('a refusal', () => {
  it(
    'is printed with its code and its log entry, marked from the second time on, kept when the printer fails, saved as PDF (ux 14, 45)',
    { timeout: 180_000 },
    async () => {
      const { app, page, people, world } = await openSite({})
      const bytes = readFileSync(join(world.stick, 'pump.airfw'))
      bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
      writeFileSync(join(world.stick, 'changed.airfw'), bytes)
      await signIn(page, 'technician')
      await page.keyboard.press('Alt+2')
      await press(page, 'Import changed.airfw')
      await press(page, 'What to do changed.airfw')
      const { entries } = await people.officer.call('audit.find', {
        action: 'bundle.import',
        outcome: 'refused',
        limit: 1,
      })
      const seq = entries[0]?.seq ?? -1
      await page.getByText(`The refusal is in the log as entry ${seq}.`).waitFor()
      await page.keyboard.press('Control+p')
      await page.getByRole('region', { name: 'Preview' }).getByText('It was changed after it was signed.').waitFor()
      await expectGoodPage(page, 'print-refusal')

      // A printer that does not print loses nothing, and is in the log.
      app.observed.printer = false
      await press(page, 'Print')
      await page.getByText('The printer did not print.').waitFor()
      app.observed.printer = true
      await pressAgain(button(page, 'Print'))
      await sent(page)
      const text = textOf(app.observed.prints.at(-1))
      expect(text).toContain('AL-2102')
      expect(text).toMatch(new RegExp(`Log entry +${seq}\\b`))
      expect(text).toContain('Page 1 of 1')
      expect(text).not.toContain('COPY')
      // Neither the page below nor the dialog around it is on the paper.
      expect(text).not.toMatch(/Offline by design|Preview|Bundles/)
      expect(sizeOf(app.observed.prints.at(-1))).toMatch(/A4/)
      const printed = await people.officer.call('audit.find', { action: 'document.print', limit: 10 })
      expect(printed.entries.map(({ object, outcome }) => [object.id, outcome])).toEqual([
        [String(seq), 'ok'],
        [String(seq), 'failed'],
        [String(seq), 'ok'],
      ])
      await page.keyboard.press('Escape')

      await page.keyboard.press('Control+p')
      await page.getByText('This is copy 2.').waitFor()
      await page.getByLabel('Paper').selectOption('letter')
      await press(page, 'Save as PDF on the drive')
      await page
        .getByRole('status')
        .getByText(/is on drive STICK; noted in the log/)
        .waitFor()
      const name = readdirSync(world.stick).find((file) => file.endsWith('.pdf')) ?? ''
      const saved = readFileSync(join(world.stick, name))
      expect(textOf(saved)).toContain('COPY 2')
      expect(sizeOf(saved)).toMatch(/letter|612 x 792/)
    },
  )
})

describe('a page', () => {
  it(
    'without a sheet of its own is printed as it stands, black on white, over as many pages as it needs',
    { timeout: 120_000 },
    async () => {
      const { app, page } = await openSite({ devices: 120 })
      answerWith(app.observed.overlay, 'media.list', () => ({ drives: [] }))
      tellOn(app.observed.overlay, 'media.watch', { drives: [] })
      await signIn(page, 'technician')
      await page.keyboard.press('Alt+3')
      await page.getByRole('button', { name: 'G4-000007-7Q' }).waitFor()
      await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
      await page.keyboard.press('Control+p')
      // Without a drive there is paper, and the other button says what it lacks.
      await page.locator('.dialog .reason').getByText('Plug in a drive.').waitFor()
      await expectGoodPage(page, 'print-no-drive')
      await page.evaluate(() => (document.documentElement.dataset['theme'] = 'dark'))
      await press(page, 'Print')
      await sent(page)
      await page.locator('.dialog .reason').waitFor({ state: 'detached' })
      const text = textOf(app.observed.prints.at(-1))
      const pages = text.split('\f').filter((part) => part.trim() !== '')
      expect(pages.length).toBeGreaterThan(2)
      // Every page bears the head, its number, and the heads of the table's columns; no row is lost.
      for (const [n, part] of pages.entries()) {
        expect(part).toContain(`Page ${n + 1} of ${pages.length}`)
        expect(part).toContain('plant-north')
        expect(part).toContain('Serial number')
      }
      expect(new Set(text.match(/G4-\d{6}-7Q/g)).size).toBe(120)
    },
  )
})

describe('a broken log', () => {
  it('is reported on paper although it takes no entries any more', { timeout: 120_000 }, async () => {
    const { app, page, world } = await openSite({})
    const store = new Database(join(world.data, 'station.db'))
    for (const name of store.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      store.exec(`DROP TRIGGER ${String(name)}`)
    store.exec(
      'UPDATE audit_leaf SET leaf = CAST(replace(CAST(leaf AS TEXT), \'"seq":3\', \'"seq":9\') AS BLOB) WHERE seq = 3',
    )
    store.close()
    await signIn(page, 'officer')
    await page.getByRole('navigation').getByRole('button', { name: 'Audit log' }).click()
    await press(page, /^Check (every entry|again)/)
    await page.getByText('The log was changed at entry 3.').first().waitFor()
    await press(page, 'Print fault report')
    await page.getByRole('region', { name: 'Preview' }).getByText('The log was changed at entry 3.').waitFor()
    await expectGoodPage(page, 'print-fault')
    await press(page, 'Print')
    await sent(page)
    expect(textOf(app.observed.prints.at(-1))).toMatch(/AL-61\d\d/)
    await heading(page, 'Audit log').waitFor()
  })
})
