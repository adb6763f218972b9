// SPDX-License-Identifier: Apache-2.0
/** What a station would say when things are as a state of the walk wants them. */
import type { z } from 'zod'
import type { collectedCalls } from '../../../shared/contract/collected-calls.ts'
import type { run, runCalls, runTarget } from '../../../shared/contract/run-calls.ts'
import type { exportPreview, exportRequest } from '../../../shared/contract/values.ts'
import { answerWith, type Overlay } from '../../shell/overlay.ts'

type Request = z.infer<typeof exportRequest>
/** Without the id of whoever asked, which every site gives anew. */
type Asked = Omit<Request, 'requestedById'>
type Preview = z.infer<typeof exportPreview>
type Run = z.infer<typeof run>
export type RunTarget = z.infer<typeof runTarget>
type RunTold = z.infer<(typeof runCalls)['run.watch']['event']>

const day = 86_400_000
/** A digest that nothing has. */
export const hex = (digit: string): string => digit.repeat(64)
/** An id that nothing else has. */
export const id = (n: number): string => `3f2c9c1e-8a54-4a5b-9d43-${String(n).padStart(12, '0')}`

/** Ids of the people of each site that is walked, by their names: several are walked at once. */
const sites = new WeakMap<Overlay, ReadonlyMap<string, string>>()
/** Learns who the people of a site are, before anything is said in its place. */
export const meet = (overlay: Overlay, people: readonly { readonly id: string; readonly name: string }[]): void =>
  void sites.set(overlay, new Map(people.map(({ id: who, name }) => [name, who])))
/** The id of a person of the site. */
export const idOf = (overlay: Overlay, name: string): string => sites.get(overlay)?.get(name) ?? name
/** The same things, asked for by people of the site. */
export const askedHere = <T extends { readonly askedBy: string }>(overlay: Overlay, things: readonly T[]) =>
  things.map((one) => ({ ...one, askedById: idOf(overlay, one.askedBy) }))

const request = (n: number, state: Request['state'], reason: string, requestedBy = 'Tomas Keller'): Asked => ({
  id: id(n),
  state,
  reason,
  from: Date.now() - 30 * day,
  to: Date.now(),
  requestedBy,
  requestedAt: Date.now() - 3_600_000,
  contentDigest: hex('b'),
  number: state === 'written' ? n : null,
  archiveSha256: state === 'written' ? hex('c') : null,
  recordsIn: 18_421,
  recordsOut: 18_420,
  decision: ['approved', 'written', 'rejected'].includes(state)
    ? {
        name: 'Priya Singh',
        at: Date.now() - 60_000,
        text: state === 'rejected' ? 'weekly data is enough' : 'approved',
      }
    : null,
})

/** One export in each state, and one that the officer asked for. */
export const exportsInAllStates: readonly Asked[] = [
  request(1, 'requested', 'monthly reliability data'),
  request(2, 'requested', 'weekly data of the officer', 'Priya Singh'),
  request(3, 'approved', 'monthly data, approved'),
  request(4, 'written', 'monthly data, written'),
  request(5, 'rejected', 'monthly data, rejected'),
  request(6, 'voided', 'monthly data, void'),
]

const at = Date.now() - 3_600_000

/** A device with everything that its page can show: tries of each kind, exports, entries. */
export const deviceLooked: z.infer<(typeof collectedCalls)['devices.look']['result']> = {
  firstSeen: Date.now() - 90 * day,
  place: { id: 'absent', number: 3, name: null, here: false },
  halfWritten: false,
  collected: { records: 18_421, since: Date.now() - 90 * day, until: at },
  waiting: 1204,
  exports: [1, 4].map((n) => ({
    id: id(n),
    number: n === 4 ? 4 : null,
    state: n === 4 ? ('written' as const) : ('requested' as const),
    from: at - 30 * day,
    to: at,
    reason: 'monthly data',
  })),
  updates: (['updated', 'same', 'refused', 'failed', 'cancelled', 'interrupted'] as const).map((result, n) => ({
    jobId: id(n),
    run: n === 0 ? id(9) : null,
    bundle: hex('a'),
    from: n === 3 ? null : '1.9.0',
    to: '2.0.0',
    result,
    code: result === 'refused' ? 'rollback.version' : null,
    details: null,
    at,
    by: 'Tomas Keller',
  })),
  entries: (['ok', 'refused', 'failed'] as const).map((outcome, n) => ({
    seq: 40 - n,
    at,
    actor: 'Tomas Keller',
    role: 'technician',
    action: 'flash.end',
    outcome,
    reason: null,
    object: { type: 'flash', id: id(n) },
    thing: 'DC-0042-7Q',
  })),
}

