// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { leaveWhileWriting } from '../../main/shell/text.ts'
import { askBeforeUnload } from '../shell/ask-before-unload.ts'
import { openEmptyApp } from '../shell/fixture.ts'

const stationProgram = join(import.meta.dirname, 'writing-station.ts')
const outcome = <T>(promise: Promise<T>): Promise<T | 'still open'> =>
  Promise.race([promise, new Promise<'still open'>((resolve) => setTimeout(resolve, 300, 'still open'))])

describe('a window of Chromium, as `npm start` opens it where Electron is not', () => {
  it('asks by itself while devices are written, and closes when they are', async () => {
    const { page } = await openEmptyApp()
    const writing = askBeforeUnload(page)
    const questions: string[] = []
    page.on('dialog', (dialog) => {
      questions.push(dialog.type())
      void dialog.dismiss()
    })
    const close = async (): Promise<void> => {
      // Chromium asks only where a person has touched the page.
      await page.locator('h1').click()
      await page.close({ runBeforeUnload: true })
    }
    writing(2)
    await close()
    await expect.poll(() => questions).toEqual(['beforeunload'])
    expect(page.isClosed()).toBe(false)
    writing(0)
    await close()
    await expect.poll(() => page.isClosed()).toBe(true)
    expect(questions).toHaveLength(1)
  })
})

describe('closing the window', () => {
  it('asks while devices are written, with their count and the safe answer first, until a person says so (ux 34)', async () => {
    const { observed, page } = await openEmptyApp({ stationProgram })
    const { app, calls } = observed
    const asked = (): unknown[] => calls.filter(([name]) => name === 'dialog').map(([, question]) => question)
    observed.answer = 0
    // The station's word takes a moment to come: until then nothing would keep the app open.
    await expect.poll(() => observed.stations[0]?.said.length).toBeGreaterThan(1)
    const event = { prevented: false, preventDefault: () => void (event.prevented = true) }
    observed.window().emit('close', event)
    expect(event.prevented).toBe(true)
    expect(asked()).toMatchObject([
      {
        message: '4 devices are still being written.',
        buttons: ['Keep Airlock open', 'Stop writing 4 devices'],
        defaultId: 0,
        cancelId: 0,
      },
    ])
    expect(await outcome(observed.exited)).toBe('still open')
    // In the language that the page speaks.
    await page.evaluate(`postMessage({ kind: 'page-language', language: 'de' }, origin)`)
    const german = leaveWhileWriting.de(4)
    await expect
      .poll(() => {
        observed.window().emit('close', event)
        return asked().at(-1)
      })
      .toMatchObject({ ...german, defaultId: 0 })
    observed.answer = 1
    app.quit()
    expect(await observed.exited).toBe(0)
  })

  it('closes at once when nothing is written', async () => {
    const { observed } = await openEmptyApp()
    observed.window().emit('close', { preventDefault: () => undefined })
    expect(await observed.exited).toBe(0)
    expect(observed.calls.filter(([name]) => name === 'dialog')).toEqual([])
  })
})
