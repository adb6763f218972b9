// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { printCalls } from '../../shared/contract/print-calls.ts'
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import type { ParamsOut } from '../../shared/rpc/contract-table.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { Millis } from '../../shared/units.ts'
import type { Actor } from './audit/entry.ts'
import { personOf, type Caller } from './caller.ts'
import { withDrive } from './drive-job.ts'
import type { Exports } from './exports/exports.ts'
import { listCopies } from './exports/request.ts'
import { getRecord, wasUpdated } from './flashing/record.ts'
import { putOnDrive } from './media/put-on-drive.ts'
import type { Parts } from './parts.ts'
import { toTime } from './platform/clock.ts'
import { newId } from './platform/ids.ts'

type PrintHandlers = Pick<Handlers<Contract, Caller>, keyof typeof printCalls>
type Sheets = Pick<ParamsOut<Contract, 'print.save'>, 'kind' | 'sheets'>

/** Entries of one thing that a count looks through: nobody prints one thing that often. */
const mostPrints = 500

/** How often a thing has left on paper: prints that the printer refused do not count. */
const printsOf = ({ search }: Parts, kind: string, id: string): number =>
  search
    .page({ action: 'document.print', objectId: id }, mostPrints)
    .filter(({ object }) => object.type === kind)
    .reduce((sum, { outcome }) => sum + (outcome === 'ok' ? 1 : -1), 0)

/** Errors: `print.not-updated`, `call.parameters` where another printing came between preview and printer. */
const check = (parts: Parts, { kind, sheets }: Sheets): void => {
  for (const { id, copy } of sheets) {
    if (kind === 'label' && !wasUpdated(getRecord(parts.store.read, id)))
      throw new AirlockError('print.not-updated', { job: id })
    if (copy !== printsOf(parts, kind, id) + 1) throw new AirlockError('call.parameters', { where: 'sheets.copy' })
  }
}

/**
 * Writes down each sheet, then hands the page to the host, and writes down where that failed. A log that does not fit
 * its seal takes no entries: its fault report is printed without one, and nothing else is.
 */
const print = async (
  { audit }: Parts,
  { kind, sheets }: Sheets,
  more: { readonly actor: Actor; readonly after: Readonly<Record<string, string | number>> },
  work: () => Promise<void>,
): Promise<number[]> => {
  if (kind === 'fault' && audit.fault() !== undefined) {
    await work()
    return []
  }
  const corr = newId()
  const note = (outcome: 'ok' | 'failed', reason?: string): number[] =>
    sheets.map(
      ({ id, copy }) =>
        audit.note({
          actor: more.actor,
          action: 'document.print',
          object: { type: kind, id },
          outcome,
          ...(reason === undefined ? {} : { reason }),
          after: { name: `${kind} ${/^[0-9a-f-]{32,}$/.test(id) ? id.slice(0, 8) : id}`, ...more.after, copy },
          corr,
        }).seq,
    )
  const entries = note('ok')
  audit.anchor('print')
  try {
    await work()
  } catch (error) {
    note('failed', toAirlockError(error).code)
    throw error
  }
  return entries
}

/** The name of a PDF on a drive: what it is, of what, and which copy. */
const pdfName = ({ kind, sheets: [first] }: Sheets, now: Millis): string =>
  `airlock-${kind}-${(first?.id ?? '').replace(/[^\w-]/g, '').slice(0, 12)}-${toTime(now).slice(0, 10)}.pdf`

/** Paper. */
export const printHandlers = (parts: Parts, exports: Exports): PrintHandlers => ({
  'print.copies': ({ kind, ids }) => ({
    copies: ids.map((id) => ({ id, copy: printsOf(parts, kind, id) + 1 })),
  }),
  'print.start': async ({ kind, sheets, paper, count }, caller) => {
    const { actor } = personOf(caller)
    check(parts, { kind, sheets })
    const entries = await print(parts, { kind, sheets }, { actor, after: { paper, count } }, async () => {
      const { printed, reason } = await parts.host.call('host.print', { paper, count })
      if (!printed) throw new AirlockError('print.failed', { reason })
    })
    return { entries }
  },
  'print.save': async ({ kind, sheets, driveId }, caller) => {
    const { actor } = personOf(caller)
    check(parts, { kind, sheets })
    const name = pdfName({ kind, sheets }, parts.clock.now())
    const entries = await print(
      parts,
      { kind, sheets },
      { actor, after: { file: name, medium: driveId } },
      async () => {
        const { pdf } = await parts.host.call('host.pdf', {})
        await withDrive(parts, driveId, { kind: 'print.save', actor }, (hold) =>
          putOnDrive(hold, name, Buffer.from(pdf, 'base64')),
        )
      },
    )
    return { name, entries }
  },
  'print.slip': ({ id }) => {
    const row = exports.get(id)
    const { number, sha256, bytes, decided_name: approvedBy, decided_at: approvedAt } = row
    if (number === null || sha256 === null || bytes === null || approvedBy === null || approvedAt === null)
      throw new AirlockError('export.state', { export: id, state: row.state })
    return {
      number,
      sha256,
      contentDigest: row.content_digest,
      bytes,
      records: row.records_out,
      from: row.from_ms,
      to: row.to_ms,
      reason: row.reason,
      requestedBy: row.requested_name,
      approvedBy,
      approvedAt,
      copies: listCopies(parts.store.read, number).map(({ medium, name, written_at: at }) => ({ medium, name, at })),
    }
  },
})
