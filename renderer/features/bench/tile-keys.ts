// SPDX-License-Identifier: Apache-2.0
import { useRef, useState, type KeyboardEvent } from 'react'
import { nextBox } from './next-box.ts'
import { include, type Numbered } from './run.ts'

const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']

/** Numbers of ports have three digits at most: a longer one is none, and a scanner's burst neither. */
const digits = 3

const tilesIn = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-port]')]

const focusOn = (tile: HTMLElement | undefined): void => tile?.querySelector<HTMLElement>('[data-open]')?.focus()

/**
 * The keys of the bench, inside its list only: arrows go between tiles as laid out, Space includes or leaves out, Enter
 * opens, a number and Enter jump to that port. `wanted`: the number so far.
 */
export const useTileKeys = (tiles: readonly Numbered[]) => {
  const [wanted, setWanted] = useState('')
  const typed = useRef('')
  const type = (text: string): void => {
    typed.current = text.length > digits ? '' : text
    setWanted(typed.current)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, target, currentTarget } = event
    if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof HTMLElement)) return
    const list = tilesIn(currentTarget)
    const at = list.findIndex((tile) => tile.contains(target))
    const onTile = target.hasAttribute('data-open')
    if (arrows.includes(key)) {
      const boxes = list.map((tile) => ({ x: tile.offsetLeft, y: tile.offsetTop }))
      focusOn(list[nextBox(boxes, at, key) ?? at])
    } else if (/^\d$/.test(key)) type(typed.current + key)
    else if (key === 'Enter' && typed.current !== '') {
      const port = tiles.find(({ number }) => String(number) === typed.current)?.port
      focusOn(list.find((tile) => tile.dataset['port'] === port))
      type('')
    } else if (key === ' ' && onTile) {
      const tile = tiles.find(({ port }) => port === list[at]?.dataset['port'])
      if (tile?.selectable === true) include(tile.port, tile.state === 'leftOut' || tile.state === 'aside')
    } else return type('')
    event.preventDefault()
  }
  return { wanted, keys: { onKeyDown, onBlur: () => type('') } }
}
