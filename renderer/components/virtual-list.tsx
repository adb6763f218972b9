// SPDX-License-Identifier: Apache-2.0
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  type UIEvent,
} from 'react'

const rowHeight = 44
const headHeight = 38

const steps: Readonly<Record<string, (at: number, count: number, page: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, _count, page) => at + page,
  PageUp: (at, _count, page) => at - page,
  Home: () => 0,
  End: (_at, count) => count - 1,
}

/** The row that a key leads to from `at`; undefined for a key that leads to none. */
const rowAfter = (event: KeyboardEvent, at: number, count: number, height: number): number | undefined => {
  const step = steps[event.key]
  if (step === undefined || count === 0 || event.altKey || event.ctrlKey || event.metaKey) return undefined
  const page = Math.max(1, Math.floor((height - headHeight) / rowHeight) - 1)
  return Math.max(0, Math.min(count - 1, step(at, count, page)))
}

type RowProps = {
  index: number
  start: number
  chosen: boolean
  select: (index: number) => void
  row: (index: number) => ReactNode
}

/** Drawn once for its place: scrolling draws those that come in, and no other. */
const Row = memo(({ index, start, chosen, select, row }: RowProps) => (
  <div
    id={`row-${index}`}
    role="row"
    className="log-row"
    aria-rowindex={index + 2}
    aria-selected={chosen}
    style={{ transform: `translateY(${start}px)` }}
    onClick={() => select(index)}
  >
    {row(index)}
  </div>
))
Row.displayName = 'Row'

/** Holds the end of the list in sight while `follow`; gives what tells a scroll away from it. */
const useEnd = (
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  follow: boolean,
  onLeave: (() => void) | undefined,
) => {
  useLayoutEffect(() => {
    if (follow && scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [scroller, follow, count])
  return ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent): void => {
    if (follow && scrollHeight - scrollTop - clientHeight > rowHeight) onLeave?.()
  }
}

/**
 * A long list in one scroller with a sticky head: one tab stop, arrow keys, rows of 44 px. It keeps its own state, so
 * that scrolling draws rows only; `row` and `select` must stay the same. `wanted` is told which rows are shown, `scroll`
 * keeps the place for when the list is put up again. `follow` holds the end in sight; `onLeave` tells that somebody has
 * scrolled away from it.
 */
export const VirtualList = ({
  label,
  count,
  selected,
  select,
  wanted,
  scroll,
  head,
  row,
  follow = false,
  onLeave,
}: {
  label: string
  count: number
  selected: number | undefined
  select: (index: number) => void
  wanted: (from: number, to: number) => void
  scroll: { to: number }
  head: ReactNode
  row: (index: number) => ReactNode
  follow?: boolean
  onLeave?: () => void
}): ReactElement => {
  const scroller = useRef<HTMLDivElement>(null)
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head stands in the same scroller, above the rows, and stays on top of them.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    initialOffset: scroll.to,
    onChange: ({ scrollOffset }) => void (scroll.to = scrollOffset ?? 0),
    // The chosen row stays, wherever the list is scrolled to: it is what assistive technology is told to be at.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const shown = defaultRangeExtractor(range)
        return selected === undefined || shown.includes(selected) ? shown : [...shown, selected]
      },
      [selected],
    ),
  })
  const { startIndex: from = 0, endIndex: to = 0 } = list.range ?? {}
  useEffect(() => wanted(from, to), [from, to, wanted, count])
  const leave = useEnd(scroller, count, follow, onLeave)
  const press = (event: KeyboardEvent): void => {
    const next = rowAfter(event, selected ?? (follow ? count : -1), count, scroller.current?.clientHeight ?? 0)
    if (next === undefined) return
    event.preventDefault()
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
      onScroll={leave}
    >
      {head}
      <div className="virtual-rows" role="rowgroup" style={{ height: `${list.getTotalSize()}px` }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <Row
            key={index}
            index={index}
            start={start - headHeight}
            chosen={index === selected}
            select={select}
            row={row}
          />
        ))}
      </div>
    </div>
  )
}
