// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react'
import { go, mayOpen, screens } from './route.ts'
import { lock, type Role } from './session.ts'

const regions = ['.rail', '.topbar', '.main', '.panel']

const nextRegion = (step: 1 | -1): void => {
  const found = regions.flatMap((selector) => Array.from(document.querySelectorAll<HTMLElement>(selector)))
  const here = found.findIndex((region) => region.contains(document.activeElement))
  const next = found[(here + step + found.length) % found.length]
  const target = next?.querySelector<HTMLElement>('button, input, select, a, [tabindex]') ?? next
  target?.focus()
}

/** Keys that work everywhere, all of them with a modifier or a function key: Alt+1…9, Ctrl+L, Ctrl+Enter, F6. */
export const useKeys = (roles: readonly Role[]): void => {
  useEffect(() => {
    const mine = screens.filter((screen) => mayOpen(roles, screen))
    const press = (event: KeyboardEvent): void => {
      const wanted = event.altKey && /^[1-9]$/.test(event.key) ? mine[Number(event.key) - 1] : undefined
      if (wanted !== undefined) go(wanted)
      else if (event.ctrlKey && event.key.toLowerCase() === 'l') void lock()
      else if (event.ctrlKey && event.key === 'Enter')
        document.querySelector<HTMLElement>('.dialog .btn.primary, .btn.primary')?.click()
      else if (event.key === 'F6') nextRegion(event.shiftKey ? -1 : 1)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [roles])
}
