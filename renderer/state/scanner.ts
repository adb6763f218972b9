// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react'
import { call } from './connection.ts'
import { keep } from './kept.ts'
import { go, useRoute } from './route.ts'
import { noBurst, scanStep } from './scan.ts'

/** What came of the last scan. `seen`: when another device was last here, ms UTC; null: never. */
export type Scanned = { readonly serial: string; readonly here: boolean; readonly seen: number | null }
export const useScanned = keep<{ readonly last: Scanned | undefined }>({ last: undefined })

/** Screens on which a scan means a device. */
const listening = ['bench', 'devices']

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
const isField = (node: unknown): node is Field =>
  node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement

/** Puts a field back to what it held, in the way that its screen hears of. */
const restore = (field: Field, value: string): void => {
  if (field.value === value) return
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')
  own?.set?.call(field, value)
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
}

const focusTile = (serial: string): boolean => {
  const tile = document.querySelector<HTMLElement>(`[data-serial="${CSS.escape(serial)}" i]`)
  const button = tile?.querySelector<HTMLElement>('button')
  button?.scrollIntoView({ block: 'nearest' })
  button?.focus()
  return button !== undefined && button !== null
}

/** Goes to the device, or says where it is not. A code that a label of ours bears has more words than the serial number. */
const jump = async (text: string): Promise<void> => {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const onBench = useRoute.getState().screen === 'bench'
  const here = onBench ? words.find(focusTile) : undefined
  if (here !== undefined) return useScanned.setState({ last: { serial: here, here: true, seen: null } })
  for (const word of words) {
    const { devices } = await call('find.search', { text: word.slice(0, 64) })
    const device = devices.find(({ serial }) => serial.toLowerCase() === word.toLowerCase())
    if (device === undefined) continue
    if (!onBench) go('devices', device.id)
    return useScanned.setState({ last: { serial: device.serial, here: !onBench, seen: device.lastSeen } })
  }
  useScanned.setState({ last: { serial: words[0] ?? text, here: false, seen: null } })
}

const mayListen = (): boolean =>
  listening.includes(useRoute.getState().screen) && document.querySelector('.dialog') === null

/**
 * Hears a scanner that types, on the bench and among the devices. What it types lands in no field and presses nothing:
 * a field that had the focus is put back, and outside of fields its keys are kept from everybody else.
 */
export const useScanner = (): void => {
  useEffect(() => {
    let burst = noBurst
    let before: { readonly field: Field; readonly value: string } | undefined
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || !mayListen()) return void (burst = noBurst)
      const step = scanStep(burst, { key: event.key, at: event.timeStamp })
      burst = step.burst
      const { activeElement: here } = document
      // The first key of what may be a scan: nothing of it is in the field yet.
      if (!step.fast && event.key.length === 1) before = isField(here) ? { field: here, value: here.value } : undefined
      if (step.scan === undefined && (!step.fast || isField(here))) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (step.scan === undefined) return
      if (before !== undefined) restore(before.field, before.value)
      // Without a line the page says so itself.
      jump(step.scan).catch(() => undefined)
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])
}
