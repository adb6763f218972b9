// SPDX-License-Identifier: Apache-2.0
/** What is left of a status when its colour is gone: a word and a shape. */
import type { Page } from 'playwright-core'
import { sharedBrowser } from '../shell/chromium.ts'

export type Seen = { readonly word: string; readonly tone: string; readonly shape: string }

/** Every status of a page as it would be printed: word, tone and the drawing of its shape. */
export const statusesInPrint = async (page: Page): Promise<Seen[]> => {
  await page.emulateMedia({ media: 'print', reducedMotion: 'reduce' })
  const seen = await page.evaluate(() =>
    [...document.querySelectorAll('.tile .status, .lines .status')].flatMap((status) => {
      const shape = status.querySelector('svg')
      if (shape === null || !shape.checkVisibility()) return []
      return [{ word: status.textContent ?? '', tone: status.className.replace(/.*tone-/, ''), shape: shape.innerHTML }]
    }),
  )
  await page.emulateMedia({ media: null, reducedMotion: 'reduce' })
  return seen
}

/** The share of points at which each drawing differs from each other one, drawn black on white: 0 is the same shape. */
export const differences = async (shapes: readonly string[]): Promise<number[][]> => {
  const page = await (await sharedBrowser()).newPage({ viewport: { width: 64, height: 64 } })
  const pictures: string[] = []
  for (const shape of shapes) {
    await page.setContent(
      `<svg width="48" height="48" viewBox="0 0 24 24" fill="none" stroke="black" stroke-width="1.8" style="color:black">${shape}</svg>`,
    )
    pictures.push((await page.screenshot()).toString('base64'))
  }
  const found = await page.evaluate(async (encoded) => {
    const grounds: boolean[][] = []
    for (const text of encoded) {
      const image = new Image()
      image.src = `data:image/png;base64,${text}`
      await image.decode()
      const canvas = new OffscreenCanvas(64, 64)
      const pen = canvas.getContext('2d')
      pen?.drawImage(image, 0, 0)
      const { data } = pen?.getImageData(0, 0, 64, 64) ?? { data: [] }
      grounds.push(Array.from({ length: 64 * 64 }, (_, n) => (data[4 * n] ?? 255) < 128))
    }
    return grounds.map((one) =>
      grounds.map((other) => {
        const ink = one.filter((dark, n) => dark || other[n] === true).length
        return one.filter((dark, n) => dark !== other[n]).length / Math.max(1, ink)
      }),
    )
  }, pictures)
  await page.close()
  return found
}
