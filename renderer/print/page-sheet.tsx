// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useRef, type ReactElement } from 'react'
import { askPrint } from '../state/print.ts'
import { Sheet } from './sheet.tsx'

/** What nobody can press on paper, and what only says something to a reader of the screen. */
const notForPaper =
  'button:not(.link):not(.tile-serial):not(.small-open), input, select, textarea, .hidden-text, .page-head'

/** The content of a page as it stands, without what can be pressed. */
const Content = ({ of }: { of: Element }): ReactElement => {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const copy = of.cloneNode(true)
    if (!(copy instanceof HTMLElement)) return
    for (const one of copy.querySelectorAll(notForPaper)) one.remove()
    for (const one of copy.querySelectorAll('[id], [role], [aria-live], [tabindex]'))
      for (const name of ['id', 'role', 'aria-live', 'tabindex']) one.removeAttribute(name)
    place.current?.replaceChildren(...copy.childNodes)
  }, [of])
  return <div ref={place} aria-hidden className="stack" />
}

/** Ctrl+P on a page that has no sheet of its own. */
export const askPrintPage = (screen: string): void => {
  const main = document.querySelector('.main')
  const title = main?.querySelector('h1')?.textContent ?? ''
  if (main === null) return
  askPrint({
    kind: 'page',
    ids: [screen],
    title,
    draw: ([copy]) => (
      <Sheet title={title} copy={copy}>
        <Content of={main} />
      </Sheet>
    ),
  })
}
