// SPDX-License-Identifier: Apache-2.0
/**
 * What a person finds again on coming back to a list, also after a lock. In memory only, because it may hold names, and
 * gone as soon as somebody else is there or nobody.
 */
import { useEffect, type RefObject } from 'react'
import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { useSession } from './session.ts'

/** Runs whenever the person who is here changes. */
export const onOtherPerson = (forget: () => void): void =>
  void useSession.subscribe((now, then) => {
    if (now.person?.id !== then.person?.id) forget()
  })

/** A store that outlives its screen, and begins anew with each person. */
export const keep = <State extends object>(start: State): UseBoundStore<StoreApi<State>> => {
  const store = create<State>(() => start)
  onOtherPerson(() => store.setState(start, true))
  return store
}

/** How far down each page was scrolled, and the list that scrolls within it, px. */
const places = new Map<string, readonly number[]>()
onOtherPerson(() => places.clear())

/** What a person does to move by themselves. */
const hands = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const

/** Puts a page back where it was scrolled to, as soon as it is long enough for that; a hand that moves it goes first. */
export const useKeptPlace = (ground: RefObject<HTMLElement | null>, page: string): void => {
  useEffect(() => {
    const here = ground.current
    if (here === null) return
    const ends = new AbortController()
    const { signal } = ends
    let wanted = places.get(page)
    const grown = new MutationObserver(() => reach())
    const arrive = (): void => {
      grown.disconnect()
      wanted = undefined
    }
    // In a narrow window the whole page scrolls, else what stands in the middle; the other one stays at its top.
    const scrollers = (): Element[][] => [
      [document.documentElement, ...here.querySelectorAll('.main')],
      [...here.querySelectorAll('.short')],
    ]
    const place = (): number[] => scrollers().map((alike) => alike.reduce((sum, { scrollTop }) => sum + scrollTop, 0))
    const reach = (): void => {
      const goal = wanted ?? []
      for (const [index, alike] of scrollers().entries())
        for (const scroller of alike) scroller.scrollTop = goal[index] ?? 0
      if (place().every((at, index) => Math.abs(at - (goal[index] ?? 0)) < 1)) arrive()
    }
    const note = ({ target }: Event): void => {
      if (wanted !== undefined) return
      if (target === document || (target instanceof Element && target.matches('.main, .short')))
        places.set(page, place())
    }
    grown.observe(here, { childList: true, subtree: true })
    for (const name of hands) window.addEventListener(name, arrive, { signal })
    window.addEventListener('scroll', note, { capture: true, signal })
    reach()
    return () => {
      ends.abort()
      grown.disconnect()
    }
  }, [ground, page])
}