/** What that device has said last, at every severity. */
export const deviceSaid: z.infer<(typeof collectedCalls)['telemetry.tail']['event']> = {
  listens: false,
  first: true,
  missed: 0,
  lines: [1, 5, 9, 13, 17, 21].map((severity) => ({ t: at, severity, text: '{"dosing":17,"pressure_bar":3.99}' })),
}

const record = {
  device: 'DC-0042-7Q',
  model: 'dosing-controller',
  operator: 'Tomas Keller',
  series: 'motor.temperature',
  t: 1_795_420_801_113,
  value: 41.5,
}
const cleaned = {
  device: 'device-fu36gi4lwqqulybc',
  model: record.model,
  series: record.series,
  t: 1_795_420_800_000,
  value: 41.5,
}

/** What an officer sees of an export; `newFields` are held until they are decided. */
export const preview = (newFields: readonly string[] = []): Preview => ({
  contentDigest: hex('b'),
  policyDigest: hex('d'),
  tables: [
    { table: 'points', recordsIn: 18_300, recordsOut: 18_300, bytes: 4_100_000 },
    { table: 'sessions', recordsIn: 121, recordsOut: 120, bytes: 20_000 },
  ],
  removed: [{ table: 'points', field: 'operator', rule: 'field', action: 'drop', count: 18_300 }],
  strings: [
    { table: 'points', field: 'series', value: 'motor.temperature', count: 9000 },
    { table: 'sessions', field: 'model', value: 'dosing-controller', count: 120 },
  ],
  more: [{ table: 'events', field: 'template', distinct: 612 }],
  samples: Array.from({ length: 7 }, (_, n) => ({
    table: 'points',
    before: { ...record, value: 41 + n },
    line: JSON.stringify({ ...cleaned, value: 41 + n }),
  })),
  kHistogram: [{ devices: 5, groups: 3 }],
  fields: ['points.device', 'points.model', 'points.series', 'points.t', 'points.value'],
  newFields: [...newFields],
})

const target = (n: number, port: string, changes: Partial<RunTarget>): RunTarget => ({
  port,
  state: 'waiting',
  line: null,
  jobId: id(100 + n),
  stage: null,
  done: 0,
  total: 100,
  leftMs: null,
  note: null,
  device: { serial: `DC-0042-${n}Q`, model: 'dosing-controller', hardware: 'rev-c' },
  from: '1.0.0',
  code: null,
  details: null,
  endedAt: null,
  by: 'Tomas Keller',
  ...changes,
})

/** One device in each state that a run knows. */
const atWork = (now: number): readonly Partial<RunTarget>[] => [
  { state: 'updated', stage: 'confirm', endedAt: now },
  { state: 'active', stage: 'write', done: 63, leftMs: 24_000 },
  { state: 'active', stage: 'verify', done: 40, leftMs: 9000 },
  { state: 'active', stage: 'reset' },
  { state: 'active', stage: 'identify' },
  { state: 'failed', stage: 'write', done: 63, code: 'flash.unplugged', endedAt: now },
  { state: 'failed', stage: 'identify', code: 'flash.timeout', endedAt: now },
  { state: 'failed', stage: 'verify', done: 100, code: 'flash.verify', endedAt: now },
  { state: 'failed', stage: 'identify', code: 'device.unknown', endedAt: now },
  { state: 'waiting', line: 1 },
  { state: 'aside', endedAt: now },
  { state: 'same', stage: 'confirm', endedAt: now },
]
const ended = (now: number): readonly Partial<RunTarget>[] =>
  atWork(now).map((one) =>
    one.state === 'active' || one.state === 'waiting' ? { state: 'updated', stage: 'confirm', endedAt: now } : one,
  )

/** A run over all places of the bench, in a state. */
export const runOver = (ports: readonly string[], bundle: string, state: Run['state']): RunTold => {
  const now = Date.now()
  const devices = state === 'running' || state === 'paused' ? atWork(now) : ended(now)
  return {
    run: {
      id: id(7),
      bundle,
      product: 'dosing-controller',
      version: '2.0.0',
      state,
      startedAt: now - 60_000,
      people: [{ id: 'p', name: 'Tomas Keller' }],
      atOnce: 4,
      leftMs: state === 'running' ? 180_000 : null,
      leftGrew: null,
    },
    targets: devices.map((changes, n) => target(n, ports[n] ?? '', changes)),
  }
}

/** The requests of the queue, and what is seen of each. */
export const showExports = (overlay: Overlay, requests: readonly Asked[], newFields: readonly string[] = []): void => {
  answerWith(overlay, 'exports.list', () => ({
    requests: requests.map((one) => ({ ...one, requestedById: idOf(overlay, one.requestedBy) })),
  }))
  answerWith(overlay, 'exports.preview', () => ({ ...preview(newFields) }))
}
