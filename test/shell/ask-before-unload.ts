// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core'

/**
 * A window of Chromium closes without asking the shell: while devices are written, its page has Chromium itself ask. Only
 * this stand-in needs it. Returns what is to be told of the writing.
 */
export const askBeforeUnload = (page: Page): ((devices: number) => void) => {
  let writing = false
  const put = (): void => {
    // A page that is on its way to another load is told again by that load.
    page.evaluate(`onbeforeunload = ${writing ? '(event) => event.preventDefault()' : 'null'}`).catch(() => undefined)
  }
  page.on('load', put)
  return (devices) => {
    writing = devices > 0
    put()
  }
}
