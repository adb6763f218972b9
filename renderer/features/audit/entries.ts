// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import { toAirlockError, type AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { call } from '../../state/connection.ts'

export type Entry = Result<Contract, 'audit.find'>['entries'][number]

/** What narrows the list. */
export type Filter = { readonly outcome?: Entry['outcome']; readonly action?: string; readonly objectId?: string }

const pageSize = 200

export const isNarrowed = (filter: Filter): boolean => Object.values(filter).some((value) => value !== undefined)

type Log = {
  readonly count: number
  readonly size: number
  readonly fault: AirlockError | undefined
  readonly loading: boolean
  readonly entry: (index: number) => Entry | undefined
  readonly wanted: (from: number, to: number) => void
}

type Kept = { entries: Map<number, Entry>; asked: Set<number>; size: number; end: boolean }
const empty = (): Kept => ({ entries: new Map(), asked: new Set(), size: 0, end: false })

/**
 * The log, newest first, loaded by pages as they are looked at. Without a filter any place is reached at once, because
 * sequence numbers have no gaps; with one, page follows page.
 */
export const useLog = (filter: Filter): Log => {
  const kept = useRef<Kept>(empty())
  const [drawn, draw] = useState(0)
  const [fault, setFault] = useState<AirlockError | undefined>(undefined)
  const narrowed = isNarrowed(filter)

  const load = useCallback(
    async (page: number, before: number | undefined): Promise<void> => {
      const own = kept.current
      if (own.asked.has(page)) return
      own.asked.add(page)
      try {
        const ask = { ...filter, limit: pageSize, ...(before === undefined ? {} : { before }) }
        const { entries, size } = await call('audit.find', ask)
        // The size of the first answer stays: an entry that comes meanwhile would move every row.
        if (own.size === 0) own.size = size
        entries.forEach((entry, index) => own.entries.set(page * pageSize + index, entry))
        own.end = entries.length < pageSize
        if (own === kept.current) draw((n) => n + 1)
      } catch (error) {
        setFault(toAirlockError(error))
      }
    },
    [filter],
  )

  useEffect(() => {
    kept.current = empty()
    setFault(undefined)
    draw((n) => n + 1)
    void load(0, undefined)
  }, [load])

  const wanted = useCallback(
    (from: number, to: number): void => {
      const own = kept.current
      if (own.size === 0) return
      for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page += 1) {
        const last = own.entries.get(page * pageSize - 1)
        if (!narrowed) void load(page, own.size - page * pageSize)
        else if (last !== undefined && !own.end) void load(page, last.seq)
      }
    },
    [load, narrowed],
  )
  const { entries, size, end } = kept.current
  return {
    count: narrowed ? entries.size + (end ? 0 : 1) : size,
    size,
    fault,
    loading: drawn < 2 && fault === undefined,
    entry: (index) => entries.get(index),
    wanted,
  }
}
