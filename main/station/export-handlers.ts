// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { exportCalls } from '../../shared/contract/export-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import { limits } from './config.ts'
import { startOnDrive } from './drive-job.ts'
import type { Exports } from './exports/exports.ts'
import type { ExportRow } from './exports/request.ts'
import { setDictionary } from './exports/site-dictionary.ts'
import type { Role, Session } from './identity/session.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold } from './media/drives.ts'
import type { Parts } from './parts.ts'

type ExportHandlers = Pick<Handlers<Contract, Caller>, keyof typeof exportCalls>

const toRequest = (row: ExportRow) => ({
  id: row.id,
  state: row.state,
  reason: row.reason,
  from: row.from_ms,
  to: row.to_ms,
  requestedBy: row.requested_name,
  requestedById: row.requested_by,
  requestedAt: row.requested_at,
  contentDigest: row.content_digest,
  number: row.number,
  archiveSha256: row.sha256,
  recordsIn: row.records_in,
  recordsOut: row.records_out,
  decision:
    row.decided_name === null || row.decided_at === null
      ? null
      : { name: row.decided_name, at: row.decided_at, text: row.decision ?? '' },
})

const signedIn = (caller: Caller): { session: Session; role: Role } => {
  const { session, role } = caller
  if (session === undefined || role === undefined) throw new AirlockError('person.signed-out')
  return { session, role }
}

/** What became of the drive after the writing: the copy is good in any case, and is in the ledger. */
const letGo = async ({ drives, log }: Parts, driveId: string): Promise<'ejected' | 'flushed' | 'kept'> => {
  try {
    return await drives.eject(driveId)
  } catch (error) {
    log.error('media.eject', error, { driveId })
    return 'kept'
  }
}

/** What leaves the site. */
export const exportHandlers = (parts: Parts, exports: Exports): ExportHandlers => {
  const { jobs, identity } = parts
  return {
    'exports.request': ({ from, to, reason }, caller) => {
      const { session, role } = signedIn(caller)
      if (to <= from || to - from > limits.exportPeriod) throw new AirlockError('call.parameters', { where: 'to' })
      const jobId = jobs.start(
        { kind: 'exports.request', subject: reason, actor: personOf(caller).actor },
        async (job) => toRequest(await exports.request({ from, to, reason }, session, role, job)),
      )
      return { jobId }
    },
    'exports.list': () => ({ requests: exports.list().map(toRequest) }),
    'exports.preview': ({ id }) => exports.preview(id),
    'exports.hits': ({ id }) => ({ hits: exports.hits(id) }),
    'exports.approve': async ({ id, contentDigest, newFields, password }, caller) => {
      const { session, role } = signedIn(caller)
      const proof = await identity.signatures.reauthenticate(session, password)
      return toRequest(exports.approve({ id, contentDigest, newFields }, proof, role))
    },
    'exports.reject': async ({ id, reason, password }, caller) => {
      const { session, role } = signedIn(caller)
      const proof = await identity.signatures.reauthenticate(session, password)
      return toRequest(exports.reject(id, reason, proof, role))
    },
    'exports.write': async ({ id, driveId }, caller) => {
      const { session, role } = signedIn(caller)
      const started = { kind: 'exports.write', subject: id, actor: personOf(caller).actor }
      const write = async (job: JobContext, hold: DriveHold) => {
        await exports.write(id, { id: driveId, folder: () => hold.folder() }, session, role, job, hold.files)
        hold.release()
        return { request: toRequest(exports.get(id)), drive: await letGo(parts, driveId) }
      }
      return { jobId: await startOnDrive(parts, started, driveId, write, 'medium.write') }
    },
    'dictionary.set': ({ words, reason }, caller) => ({
      words: setDictionary(parts, words, reason, personOf(caller).actor),
    }),
  }
}
