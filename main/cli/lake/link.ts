// SPDX-License-Identifier: Apache-2.0
import type { Checkpoint } from '../../station/audit/checkpoint.ts'
import { fault } from '../../station/bundles/answer.ts'
import type { Fault } from '../../station/trust/standing.ts'

/** One archive as a link of its station's chain: `id` is the SHA-256 of its manifest, `signer` that of the key's SPKI. */
export type Link = {
  readonly id: string
  readonly station: string
  readonly number: number
  readonly previous: string | null
  readonly signer: string
  /** The audit head that came with it. */
  readonly head: Checkpoint
}

/**
 * Whether an archive fits between those of its station that are known (docs/formats/telemetry-archive.md, clause 6):
 * `rollback.equivocation` a second archive with a number that is taken, or one that a neighbour contradicts;
 * `archive.gap` the archive before it is not there.
 */
export const judgeChain = (link: Link, known: readonly Link[]): Fault | undefined => {
  const at = (number: number): Link | undefined =>
    known.find((other) => other.station === link.station && other.number === number)
  const taken = at(link.number)
  if (taken !== undefined)
    return taken.id === link.id ? undefined : fault('rollback.equivocation', `number ${link.number}`)
  const [before, after] = [at(link.number - 1), at(link.number + 1)]
  if (after !== undefined && after.previous !== link.id) return fault('rollback.equivocation', `number ${after.number}`)
  if (link.number === 1) return undefined
  if (before === undefined) return fault('archive.gap', `number ${link.number - 1} is missing`)
  return before.id === link.previous ? undefined : fault('rollback.equivocation', `number ${before.number}`)
}

/**
 * Whether the key is the station's, as far as earlier archives told: `trust.scope` it is another station's,
 * `archive.unknown-station` the station had another one. A station gets a new key with a new certificate.
 */
export const judgeStationKey = (link: Link, known: readonly Link[]): Fault | undefined => {
  const elsewhere = known.find(({ station, signer }) => signer === link.signer && station !== link.station)
  if (elsewhere !== undefined) return fault('trust.scope', `the key of station ${elsewhere.station}`)
  const own = known.filter(({ station }) => station === link.station)
  const isNew = own.length > 0 && own.every(({ signer }) => signer !== link.signer)
  return isNew ? fault('archive.unknown-station', `station ${link.station} has a new key`) : undefined
}
