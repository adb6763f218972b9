// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { ReadHandle } from '../store/open.ts'
import { stationActor, type AuditEntry } from './entry.ts'
import { parseLeaf } from './leaf.ts'
import { parseVkey, type NoteKey } from './note.ts'
import { readLeaves } from './tables.ts'

const afterSchema = z.strictObject({ vkey: z.string(), epoch: z.int() })

/** The first entry of every log: whose it is and which key signs it. */
export const genesisEntry = (key: NoteKey, epoch: number): AuditEntry => ({
  actor: stationActor,
  action: 'log.genesis',
  object: { type: 'log', id: key.name },
  outcome: 'ok',
  after: { vkey: key.vkey, epoch },
})

/**
 * The key that a log names itself: good against everybody who has not got the key, worth nothing against an exchange of
 * log and key together; for that compare it with the key on paper. Errors: `audit.unreadable`.
 */
export const genesisKey = (read: ReadHandle): NoteKey => {
  const [row] = readLeaves(read, 0, 1)
  const after = afterSchema.safeParse(row && parseLeaf(row.leaf).after)
  const key = after.success ? parseVkey(after.data.vkey) : undefined
  if (key === undefined) throw new AirlockError('audit.unreadable', { seq: 0 })
  return key
}
