// SPDX-License-Identifier: Apache-2.0
/** What each tile of the bench says: pure, from what the page knows of port, device, bundle and job. */
import { flashResult } from '../../../shared/contract/values.ts'
import type { AirlockError } from '../../../shared/errors.ts'
import { compareSemver } from '../../../shared/formats/scalars.ts'
import type { Shape, Tone } from '../../components/icons.ts'
import type { Job } from '../../state/jobs.ts'
import type { BundleDetails, Device, StationPort } from '../../state/station.ts'

/** The states of the bench, ux 5.1, as far as this station knows them. */
export const tileStates = {
  free: { shape: 'free', tone: 'quiet' },
  ready: { shape: 'ready', tone: 'active' },
  upToDate: { shape: 'upToDate', tone: 'quiet' },
  notSuitable: { shape: 'notSuitable', tone: 'attention' },
  noBundle: { shape: 'waiting', tone: 'quiet' },
  preparing: { shape: 'preparing', tone: 'active' },
  writing: { shape: 'writing', tone: 'active' },
  checking: { shape: 'checking', tone: 'active' },
  restarting: { shape: 'restarting', tone: 'active' },
  updated: { shape: 'done', tone: 'good' },
  unplugged: { shape: 'triangle', tone: 'bad' },
  noAnswer: { shape: 'triangle', tone: 'bad' },
  didNotMatch: { shape: 'octagon', tone: 'bad' },
  whoIsIt: { shape: 'unknown', tone: 'attention' },
  stopped: { shape: 'octagon', tone: 'bad' },
  aside: { shape: 'aside', tone: 'quiet' },
} as const satisfies Record<string, { shape: Shape; tone: Tone }>
export type TileState = keyof typeof tileStates

/** Why a device is not in the plan, in at most five words (the catalogue's `bench.why.*`). */
export type Why = 'model' | 'hardware' | 'newer' | 'asksFirst' | 'leftOut'

/** One tile. `part` of the bar from 0 to 1; `left` in milliseconds; `at` ms UTC of the end. */
export type Tile = {
  readonly port: string
  readonly state: TileState
  readonly serial: string | undefined
  readonly hardware: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
  readonly why: Why | undefined
  readonly part: number | undefined
  readonly left: number | undefined
  readonly at: number | undefined
  /** Whether a press of the box can put it into the plan. */
  readonly selectable: boolean
  readonly fault: AirlockError | undefined
}

/** What is known about one place of the bench. */
export type Place = {
  readonly port: string
  readonly present: StationPort | undefined
  readonly device: Device | undefined
  readonly job: Job | undefined
  readonly fault: AirlockError | undefined
  readonly leftOut: boolean
}

/** Writing takes most of the time, reading back the rest; restarting stands just below the end. */
const stretch = { compare: [0.02, 0.15], write: [0.05, 0.75], verify: [0.75, 0.96] } as const

/** How far a job is: never 1 while it works. */
export const partOf = (progress: Job['progress']): number => {
  if (progress === null) return 0
  const { stage, done = 0, total = 0 } = progress
  if (stage === 'reset' || stage === 'confirm') return 0.97
  if (stage !== 'compare' && stage !== 'write' && stage !== 'verify') return 0.02
  const [from, to] = stretch[stage]
  return from + (to - from) * (total === 0 ? 0 : Math.min(1, done / total))
}

const working: Readonly<Record<string, TileState>> = {
  compare: 'writing',
  write: 'writing',
  recover: 'writing',
  verify: 'checking',
  reset: 'restarting',
  confirm: 'restarting',
}

const troubled: Readonly<Record<string, TileState>> = {
  'flash.unplugged': 'unplugged',
  'port.unknown': 'unplugged',
  'flash.timeout': 'noAnswer',
  'flash.unconfirmed': 'noAnswer',
  'flash.out-of-sync': 'noAnswer',
  'flash.verify': 'didNotMatch',
  'flash.version': 'didNotMatch',
  'device.unknown': 'whoIsIt',
  'compat.hardware': 'notSuitable',
  'compat.requires': 'notSuitable',
  'rollback.counter': 'notSuitable',
  'rollback.version': 'notSuitable',
  'flash.cancelled': 'aside',
}

