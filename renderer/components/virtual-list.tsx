// SPDX-License-Identifier: Apache-2.0
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react'

const rowHeight = 44
const headHeight = 38
const page = 10

const steps: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + page,
  PageUp: (at) => at - page,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/**
 * A long list in one scroller with a sticky head: one tab stop, arrow keys, rows of 44 px. It keeps its own state, so
 * that scrolling draws rows only. `wanted` is told which rows are shown.
 */
export const VirtualList = ({
  label,
  count,
  selected,
  select,
  wanted,
  head,
  row,
}: {
  label: string
  count: number
  selected: number | undefined
  select: (index: number) => void
  wanted: (from: number, to: number) => void
  head: ReactNode
  row: (index: number) => ReactNode
}): ReactElement => {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
  })
  const items = list.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = items.at(-1)?.index ?? 0
  useEffect(() => wanted(from, to), [from, to, wanted, count])
  const press = (event: KeyboardEvent): void => {
    const step = steps[event.key]
    if (step === undefined || count === 0) return
    event.preventDefault()
    const next = Math.max(0, Math.min(count - 1, step(selected ?? -1, count)))
    select(next)
    list.scrollToIndex(next)
  }
  return (
    <div
      ref={scroller}
      className="virtual"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={selected === undefined ? undefined : `row-${selected}`}
      onKeyDown={press}
    >
      {head}
      <div className="virtual-rows" role="rowgroup" style={{ height: `${list.getTotalSize()}px` }}>
        {items.map(({ index, start }) => (
          <div
            key={index}
            id={`row-${index}`}
            role="row"
            className="log-row"
            aria-rowindex={index + 2}
            aria-selected={index === selected}
            style={{ transform: `translateY(${start}px)` }}
            onClick={() => select(index)}
          >
            {row(index)}
          </div>
        ))}
      </div>
    </div>
  )
}
