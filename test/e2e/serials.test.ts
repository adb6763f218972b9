// SPDX-License-Identifier: Apache-2.0
/** Serial numbers on the screen: nobody takes a zero for an O. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { handsOf } from './hands.ts'
import { openSite } from './site.ts'

/** The faces in which serial numbers are drawn: of every piece of text that is one, to be seen now. */
const facesOfSerials = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const pieces = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const faces: string[] = []
    while (pieces.nextNode() !== null) {
      const { textContent, parentElement } = pieces.currentNode
      if (parentElement !== null && /^G4-\d{6}-7Q$/.test(textContent?.trim() ?? ''))
        faces.push(getComputedStyle(parentElement).fontFamily)
    }
    return faces
  })

/** How much ink stands in the middle of a zero and of an O, 0 to 1, in the face of the serial numbers on the page. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    const shown = [...document.querySelectorAll('.mono')].find(({ textContent }) => textContent.includes('G4-0'))
    const font = `400 80px ${shown === undefined ? 'none' : getComputedStyle(shown).fontFamily}`
    await document.fonts.load(font, '0O')
    const pixels = (glyph: string): number[] => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 120
      const context = canvas.getContext('2d')
      if (context === null) return []
      context.font = font
      context.textAlign = 'center'
      context.fillText(glyph, 60, 90)
      const { data } = context.getImageData(0, 0, 120, 120)
      return Array.from({ length: 120 * 120 }, (_, n) => (data[n * 4 + 3] ?? 0) / 255)
    }
    // A capital letter of 80 px is 56 px high: its middle lies 28 px above the line.
    const middle = (all: number[]): number => {
      let sum = 0
      for (let y = 57; y < 67; y += 1) for (let x = 57; x < 63; x += 1) sum += all[y * 120 + x] ?? 0
      return sum / 60
    }
    const [zero, letter] = [pixels('0'), pixels('O')]
    const loaded = [...document.fonts].some(({ family, status }) => family.includes('Plex Mono') && status === 'loaded')
    return { loaded, zero: middle(zero), letter: middle(letter) }
  })

describe('a serial number', () => {
  it(
    'is drawn in the face whose zero is marked, wherever it stands by itself (ux 87)',
    { timeout: 120_000 },
    async () => {
      const { page } = await openSite({ devices: 12 })
      const hands = handsOf(page, 'en')
      await hands.signIn('technician')
      await hands.open('devices')
      await page.getByRole('button', { name: 'G4-000000-7Q' }).click()
      await page.getByRole('complementary').getByText('G4-000000-7Q').waitFor()
      const onDevices = await facesOfSerials(page)
      expect(onDevices.length).toBeGreaterThanOrEqual(13)
      const { loaded, zero, letter } = await drawn(page)
      expect(loaded).toBe(true)
      expect(zero).toBeGreaterThan(0.5)
      expect(letter).toBeLessThan(0.05)
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Find' }).fill('G4-0000')
      await page.getByRole('option').nth(5).waitFor()
      const inFind = await facesOfSerials(page)
      expect(inFind.length).toBeGreaterThan(onDevices.length)
      expect([...onDevices, ...inFind].filter((face) => !face.startsWith('"IBM Plex Mono"'))).toEqual([])
    },
  )
})
