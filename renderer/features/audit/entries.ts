// SPDX-License-Identifier: Apache-2.0
import { create } from 'zustand'
import type { Contract } from '../../../shared/contract/contract.ts'
import { toAirlockError, type AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { call } from '../../state/connection.ts'
import { onOtherPerson } from '../../state/kept.ts'

export type Entry = Result<Contract, 'audit.find'>['entries'][number]

/** What narrows the list; `to` is a time, not included. */
export type Filter = {
  readonly outcome?: Entry['outcome']
  readonly action?: string
  readonly objectId?: string
  readonly to?: number
}

const pageSize = 200
/** A scroller of 44 px rows ends near 760 000 of them; what is older is reached by a date. */
export const mostRows = 700_000

export const isNarrowed = (filter: Filter): boolean => Object.values(filter).some((value) => value !== undefined)

/**
 * The list as it stands, apart from the page: whoever comes back finds filters, choice and place. It is made of the
 * entries before `before`: one that comes meanwhile would move every row.
 */
type Log = {
  readonly filter: Filter
  /** The chosen row's place in the list. */
  readonly selected: number | undefined
  readonly before: number | undefined
  readonly count: number
  /** What was loaded, by place. Filled in place, told by a new `drawn`: copying it for each page would be the work. */
  readonly entries: ReadonlyMap<number, Entry>
  readonly drawn: number
  /** Which list this is, counted: another filter is another list, which begins at its top. */
  readonly list: number
  readonly busy: boolean
  readonly fault: AirlockError | undefined
}

const nothing: Log = {
  filter: {},
  selected: undefined,
  before: undefined,
  count: 0,
  entries: new Map(),
  drawn: 0,
  list: 0,
  busy: false,
  fault: undefined,
}

/** The log that is shown; a row subscribes to its own entry. */
export const useLog = create<Log>(() => nothing)

/** Pixels that the list is scrolled down: read when it is put up again, and nothing is drawn for it. */
export const scrolled = { to: 0 }

let loaded = new Map<number, Entry>()
let asked = new Set<number>()

const put = (from: number, entries: readonly Entry[]): void =>
  entries.forEach((entry, index) => loaded.set(from + index, entry))

/** Makes the list anew, the newest entry first; what stood there stays until the answer is here. */
export const showLog = async (filter: Filter): Promise<void> => {
  const own = new Set([0])
  asked = own
  useLog.setState({ filter, selected: undefined, busy: true, fault: undefined })
  try {
    const { entries, count, size } = await call('audit.find', { ...filter, limit: pageSize })
    if (own !== asked) return
    loaded = new Map()
    put(0, entries)
    scrolled.to = 0
    useLog.setState(({ list }) => ({ before: size, count, entries: loaded, list: list + 1, busy: false }))
  } catch (error) {
    if (own === asked) useLog.setState({ busy: false, fault: toAirlockError(error) })
  }
}

const load = async (page: number): Promise<void> => {
  const own = asked
  const { filter, before, busy } = useLog.getState()
  if (busy || before === undefined || own.has(page)) return
  own.add(page)
  const from = page * pageSize
  // Without a filter any place is reached at once, because sequence numbers have no gaps.
  const place = isNarrowed(filter) ? { before, offset: from } : { before: Math.max(0, before - from) }
  try {
    const { entries } = await call('audit.find', { ...filter, ...place, limit: pageSize })
    if (own !== asked) return
    put(from, entries)
    useLog.setState(({ drawn }) => ({ drawn: drawn + 1 }))
  } catch (error) {
    own.delete(page)
    if (own === asked) useLog.setState({ fault: toAirlockError(error) })
  }
}

/** Loads what the list shows, and a page on either side: who scrolls on finds it there. */
export const wantRows = (from: number, to: number): void => {
  const last = Math.floor((Math.min(useLog.getState().count, mostRows) - 1) / pageSize)
  for (let page = Math.floor(from / pageSize) - 1; page <= Math.floor(to / pageSize) + 1; page += 1)
    if (page >= 0 && page <= last) void load(page)
}

export const selectRow = (selected: number): void => useLog.setState({ selected })

/** The sequence number at a place; without a filter it is known before the entry is there. */
export const seqAt = ({ filter, before, entries }: Log, index: number): number | undefined =>
  entries.get(index)?.seq ?? (isNarrowed(filter) || before === undefined ? undefined : before - 1 - index)

// Whoever comes next begins with the whole log.
onOtherPerson(() => {
  asked = new Set()
  useLog.setState(({ list }) => ({ ...nothing, list }))
})
