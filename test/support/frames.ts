// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core'

/** What was seen in the frames of a page. */
export type Seen = {
  /** Milliseconds between one frame and the next, in order. */
  readonly gaps: readonly number[]
  /** Frames in which part of the list's view had no row, or a row without text. */
  readonly empty: number
  /** Changes of the page outside the list's rows and the top bar, where a clock goes. */
  readonly elsewhere: readonly string[]
}

/**
 * Looks at every frame from now on, after what the frame draws and before it is painted. Text, because a page's globals are
 * not those of a test.
 */
export const watchFrames = (page: Page): Promise<void> =>
  page.evaluate(`(() => {
    const list = document.querySelector('.virtual')
    const own = (globalThis.frames = { gaps: [], empty: 0, elsewhere: [], on: true })
    const covered = () => {
      const { top, bottom } = list.getBoundingClientRect()
      const rows = [...list.querySelectorAll('.virtual-rows > [role=row]')]
        .filter((row) => row.textContent.trim() !== '')
        .map((row) => row.getBoundingClientRect())
        .sort((a, b) => a.top - b.top)
      let reached = top + list.querySelector('.head').offsetHeight
      for (const row of rows) if (row.top <= reached + 1) reached = Math.max(reached, row.bottom)
      return reached >= bottom - 1
    }
    own.observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const node = target.nodeType === 1 ? target : target.parentElement
        if (node !== null && node.closest('.virtual, .topbar') === null) own.elsewhere.push(node.className || node.tagName)
      }
    })
    own.observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    let last
    const look = (now) => {
      if (!own.on) return
      if (last !== undefined) own.gaps.push(now - last)
      last = now
      if (list !== null && !covered()) own.empty += 1
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })()`)

/** Ends looking, and says what was seen. */
export const seenFrames = (page: Page): Promise<Seen> =>
  page.evaluate(`(() => {
    frames.on = false
    frames.observer.disconnect()
    return { gaps: frames.gaps, empty: frames.empty, elsewhere: frames.elsewhere }
  })()`)

/** Frames a second over all of the gaps. */
export const framesPerSecond = ({ gaps }: Pick<Seen, 'gaps'>): number =>
  (gaps.length * 1000) / gaps.reduce((sum, gap) => sum + gap, 0)
