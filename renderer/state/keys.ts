// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react'
import { askPrintPage } from '../print/page-sheet.tsx'
import { openFind, openHelp } from './overlay.ts'
import { returnTo, useRoute } from './route.ts'
import { lock, type Role } from './session.ts'
import { railOf } from './shortcuts.ts'

const regions = ['.rail', '.topbar', '.main', '.panel']
const reachable = 'button, input:not([type="hidden"]), select, textarea, a[href], [tabindex="0"]'

const nextRegion = (step: 1 | -1): void => {
  const found = regions.flatMap((selector) => Array.from(document.querySelectorAll<HTMLElement>(selector)))
  const here = found.findIndex((region) => region.contains(document.activeElement))
  // From outside of all: forwards to the first, backwards to the last.
  const next = found[here < 0 && step < 0 ? found.length - 1 : (here + step + found.length) % found.length]
  if (next === undefined) return
  const target = next.querySelector<HTMLElement>(reachable)
  if (target === null) next.tabIndex = -1
  ;(target ?? next).focus()
}

/** The uppermost layer only: what lies below a dialog is not what the person sees. */
const uppermost = (): ParentNode => Array.from(document.querySelectorAll<HTMLElement>('.dialog')).at(-1) ?? document

/** Where a page or a dialog has a sheet of its own, its button knows; else the page is printed as it stands. */
const printHere = (): void => {
  const layer = uppermost()
  const button = layer.querySelector<HTMLElement>('[data-print]')
  if (button !== null) button.click()
  else if (layer === document) askPrintPage(useRoute.getState().screen)
}

const pressIn = (selector: string): void => {
  uppermost().querySelector<HTMLElement>(selector)?.click()
}

/** Alt with a digit, and neither AltGr (which Windows sends as Ctrl and Alt) nor anything else. */
const digitOf = ({ altKey, ctrlKey, shiftKey, code }: KeyboardEvent): number | undefined =>
  altKey && !ctrlKey && !shiftKey && /^Digit[1-9]$/.test(code) ? Number(code.at(-1)) : undefined

const withControl = (letter: string): (() => void) | undefined => {
  switch (letter) {
    case 'k':
      return openFind
    case 'l':
      return () => void lock()
    case 'p':
      return printHere
    case 'Enter':
      return () => pressIn('.btn.primary')
    default:
      return undefined
  }
}

/** Keys that go on while a dialog is open. */
const inDialogs = ['l', 'p', 'Enter', 'F1']

const actionOf = (event: KeyboardEvent, roles: readonly Role[]): (() => void) | undefined => {
  const { altKey, ctrlKey, key } = event
  const digit = digitOf(event)
  const screen = digit === undefined ? undefined : railOf(roles)[digit - 1]
  if (screen !== undefined) return () => returnTo(screen)
  if (ctrlKey && !altKey) return withControl(key.length === 1 ? key.toLowerCase() : key)
  if (key === 'F1') return () => openHelp()
  return key === 'F6' ? () => nextRegion(event.shiftKey ? -1 : 1) : undefined
}

/** Keys that work everywhere, all of them with a modifier or a function key (`shortcuts.ts`). */
export const useKeys = (roles: readonly Role[]): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionOf(event, roles)
      if (action === undefined) return
      event.preventDefault()
      const layered = document.querySelector('.dialog') !== null
      if (!layered || inDialogs.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key)) action()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [roles])
}
