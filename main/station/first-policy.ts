// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Actor, AuditLog } from './audit/entry.ts'
import { limits } from './config.ts'
import { pickPlaces, wordsFit } from './trust/fingerprint.ts'
import type { AcceptedDocument, Confirmation, TrustStore } from './trust/policy-store.ts'

/** The ceremony of a site's first policy: two different people, each with four words of the paper. */
export type FirstPolicy = {
  /** The places (1 to 12) that this person is asked for; asking again, or being wrong, changes none of them. */
  places(digest: string, person: string): readonly number[]
  /**
   * Takes one person's words: 1 after the first person's, 2 when the second person's put the policy in force. Wrong words
   * count for nothing and leave the other person's standing. Each answer is an audit entry, except where nothing was asked.
   * Errors: `policy.not-reviewed` (this run of the station has not asked this person for places of this policy),
   * `policy.fingerprint`, `policy.same-person`.
   */
  confirm(digest: string, document: AcceptedDocument, actor: Actor, words: ReadonlyMap<number, string>): number
}

type Ceremony = { readonly places: Map<string, readonly number[]>; first?: Confirmation }

/** Ceremonies live in memory: a station that restarts asks both people again. */
export const createFirstPolicy = ({ trust, audit }: { trust: TrustStore; audit: AuditLog }): FirstPolicy => {
  const ceremonies = new Map<string, Ceremony>()

  const placesFor = (ceremony: Ceremony, person: string): readonly number[] => {
    const places = ceremony.places.get(person) ?? pickPlaces()
    ceremony.places.set(person, places)
    return places
  }
  const ceremonyOf = (digest: string): Ceremony => {
    const known = ceremonies.get(digest)
    if (known !== undefined) return known
    const [oldest] = ceremonies.keys()
    if (oldest !== undefined && ceremonies.size >= limits.ceremonies) ceremonies.delete(oldest)
    const fresh: Ceremony = { places: new Map() }
    ceremonies.set(digest, fresh)
    return fresh
  }

  return {
    places: (digest, person) => placesFor(ceremonyOf(digest), person).map((place) => place + 1),
    confirm(digest, document, actor, words) {
      const ceremony = ceremonies.get(digest)
      const places = ceremony?.places.get(actor.uid)
      // Words for places that nobody asked for say nothing about the paper: no alarm, no entry.
      if (ceremony === undefined || places === undefined) throw new AirlockError('policy.not-reviewed')
      const own = { actor, places, words: places.map((place) => words.get(place + 1) ?? '') }
      const entry = { actor, action: 'policy.words' as const, object: { type: 'trust-policy', id: digest } }
      const refuse = (reason: 'policy.fingerprint' | 'policy.same-person'): never => {
        audit.note({ ...entry, outcome: 'refused', reason })
        throw new AirlockError(reason)
      }
      if (!wordsFit(digest, places, own.words)) return refuse('policy.fingerprint')
      const { first } = ceremony
      if (first?.actor.uid === actor.uid) return refuse('policy.same-person')
      if (first === undefined) {
        audit.note({ ...entry, outcome: 'ok' })
        ceremony.first = own
        return 1
      }
      trust.confirmFirstPolicy(document, [first, own])
      ceremonies.clear()
      return 2
    },
  }
}