/** What the registry and the bundle say before anything runs. The station asks the device itself again before it writes. */
export const suits = (device: Device | undefined, bundle: BundleDetails): { state: TileState; why?: Why } => {
  if (device === undefined) return { state: 'ready', why: 'asksFirst' }
  const fits = bundle.compat.filter(({ model }) => model === device.model)
  if (fits.length === 0) return { state: 'notSuitable', why: 'model' }
  const { hardware, version } = device
  if (hardware !== null && !fits.some((fit) => fit.hardware === null || fit.hardware.includes(hardware)))
    return { state: 'notSuitable', why: 'hardware' }
  if (version === null) return { state: 'ready' }
  const order = compareSemver(version, bundle.bundle.version)
  if (order === 0) return { state: 'upToDate' }
  return order > 0 ? { state: 'notSuitable', why: 'newer' } : { state: 'ready' }
}

const nothing = { why: undefined, part: undefined, left: undefined, at: undefined, selectable: false, fault: undefined }

const running = (place: Place, job: Job): Pick<Tile, 'state' | 'part' | 'left'> => ({
  state: working[job.progress?.stage ?? ''] ?? 'preparing',
  part: partOf(job.progress),
  left: job.progress?.etaMs,
})

const updated = (job: Job) => {
  const known = flashResult.safeParse(job.result)
  return known.success ? known.data : undefined
}

/** One tile of the bench. */
export const tileOf = (place: Place, bundle: BundleDetails | undefined): Tile => {
  const { port, present, device, job, fault, leftOut } = place
  const who = {
    port,
    serial: device?.serial,
    hardware: device?.hardware ?? undefined,
    from: device?.version ?? undefined,
    to: bundle?.bundle.version,
    ...nothing,
  }
  if (job?.state === 'running') return { ...who, ...running(place, job) }
  if (job?.state === 'done') {
    const result = updated(job)
    const said = result === undefined ? {} : { serial: result.device, from: result.from ?? undefined, to: result.to }
    return { ...who, ...said, state: 'updated', part: 1, at: job.endedAt ?? undefined }
  }
  if (fault !== undefined) {
    const state = troubled[fault.code] ?? 'stopped'
    return { ...who, state, fault, selectable: false, part: tileStates[state].tone === 'bad' ? 0.6 : undefined }
  }
  if (present === undefined) return { ...who, state: 'free', to: undefined }
  if (bundle === undefined) return { ...who, state: 'noBundle', to: undefined }
  const { state, why } = suits(device, bundle)
  if (state === 'ready' && leftOut) return { ...who, state: 'aside', why: 'leftOut', selectable: true }
  const to = state === 'ready' ? who.to : undefined
  return { ...who, to, state, why, selectable: state === 'ready' }
}

/** The panel's counts: which tiles go under which line. */
export const lines = ['updated', 'active', 'ready', 'upToDate', 'aside', 'needsYou', 'notSuitable'] as const
export type Line = (typeof lines)[number]

const lineOf = (state: TileState): Line | undefined => {
  if (state === 'free' || state === 'noBundle') return undefined
  if (state === 'updated' || state === 'upToDate' || state === 'notSuitable' || state === 'ready' || state === 'aside')
    return state
  return state === 'whoIsIt' || tileStates[state].tone === 'bad' ? 'needsYou' : 'active'
}

/** How many tiles stand under each line. */
export const countTiles = (tiles: readonly Tile[]): Readonly<Record<Line, number>> => {
  const counts = { updated: 0, active: 0, ready: 0, upToDate: 0, aside: 0, needsYou: 0, notSuitable: 0 }
  for (const { state } of tiles) {
    const line = lineOf(state)
    if (line !== undefined) counts[line] += 1
  }
  return counts
}

/** The bundle that is proposed: the one whose version stands highest among those of the newest import's product. */
export const proposed = <B extends { readonly product: string; readonly version: string }>(
  bundles: readonly B[],
): B | undefined => {
  const [newest] = bundles
  return bundles
    .filter(({ product }) => product === newest?.product)
    .toSorted((a, b) => compareSemver(b.version, a.version))[0]
}
