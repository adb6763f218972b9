// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Actor } from './audit/entry.ts'
import { pickPlaces } from './trust/fingerprint.ts'
import type { AcceptedDocument, Confirmation, TrustStore } from './trust/policy-store.ts'

/** The ceremony of a site's first policy: two different people, each with four words of the paper. */
export type FirstPolicy = {
  /** The places (1 to 12) that this person is asked for; asking again asks for the same ones. */
  places(digest: string, person: string): readonly number[]
  /**
   * Takes one person's words. The second person's words put the policy in force; wrong ones start the ceremony anew.
   * Errors: `policy.fingerprint`, `person.not-allowed` (the same person twice).
   */
  confirm(digest: string, document: AcceptedDocument, actor: Actor, words: ReadonlyMap<number, string>): number
}

type Ceremony = { readonly places: Map<string, readonly number[]>; first?: Confirmation }

/** Ceremonies live in memory: a station that restarts asks both people again. */
export const createFirstPolicy = (trust: TrustStore): FirstPolicy => {
  const ceremonies = new Map<string, Ceremony>()

  const placesFor = (ceremony: Ceremony, person: string): readonly number[] => {
    const places = ceremony.places.get(person) ?? pickPlaces()
    ceremony.places.set(person, places)
    return places
  }
  const ceremonyOf = (digest: string): Ceremony => {
    const ceremony = ceremonies.get(digest) ?? { places: new Map() }
    ceremonies.set(digest, ceremony)
    return ceremony
  }

  return {
    places: (digest, person) => placesFor(ceremonyOf(digest), person).map((place) => place + 1),
    confirm(digest, document, actor, words) {
      const ceremony = ceremonyOf(digest)
      const places = placesFor(ceremony, actor.uid)
      const own = { actor, places, words: places.map((place) => words.get(place + 1) ?? '') }
      if (ceremony.first === undefined) {
        ceremony.first = own
        return 1
      }
      if (ceremony.first.actor.uid === actor.uid) throw new AirlockError('person.not-allowed')
      ceremonies.delete(digest)
      trust.confirmFirstPolicy(document, [ceremony.first, own])
      return 2
    },
  }
}
