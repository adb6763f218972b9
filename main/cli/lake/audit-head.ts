// SPDX-License-Identifier: Apache-2.0
import type { TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { openCheckpoint, type Checkpoint } from '../../station/audit/checkpoint.ts'
import { verifyConsistency, verifyInclusion } from '../../station/audit/merkle.ts'
import { parseVkey } from '../../station/audit/note.ts'
import { bad, fault, good, type Answer } from '../../station/bundles/answer.ts'
import type { Fault } from '../../station/trust/standing.ts'
import type { Link } from './link.ts'

/** The manifest's checkpoint, opened with the key beside it. `audit.note`: it does not open, or is another station's. */
export const readAuditHead = ({ audit, station }: Pick<TelemetryManifest, 'audit' | 'station'>): Answer<Checkpoint> => {
  const key = parseVkey(audit.key)
  if (key === undefined) return bad('audit.note', 'key')
  const opened = openCheckpoint(audit.checkpoint, key)
  if (!opened.ok) return bad('audit.note', opened.why)
  const { origin } = opened.checkpoint
  return origin.startsWith(`airlock.invalid/${station}/e`) ? good(opened.checkpoint) : bad('audit.note', 'origin')
}

/** `audit.changed`: the approval's entry is not in the tree of the manifest's checkpoint. */
export const judgeApprovalProof = (
  { approval }: Pick<TelemetryManifest, 'approval'>,
  head: Checkpoint,
): Fault | undefined => {
  const proof = approval.inclusion
  if (proof === undefined) return undefined
  const holds = proof.size === head.size && verifyInclusion(proof.leaf, proof.index, proof.size, proof.proof, head.root)
  return holds ? undefined : fault('audit.changed', 'approval')
}

/** The epoch of a head: it grows by a recovery, which two people settle at the station. */
const epochOf = ({ origin }: Checkpoint): number => Number(origin.slice(origin.lastIndexOf('/e') + 2))

/** Epoch first, then size: a log only grows. */
const isBefore = (a: Checkpoint, b: Checkpoint): boolean =>
  epochOf(a) === epochOf(b) ? a.size < b.size : epochOf(a) < epochOf(b)

/**
 * Compares an archive's audit head with those of its neighbours by number: `audit.rolled-back` for a log that became
 * shorter or went back to an older epoch, `audit.changed` for one that does not extend the head before it. Without a
 * proof between just these two heads only their sizes can be compared, which the remark says.
 */
export const judgeAuditHead = (
  link: Link,
  { audit }: Pick<TelemetryManifest, 'audit'>,
  known: readonly Link[],
): Fault | { readonly remark: string } | undefined => {
  const own = known.filter(({ station, id }) => station === link.station && id !== link.id)
  const before = own.filter(({ number }) => number < link.number).toSorted((a, b) => b.number - a.number)[0]?.head
  const { head } = link
  if (own.some((other) => other.number > link.number && isBefore(other.head, head))) return fault('audit.rolled-back')
  if (before === undefined) return { remark: 'first head of this station' }
  if (isBefore(head, before)) return fault('audit.rolled-back', `${head.size} entries, ${before.size} are known`)
  if (epochOf(head) > epochOf(before)) return { remark: `new epoch ${epochOf(head)}` }
  if (head.size === before.size) return head.root === before.root ? undefined : fault('audit.changed', `${head.size}`)
  const { consistency } = audit
  if (consistency?.from !== before.size) return { remark: `grew from ${before.size} to ${head.size}, not proven` }
  const holds = verifyConsistency(before.size, head.size, consistency.proof, before.root, head.root)
  return holds ? undefined : fault('audit.changed', `${before.size} to ${head.size}`)
}
