// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core'

/** Far above what a page has: a trap ends there. */
const mostStops = 250

/**
 * Goes through the page by Tab alone: every control is reached, and where the focus is can be seen at 3:1, by an outline
 * of at least 2 px against what lies around it. Lists and groups that the arrow keys walk have one stop.
 */
export const walkFocus = async (page: Page): Promise<string[]> => {
  await page.evaluate(() => {
    for (const marked of document.querySelectorAll('[data-stop]')) marked.removeAttribute('data-stop')
    // Tab goes on from where somebody last was: that is the beginning again.
    const start = [...document.querySelectorAll<HTMLElement>('.dialog')].at(-1) ?? document.body
    start.tabIndex = -1
    start.focus()
    if (start === document.body) start.removeAttribute('tabindex')
  })
  const found: string[] = []
  for (let stop = 0; stop < mostStops; stop += 1) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate(lookAtFocus)
    if (seen === 'end') break
    if (seen !== undefined) found.push(seen)
  }
  return [...found, ...(await page.evaluate(neverReached))]
}

const lookAtFocus = (): string | undefined => {
  const one = document.activeElement
  if (one === null || one === document.body) return 'end'
  // A field of several parts, as a month is, holds Tab for each of them.
  if (one.hasAttribute('data-stop')) return one.getAttribute('data-stop') === 'last' ? undefined : 'end'
  document.querySelector('[data-stop=last]')?.setAttribute('data-stop', '')
  one.setAttribute('data-stop', 'last')
  const numbers = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = numbers(colour).map((value) => {
      const part = value / 255
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const groundOf = (element: Element | null): string => {
    if (element === null) return getComputedStyle(document.body).backgroundColor
    const { backgroundColor } = getComputedStyle(element)
    return numbers(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor
  }
  // A field's frame or a switch's label may wear the outline for it.
  const wearers = [one, one.parentElement, one.parentElement?.parentElement, one.nextElementSibling]
  const visible = wearers.some((wearer) => {
    if (wearer === null || wearer === undefined) return false
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(wearer)
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return false
    const [a, b] = [light(outlineColor), light(groundOf(wearer.parentElement))].sort((x, y) => y - x)
    return ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05) >= 3
  })
  const name = one.getAttribute('aria-label') ?? one.textContent?.slice(0, 40) ?? ''
  if (!visible) return `focus cannot be seen on ${one.tagName.toLowerCase()} “${name}” ${one.className}`
  const { left, top, right, bottom } = one.getBoundingClientRect()
  if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `focus is out of sight on “${name}”`
  return undefined
}

const neverReached = (): string[] => {
  const layer = [...document.querySelectorAll('.dialog')].at(-1) ?? document.body
  const composite = '[role=grid], [role=radiogroup], [role=tablist], [role=menu], [role=listbox], [role=toolbar]'
  const all = [...layer.querySelectorAll<HTMLElement>('button, input, select, textarea, a[href], summary')]
  const open = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('[data-stop]'))
  const lost = open.filter((one) => {
    if (one.closest('[aria-hidden=true], [inert]') !== null) return false
    const group = one.closest(composite)
    if (group !== null && group.querySelector('[data-stop]') !== null) return false
    // Radio buttons of one name are one stop.
    if (one instanceof HTMLInputElement && one.type === 'radio')
      return !all.some(
        (other) => other instanceof HTMLInputElement && other.name === one.name && other.matches('[data-stop]'),
      )
    // A list whose items the arrow keys walk.
    return one.tabIndex >= 0 || one.closest('[data-roving], ul, ol')?.querySelector('[data-stop]') === null
  })
  return lost.map((one) => `Tab never reaches “${one.getAttribute('aria-label') ?? one.textContent ?? one.tagName}”`)
}
