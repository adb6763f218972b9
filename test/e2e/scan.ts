// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core'

/** Keys as a scanner (or a hand) sends them: real key events with the times that they bear, `every` ms apart. */
export const typeAsScanner = async (page: Page, text: string, every: number): Promise<void> => {
  const cdp = await page.context().newCDPSession(page)
  let timestamp = Date.now() / 1000
  for (const key of [...text.split(''), 'Enter']) {
    const own = key === 'Enter' ? { key, code: key, windowsVirtualKeyCode: 13, text: '\r' } : { key, text: key }
    timestamp += every / 1000
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...own })
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...own })
  }
  await cdp.detach()
}
