// SPDX-License-Identifier: Apache-2.0
import { isRefusal } from '../../../shared/error-codes.ts'
import { toAirlockError } from '../../../shared/errors.ts'
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import type { Actor, AuditEntry, AuditLog, LeafValue } from '../audit/entry.ts'
import { placeOf } from '../devices/ports.ts'
import type { PortIdentity } from '../devices/transport.ts'
import type { JobContext } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store, WriteHandle } from '../store/open.ts'
import { getRecord, insertRecord, nextStep, updateRecord, type FlashRecord, type FlashState } from './record.ts'
import type { FlashStep } from './runner.ts'

type Change = Parameters<typeof updateRecord>[2]

/** What a job writes down: every step before it is taken, progress after it is made, and how it ended. */
export type JobJournal = {
  /** Durable when it returns; `also` happens in the same transaction. */
  enter(state: FlashState, change?: Change, also?: (tx: WriteHandle) => void): void
  /** Progress, durable and told once every few units. */
  checkpoint(step: FlashStep): void
  /** The device is at another port now; what was written stays written, to the last unit. */
  moved(port: PortIdentity): void
  /** The good end, audited. */
  succeed(change: Change, also: (tx: WriteHandle) => void): FlashRecord
  /** Any other end, audited: refused, cancelled or failed, by the error's code. */
  fail(error: unknown, change: Change): void
}

/**
 * Units between two checkpoints. A commit waits for the disk, up to 20 ms on a slow one: once in 16 pages that is
 * below 5 % of the time they take. What is lost by a crash is at most the count of 15 pages; which pages are right is
 * asked of the device itself when the job is repeated.
 */
const checkpointUnits = 16

const facts = (record: FlashRecord): LeafValue => ({
  bundle: record.bundle,
  product: record.product,
  payload: record.payload,
  image: record.imageSha256,
  device: record.device,
  versionBefore: record.versionBefore,
  version: record.version,
  counter: record.counter,
  state: record.state,
  unitsDone: record.unitsDone,
  written: record.written,
  skipped: record.skipped,
  readBack: record.readBack,
  recoveries: record.recoveries.length,
  next: nextStep(record),
  milliseconds: (record.endedAt ?? record.startedAt) - record.startedAt,
})

/** The entry at the end of a job, from its record. */
export const endEntry = (record: FlashRecord, actor: Actor): AuditEntry => ({
  actor,
  action: 'flash.end',
  object: { type: 'flash', id: record.id },
  outcome: record.outcome === 'done' ? 'ok' : record.outcome === 'refused' ? 'refused' : 'failed',
  ...(record.code === null ? {} : { reason: record.code }),
  after: facts(record),
  corr: record.id,
})

/** Begins the record of a job: `flash.start` and the row are one change. Errors: those of the audit log; nothing has begun then. */
export const openJournal = (
  { store, audit, clock }: { store: Store; audit: AuditLog; clock: Clock },
  {
    bundle,
    manifest,
    port,
    actor,
    context,
  }: {
    readonly bundle: string
    readonly manifest: FirmwareManifest
    readonly port: PortIdentity
    readonly actor: Actor
    readonly context: JobContext
  },
): JobJournal => {
  const { id } = context
  const { product, version, securityCounter: counter } = manifest
  const { plug: _plug, ...at } = port
  const start = { id, bundle, product, version, counter, port }
  audit.change(
    {
      actor,
      action: 'flash.start',
      object: { type: 'flash', id },
      outcome: 'ok',
      after: { bundle, product, version, counter, port: at },
      corr: id,
    },
    (tx) => insertRecord(tx, { ...start, person: actor.uid, personName: actor.name, startedAt: clock.now() }),
  )

  const end = (change: Change, also: (tx: WriteHandle) => void): FlashRecord =>
    audit.change(
      (record: FlashRecord) => endEntry(record, actor),
      (tx) => {
        also(tx)
        updateRecord(tx, id, { ...change, ended_at: clock.now() })
        return getRecord(tx, id)
      },
    ).result

  /** Units that stand, also those since the last checkpoint: a job that ends in good order knows them. */
  let reached: number | undefined
  const counted = (): Change => (reached === undefined ? {} : { units_done: reached })
  return {
    enter(state, change = {}, also = () => undefined) {
      store.transact((tx) => {
        also(tx)
        updateRecord(tx, id, { ...change, state })
      })
      reached = change.units_done ?? reached
      context.progress({ stage: state })
    },
    checkpoint({ phase, done, total, left, standing }) {
      reached = standing ?? reached
      if (done % checkpointUnits !== 0 && done !== total) return
      // The last page is written: from here on only the read-back is open.
      const state = phase === 'write' && done < total ? 'write' : 'verify'
      if (phase !== 'compare') store.transact((tx) => updateRecord(tx, id, { state, units_done: standing ?? done }))
      context.progress({ stage: phase, done, total, etaMs: left })
    },
    moved: (port) => store.transact((tx) => updateRecord(tx, id, { port, place: placeOf(port) ?? null, ...counted() })),
    succeed: (change, also) => end({ ...change, state: 'done', outcome: 'done' }, also),
    fail(error, change) {
      const { code, details } = toAirlockError(error)
      const outcome = context.signal.aborted ? 'cancelled' : isRefusal(code) ? 'refused' : 'failed'
      end({ ...change, ...counted(), outcome, code, details }, () => undefined)
    },
  }
}
