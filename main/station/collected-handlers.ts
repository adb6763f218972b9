// SPDX-License-Identifier: Apache-2.0
import type { collectedCalls } from '../../shared/contract/collected-calls.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { logReaders } from '../../shared/contract/look-calls.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { stationActor } from './audit/entry.ts'
import { updatesOf, type DeviceUpdate } from './campaigns/device-updates.ts'
import { personOf, type Caller } from './caller.ts'
import { isWhereItWas, socketOf } from './devices/ports.ts'
import { getDevice, type Device } from './devices/registry.ts'
import type { Exports } from './exports/exports.ts'
import { lastWriteTo, nextStep } from './flashing/record.ts'
import { toRow } from './look-handlers.ts'
import type { Parts } from './parts.ts'
import { followTail } from './tail.ts'
import type { Span } from './telemetry/counts.ts'

type CollectedHandlers = Pick<Handlers<Contract, Caller>, keyof typeof collectedCalls>
type Look = Result<Contract, 'devices.look'>

/** What one device shows of each list at most: the newest, as many as a person goes through. */
const most = 50

const placeOfDevice = async ({ ports, portNumbers }: Parts, { port }: Device): Promise<Look['place']> => {
  const id = socketOf(port)
  const now = await ports()
  const numbered = portNumbers.see(stationActor, now.map(socketOf)).find(({ place }) => place === id)
  if (numbered === undefined) return null
  const here = now.some((one) => isWhereItWas(one, port))
  return { id, number: numbered.number, name: numbered.name, here }
}

const toUpdate = ({ record, run }: DeviceUpdate): Look['updates'][number] => ({
  jobId: record.id,
  run,
  bundle: record.bundle,
  from: record.versionBefore,
  to: record.version,
  result: record.outcome === 'done' ? (record.written === 0 ? 'same' : 'updated') : (record.outcome ?? 'running'),
  code: record.code,
  details: record.details,
  at: record.endedAt ?? record.startedAt,
  by: record.personName,
})

/** Periods without what they have in common: the same record is in two exports and waits in none. */
const union = (spans: readonly Span[]): Span[] =>
  spans
    .toSorted((a, b) => a.from - b.from)
    .reduce<Span[]>((joined, span) => {
      const last = joined.at(-1)
      if (last === undefined || span.from > last.to) return [...joined, span]
      return [...joined.slice(0, -1), { from: last.from, to: Math.max(last.to, span.to) }]
    }, [])

/** What is collected of a device, and which exports have taken it. */
const collectedAndLeft = (
  { telemetry }: Parts,
  exports: Exports,
  { serial }: Device,
  updates: readonly DeviceUpdate[],
): Pick<Look, 'collected' | 'waiting' | 'exports'> => {
  telemetry.flush()
  const collected = telemetry.collected(serial) ?? null
  const rows = exports.list().map((row) => ({ ...row, span: { from: row.from_ms, to: row.to_ms } }))
  // Whoever asks up to now gets what there was then: what came after the request waits, whatever the period says.
  const taken = rows
    .filter(({ state }) => state === 'written')
    .map(({ span: { from, to }, requested_at }) => ({ from, to: Math.max(from, Math.min(to, requested_at)) }))
  const written = union(taken)
  const left = written.reduce((sum, span) => sum + telemetry.countOf(serial, span), 0)
  const within = ({ from, to }: Span): boolean =>
    telemetry.wasHeard(serial, { from, to }) ||
    updates.some(({ record: { endedAt } }) => endedAt !== null && endedAt >= from && endedAt < to)
  return {
    collected,
    waiting: (collected?.records ?? 0) - left,
    exports: rows
      .filter(({ span }) => within(span))
      .slice(0, most)
      .map(({ id, number, state, span, reason }) => ({ id, number, state, ...span, reason })),
  }
}

/** Entries whose object is the device, or one of its jobs. */
const entriesOf = ({ search }: Parts, { serial }: Device, updates: readonly DeviceUpdate[]): Look['entries'] =>
  [serial, ...updates.map(({ record }) => record.id)]
    .flatMap((objectId) => search.page({ objectId }, most))
    .toSorted((a, b) => b.seq - a.seq)
    .slice(0, most)
    .map(toRow)

/** One device, looked at closely. */
export const collectedHandlers = (parts: Parts, exports: Exports): CollectedHandlers => ({
  'telemetry.tail': ({ device }, _caller, emit, signal) => followTail(parts, device, emit, signal),
  'devices.look': async ({ id }, caller) => {
    const { read } = parts.store
    const device = getDevice(read, id)
    const updates = updatesOf(read, id, most)
    const last = lastWriteTo(read, id)
    const { roles } = personOf(caller).session
    return {
      firstSeen: device.firstSeen,
      place: await placeOfDevice(parts, device),
      halfWritten: last !== undefined && nextStep(last) === 'continue',
      ...collectedAndLeft(parts, exports, device, updates),
      updates: updates.map(toUpdate),
      entries: logReaders.some((role) => roles.includes(role)) ? entriesOf(parts, device, updates) : null,
    }
  },
})
