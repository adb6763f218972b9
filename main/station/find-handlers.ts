// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import { mostFound, type findCalls } from '../../shared/contract/find-calls.ts'
import { logReaders } from '../../shared/contract/look-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { listBundles } from './bundles/rows.ts'
import { personOf, type Caller } from './caller.ts'
import { searchDevices } from './devices/search.ts'
import type { Exports } from './exports/exports.ts'
import type { Parts } from './parts.ts'

type FindHandlers = Pick<Handlers<Contract, Caller>, keyof typeof findCalls>

/** A number as people write it: `84 113`, `#84113`. */
const numberIn = (text: string): number | undefined => {
  const digits = text.replace(/[\s\u202f#.]/g, '')
  return /^\d{1,12}$/.test(digits) ? Number(digits) : undefined
}

/** Whether every word of the question is in the text. */
const matches = (text: string, question: string): boolean =>
  question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))

/** Finding things by a few characters. */
export const findHandlers = ({ store, search }: Parts, exports: Exports): FindHandlers => ({
  'find.search': ({ text }, caller) => {
    const { session } = personOf(caller)
    const number = numberIn(text)
    const mayRead = logReaders.some((role) => session.roles.includes(role))
    const entries = mayRead && number !== undefined ? search.page({ before: number + 1 }, 1) : []
    return {
      devices: searchDevices(store.read, text, mostFound),
      bundles: listBundles(store.read)
        .filter(({ product, version }) => matches(`${product} ${version}`, text))
        .slice(0, mostFound)
        .map(({ id, product, version }) => ({ id, product, version })),
      exports: exports
        .list()
        .filter((row) => (number !== undefined && row.number === number) || matches(row.reason, text))
        .slice(0, mostFound)
        .map(({ id, number: own, reason }) => ({ id, number: own, reason })),
      // A page that ends below the number means that there is no such entry yet.
      entries: entries.filter(({ seq }) => seq === number).map(({ seq, action, wall_ms: at }) => ({ seq, action, at })),
    }
  },
})
