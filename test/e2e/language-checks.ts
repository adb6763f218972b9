// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core'
import { catalogues } from './speech.ts'

type Piece = { readonly text: string; readonly cut: boolean; readonly mono: boolean }

/** Every piece of text that can be seen or is a name, and whether the box around it cuts it. */
const pieces = (page: Page): Promise<Piece[]> =>
  page.evaluate(() => {
    const found: Piece[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const parent = node.parentElement
      if (text === '' || parent === null || parent.closest('script, style, select') !== null) continue
      if (!parent.checkVisibility({ visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const rects = [...range.getClientRects()]
      const hidden = parent.closest('.hidden-text, .skip') !== null
      let cut = false
      for (let box: Element | null = parent; box !== null && !hidden; box = box.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(box)
        const { left, right, top, bottom } = box.getBoundingClientRect()
        const clipsX = overflowX === 'hidden' || overflowX === 'clip'
        const clipsY = overflowY === 'hidden' || overflowY === 'clip'
        if (clipsX && rects.some((rect) => rect.right > right + 1 || rect.left < left - 1)) cut = true
        if (clipsY && rects.some((rect) => rect.bottom > bottom + 3 || rect.top < top - 3)) cut = true
        // What bursts out of its own frame is as bad.
        if (box.matches('.btn, .chip, .card, .notice, .tile, .status, .badge, .rail, td, th') && !clipsX)
          if (rects.some((rect) => rect.right > right + 1)) cut = true
        if (overflowX === 'auto' || overflowX === 'scroll' || position === 'fixed') break
      }
      found.push({ text, cut, mono: parent.closest('.mono, kbd, [translate=no]') !== null })
    }
    const names = [...document.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((one) =>
      ['aria-label', 'placeholder', 'title'].flatMap((name) => one.getAttribute(name) ?? []),
    )
    return [...found, ...names.map((text) => ({ text, cut: false, mono: false }))]
  })

/** In the stretched language: what is cut, and what no catalogue has said. `data`: what people and machines have written. */
export const pseudoFaults = async (page: Page, data: RegExp): Promise<string[]> => {
  const seen = await pieces(page)
  const cut = seen.filter((piece) => piece.cut).map(({ text }) => `cut: ${text}`)
  const strange = seen
    .filter(({ mono }) => !mono)
    .map(({ text }) => text)
    .filter((text) => /\p{L}{3}/u.test(text) && !/[~åëïøüçñš]/.test(text) && !data.test(text))
    .map((text) => `in no catalogue: ${text}`)
  return [...new Set([...cut, ...strange])]
}

/** Texts of the English catalogue that the German one says otherwise, without their values. */
const englishOnly: ReadonlySet<string> = new Set(
  Object.entries(catalogues.en)
    .filter(
      ([key, text]) =>
        !text.includes('{') && !(Object.values(catalogues.de) as string[]).includes(text) && key in catalogues.de,
    )
    .map(([, text]) => text),
)
const commonEnglish = /\b(the|and|with|this|that|are|your|from|has|have|nothing|every|device|entry)\b/i

/** On a German page: what is English. */
export const englishOn = async (page: Page, data: RegExp): Promise<string[]> => {
  const seen = await pieces(page)
  const texts = [...new Set(seen.filter(({ mono }) => !mono).map(({ text }) => text))].filter(
    (text) => !data.test(text),
  )
  return texts
    .filter((text) => englishOnly.has(text) || [...text.matchAll(new RegExp(commonEnglish, 'gi'))].length > 1)
    .map((text) => `English: ${text}`)
}
