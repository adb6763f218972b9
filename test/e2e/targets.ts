// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core'

/** The least size of what is pressed, in px. */
export const normalTargets = { primary: 52, standard: 44, inRow: 40 }
/** The same for a person who wants large controls. */
export const largeTargets = { primary: 64, standard: 56, inRow: 48 }

/**
 * What can be pressed on the page and is too small for a glove, in words. A box that is ticked counts with its label,
 * which ticks it too, a button that spreads over its place with that; a link in a sentence is as high as its line.
 */
export const smallTargets = (page: Page, least: typeof normalTargets = normalTargets): Promise<string[]> =>
  page.evaluate(({ primary, standard, inRow }) => {
    const controls =
      'button, a[href], summary, select, textarea, input, [role=menuitem], [role=option], [role=combobox]'
    const rows = 'table, .tile, .small-tile, .lines, [role=row], .switch, .btn.in-row, [role=option]'
    const inSentence = (control: Element): boolean => {
      const sentence = control.closest('p, dd, .sentence')
      return (
        control.matches('.link, a') &&
        sentence !== null &&
        (sentence.textContent ?? '').trim() !== (control.textContent ?? '').trim()
      )
    }
    const boxesOf = (control: HTMLElement): DOMRect[] => {
      const labels = control instanceof HTMLInputElement && /checkbox|radio/.test(control.type) ? control.labels : null
      const spread = getComputedStyle(control, '::after')
      const over = spread.position === 'absolute' && spread.inset === '0px' ? control.offsetParent : null
      const frame = control.closest('.mantine-PasswordInput-input')
      const around = control instanceof HTMLInputElement ? frame : over
      return [control, ...(labels ?? []), ...(around === null ? [] : [around])].map((one) =>
        one.getBoundingClientRect(),
      )
    }
    return [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }) && !inSentence(control))
      .flatMap((control) => {
        const boxes = boxesOf(control)
        const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left))
        const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top))
        const wanted = control.matches('.btn.primary') ? primary : control.closest(rows) === null ? standard : inRow
        // Half a pixel is lost where a browser rounds.
        return Math.min(width, height) >= wanted - 0.5 || boxes.every((box) => box.width === 0)
          ? []
          : [`${control.outerHTML.slice(0, 160)} is ${Math.round(width)} × ${Math.round(height)}, not ${wanted}`]
      })
  }, least)
