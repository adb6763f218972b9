// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { text } from '../../main/shell/text.ts'
import { openEmptyApp } from '../shell/fixture.ts'

const stationProgram = join(import.meta.dirname, 'writing-station.ts')
const outcome = <T>(promise: Promise<T>): Promise<T | 'still open'> =>
  Promise.race([promise, new Promise<'still open'>((resolve) => setTimeout(resolve, 300, 'still open'))])

describe('closing the window', () => {
  it('is refused while a device is written, until a person says so', async () => {
    const { observed } = await openEmptyApp({ stationProgram })
    const { app, calls } = observed
    const asked = (): unknown[] => calls.filter(([name]) => name === 'dialog').map(([, question]) => question)
    observed.answer = 0
    // The station's word takes a moment to come: until then nothing would keep the app open.
    await expect.poll(() => observed.stations[0]?.said.length).toBeGreaterThan(1)
    const event = { prevented: false, preventDefault: () => void (event.prevented = true) }
    observed.window().emit('close', event)
    expect(event.prevented).toBe(true)
    expect(asked()).toMatchObject([{ message: text.leaveWhileWriting.message, defaultId: 0, cancelId: 0 }])
    expect(await outcome(observed.exited)).toBe('still open')
    observed.answer = 1
    app.quit()
    expect(await observed.exited).toBe(0)
    expect(asked()).toHaveLength(2)
  })

  it('closes at once when nothing is written', async () => {
    const { observed } = await openEmptyApp()
    observed.window().emit('close', { preventDefault: () => undefined })
    expect(await observed.exited).toBe(0)
    expect(observed.calls.filter(([name]) => name === 'dialog')).toEqual([])
  })
})
