// SPDX-License-Identifier: Apache-2.0
/** Twelve devices on the screen of a low-cost laptop. */
import { expect, it, onTestFinished } from 'vitest'
import { tellOn } from '../shell/overlay.ts'
import { themes, wear } from './look.ts'
import { runOver } from './walk/answers.ts'
import { openGround, prepareSite } from './walk/ground.ts'

it('twelve devices that all need somebody are seen at once under their notice, at 1366 × 768, in three themes', async () => {
  const site = await prepareSite()
  const { app, hands, overlay, ports, bundle } = await openGround(site, 'en')
  onTestFinished(() => app.close())
  const { page } = app
  const below = (): Promise<number> =>
    page.evaluate(() => {
      const [main, last] = [document.querySelector('.main'), [...document.querySelectorAll('.tile')].at(-1)]
      return (last?.getBoundingClientRect().bottom ?? Infinity) - (main?.getBoundingClientRect().bottom ?? 0)
    })
  for (const state of ['running', 'finished'] as const) {
    const told = runOver(ports, bundle, state)
    const targets = told.targets.map((target) => ({
      ...target,
      state: 'failed' as const,
      stage: 'write' as const,
      code: 'flash.unplugged',
    }))
    tellOn(overlay, 'run.watch', { ...told, targets })
    if (state === 'running') await hands.signIn('technician')
    else await page.reload().then(() => hands.signIn('technician'))
    await page.locator('.tile.troubled').nth(11).waitFor()
    await page.locator(state === 'running' ? '.notice-bad' : '.done-band').waitFor()
    for (const [theme, scheme] of themes) {
      await wear(page, theme, scheme)
      expect(await below(), `${state} in ${theme}`).toBeLessThanOrEqual(0)
    }
  }
})
