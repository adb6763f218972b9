// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from 'react'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'

export type PortMap = Result<Contract, 'ports.list'>
/** One place of the map; `here` is what the system calls what is plugged in. */
export type Place = {
  readonly id: string
  readonly number: number
  readonly name: string | null
  readonly here: boolean
}

/** Every place by its number, plugged or not. */
export const placesOf = ({ ports, absent }: PortMap): readonly Place[] =>
  [
    ...ports.map(({ id, number, name }) => ({ id, number, name, here: true })),
    ...absent.map((place) => ({ ...place, here: false })),
  ].toSorted((a, b) => a.number - b.number)

/** The place where something was plugged in last, since somebody began to look. */
export const useLastPlugged = (map: PortMap | undefined): string | undefined => {
  const before = useRef<ReadonlySet<string> | undefined>(undefined)
  const [last, setLast] = useState<string | undefined>(undefined)
  useEffect(() => {
    if (map === undefined) return
    const here = new Set(map.ports.map(({ id }) => id))
    const fresh = map.ports.find(({ id }) => before.current !== undefined && !before.current.has(id))
    if (fresh !== undefined) setLast(fresh.id)
    before.current = here
  }, [map])
  return last
}
