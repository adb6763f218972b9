// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { auditCalls } from '../../shared/contract/audit-calls.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { exportLog } from './audit/export.ts'
import type { Leaf } from './audit/leaf.ts'
import { personOf, type Caller } from './caller.ts'
import { withDrive } from './drive-job.ts'
import { onMedium } from './media/medium-code.ts'
import type { Parts } from './parts.ts'

type AuditHandlers = Pick<Handlers<Contract, Caller>, keyof typeof auditCalls>

const toRow = ({ seq, id, wall_ms: at, actor, action, object, outcome, reason }: Leaf) => ({
  seq,
  id,
  at,
  actor: actor.name,
  role: actor.role,
  action,
  object: `${object.type} ${object.id}`,
  outcome,
  reason,
})

/** The log: read, verified, exported. */
export const auditHandlers = (parts: Parts): AuditHandlers => {
  const { store, audit, search, key, stationId } = parts
  return {
    'audit.list': ({ before, limit }) => ({
      entries: search.page(before === undefined ? {} : { before }, limit).map(toRow),
    }),
    'audit.verify': async (_nothing, caller, signal) => {
      const { verified, size, root, code = null, firstBad = null } = await audit.verify({ signal })
      // A log that does not verify is read-only from here on: the answer itself is all that can be said.
      if (verified && audit.fault() === undefined) {
        const object = { type: 'log', id: key.note.name }
        audit.note({
          actor: personOf(caller).actor,
          action: 'audit.verify',
          object,
          outcome: 'ok',
          after: { size, root },
        })
      }
      return { verified, size, root, code, firstBad }
    },
    'audit.export': async ({ driveId }, caller) => {
      const { actor } = personOf(caller)
      const { size } = audit.head()
      const folder = `audit-${stationId.slice(0, 8)}-${size}`
      const written = await withDrive(parts, driveId, { kind: 'audit.export', actor }, async (hold) => {
        const place = join(await hold.folder(), folder)
        return onMedium(() => exportLog(store.read, key.note, place, [], hold.files))
      })
      if (audit.fault() === undefined) {
        audit.anchor('export')
        const object = { type: 'log', id: key.note.name }
        audit.note({
          actor,
          action: 'audit.export',
          object,
          outcome: 'ok',
          after: { ...written, folder },
        })
      }
      return { folder, ...written }
    },
  }
}
