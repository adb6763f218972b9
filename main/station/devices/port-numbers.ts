// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { Actor, AuditLog } from '../audit/entry.ts'
import type { Store } from '../store/open.ts'
import { readSetting, writeSetting } from '../store/settings.ts'

const numbered = z.object({ number: z.int(), name: z.string().nullable() })
const numberedPlaces = z.record(z.string(), numbered)
type Places = Readonly<Record<string, Readonly<z.infer<typeof numbered>>>>

/** A place on the bench (`socketOf`) with the number of its sticker, and what people call it. */
export type NumberedPlace = { readonly place: string; readonly number: number; readonly name: string | null }

/** A bench has some 50 ports; what is plugged in beyond this has a number for as long as it is there. */
const mostPlaces = 512

/** Known places keep their numbers; new ones take the lowest that are free, in the order of their names. */
export const numberPlaces = (known: Places, seen: readonly string[]): Places => {
  const places: Record<string, Places[string]> = { ...known }
  const taken = new Set(Object.values(known).map(({ number }) => number))
  const fresh = seen
    .filter((place) => !Object.hasOwn(places, place))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  let number = 1
  for (const place of fresh) {
    while (taken.has(number)) number += 1
    taken.add(number)
    places[place] = { number, name: null }
  }
  return places
}

/** Gives a place its number and name; the place that had the number takes the one that becomes free. */
export const renumber = (known: Places, { place, number, name }: NumberedPlace): Places => {
  const before = Object.hasOwn(known, place) ? known[place] : undefined
  if (before === undefined) throw new AirlockError('port.unknown', { port: place })
  const swapped: Record<string, Places[string]> = {}
  for (const [other, has] of Object.entries(known))
    swapped[other] = has.number === number ? { ...has, number: before.number } : has
  return { ...swapped, [place]: { number, name } }
}

const toList = (places: Places): NumberedPlace[] =>
  Object.entries(places)
    .map(([place, { number, name }]) => ({ place, number, name }))
    .toSorted((a, b) => a.number - b.number)

/** The numbers on the stickers of the hub, by place, for as long as the station lives. */
export type PortNumbers = {
  /** Every known place, by number; those that were never seen before get the next free number, with one entry for all. */
  see(actor: Actor, places: readonly string[]): readonly NumberedPlace[]
  /** A person says what the sticker says. Errors: `port.unknown`. */
  set(actor: Actor, wanted: NumberedPlace): void
}

/** Numbers over the station's settings. Errors: those of the audit log; a read-only log gives numbers without keeping them. */
export const createPortNumbers = ({
  store,
  audit,
}: {
  readonly store: Store
  readonly audit: AuditLog & { fault(): object | undefined }
}): PortNumbers => {
  const known = (): Places => numberedPlaces.parse(JSON.parse(readSetting(store.read, 'port-numbers') ?? '{}'))
  const keep = (actor: Actor, id: string, before: Places, after: Places): void => {
    const changed = Object.fromEntries(
      Object.entries(after).filter(([place, { number, name }]) => {
        const was = before[place]
        return was?.number !== number || was.name !== name
      }),
    )
    audit.change({ actor, action: 'port.number', object: { type: 'port', id }, outcome: 'ok', after: changed }, (tx) =>
      writeSetting(tx, 'port-numbers', JSON.stringify(after)),
    )
  }
  return {
    see(actor, seen) {
      const before = known()
      const fresh = seen.filter((place) => !Object.hasOwn(before, place))
      const [first] = fresh
      if (first === undefined) return toList(before)
      const after = numberPlaces(before, fresh)
      if (audit.fault() === undefined && Object.keys(after).length <= mostPlaces) keep(actor, first, before, after)
      return toList(after)
    },
    set(actor, wanted) {
      const before = known()
      keep(actor, wanted.place, before, renumber(before, wanted))
    },
  }
}
