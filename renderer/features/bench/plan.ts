// SPDX-License-Identifier: Apache-2.0
/** What each tile of the bench says: pure, from what the page knows of port, device, bundle and run. */
import { isErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError, type ErrorDetails } from '../../../shared/errors.ts'
import { compareSemver } from '../../../shared/formats/scalars.ts'
import type { Shape, Tone } from '../../components/icons.ts'
import type { RunTarget } from '../../state/run.ts'
import type { BundleDetails, Device, StationPort } from '../../state/station.ts'

/** The states of the bench, ux 5.1, as far as this station knows them. */
export const tileStates = {
  free: { shape: 'free', tone: 'quiet' },
  ready: { shape: 'ready', tone: 'active' },
  upToDate: { shape: 'upToDate', tone: 'quiet' },
  notSuitable: { shape: 'notSuitable', tone: 'attention' },
  noBundle: { shape: 'waiting', tone: 'quiet' },
  waiting: { shape: 'waiting', tone: 'quiet' },
  preparing: { shape: 'preparing', tone: 'active' },
  writing: { shape: 'writing', tone: 'active' },
  checking: { shape: 'checking', tone: 'active' },
  restarting: { shape: 'restarting', tone: 'active' },
  updated: { shape: 'done', tone: 'good' },
  unplugged: { shape: 'triangle', tone: 'bad' },
  noAnswer: { shape: 'triangle', tone: 'bad' },
  cutOff: { shape: 'triangle', tone: 'bad' },
  didNotMatch: { shape: 'octagon', tone: 'bad' },
  whoIsIt: { shape: 'unknown', tone: 'attention' },
  stopped: { shape: 'octagon', tone: 'bad' },
  leftOut: { shape: 'aside', tone: 'quiet' },
  aside: { shape: 'aside', tone: 'quiet' },
} as const satisfies Record<string, { shape: Shape; tone: Tone }>
export type TileState = keyof typeof tileStates

/** Why a device is not in the plan, in at most five words (the catalogue's `bench.why.*`). */
export const whys = [
  'model',
  'hardware',
  'newer',
  'requires',
  'policy',
  'asksFirst',
  'label',
  'leftOut',
  'inUse',
  'otherDevice',
  'withdrawn',
] as const
export type Why = (typeof whys)[number]

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
  /** Place in the line, from 1. */
  readonly line: number | undefined
  /** Who has put it where it is. */
  readonly by: string | undefined
  /** A fault of the line is being mended: what is left may grow. */
  readonly mending: boolean
  /** Whether a press of the box can put it into the plan, or out of it. */
  readonly selectable: boolean
  readonly fault: AirlockError | undefined
}

/** What is known about one place of the bench. */
export type Place = {
  readonly port: string
  readonly present: StationPort | undefined
  readonly device: Device | undefined
  readonly target: RunTarget | undefined
  readonly leftOut: boolean
}

/** Writing takes most of the time, reading back the rest; restarting stands just below the end. */
const stretch = { compare: [0.02, 0.15], write: [0.05, 0.75], verify: [0.75, 0.96], unplugged: [0.05, 0.75] } as const

/** How far a device is: never 1 while it is worked on. */
export const partOf = ({ stage, done, total }: Pick<RunTarget, 'stage' | 'done' | 'total'>): number => {
  if (stage === 'reset' || stage === 'confirm') return 0.97
  if (stage !== 'compare' && stage !== 'write' && stage !== 'verify' && stage !== 'unplugged')
    return stage === null ? 0 : 0.02
  const [from, to] = stretch[stage]
  return from + (to - from) * (total === 0 ? 0 : Math.min(1, done / total))
}

const working: Readonly<Record<string, TileState>> = {
  compare: 'writing',
  write: 'writing',
  verify: 'checking',
  reset: 'restarting',
  confirm: 'restarting',
  unplugged: 'unplugged',
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
}

/** The short reason of a device that said no, or that cannot say who it is. */
const whyOf: Readonly<Record<string, Why>> = {
  'device.unknown': 'label',
  'compat.hardware': 'hardware',
  'compat.requires': 'requires',
  'rollback.counter': 'policy',
  'rollback.version': 'newer',
  'flash.wrong-device': 'otherDevice',
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

const nothing = {
  why: undefined,
  part: undefined,
  left: undefined,
  at: undefined,
  line: undefined,
  by: undefined,
  mending: false,
  selectable: false,
  fault: undefined,
}

const plain = (details: RunTarget['details']): ErrorDetails =>
  Object.fromEntries(
    Object.entries(details ?? {}).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
  )

const failed = ({ code, details, ...target }: RunTarget): Partial<Tile> & Pick<Tile, 'state'> => {
  const known = code !== null && isErrorCode(code) ? code : 'internal'
  const state = target.state === 'interrupted' ? 'cutOff' : (troubled[known] ?? 'stopped')
  return {
    state,
    why: target.state === 'interrupted' ? undefined : whyOf[known],
    part: tileStates[state].tone === 'bad' ? partOf(target) : undefined,
    fault: new AirlockError(known, plain(details)),
  }
}

/** What a device of the run says. */
const inRun = (target: RunTarget): Partial<Tile> & Pick<Tile, 'state'> => {
  const { state, stage, leftMs, note, line, by, endedAt } = target
  switch (state) {
    case 'active':
      return {
        state: working[stage ?? ''] ?? 'preparing',
        part: partOf(target),
        left: leftMs ?? undefined,
        mending: note !== null,
      }
    case 'updated':
      return { state: 'updated', part: 1, at: endedAt ?? undefined }
    case 'same':
      return { state: 'upToDate' }
    case 'failed':
    case 'interrupted':
      return failed(target)
    case 'waiting':
      return { state: 'waiting', part: 0, line: line ?? undefined, selectable: true }
    case 'leftOut':
      return { state: 'leftOut', why: 'leftOut', selectable: true }
    case 'aside':
    case 'notStarted':
      return { state: 'aside', by, selectable: true }
  }
}

/** One tile of the bench. Nothing is ready for a bundle that was withdrawn. */
export const tileOf = (place: Place, bundle: BundleDetails | undefined, withdrawn = false): Tile => {
  const { port, present, device, target, leftOut } = place
  const who = {
    port,
    serial: target?.device?.serial ?? device?.serial,
    hardware: target?.device?.hardware ?? device?.hardware ?? undefined,
    from: target?.from ?? device?.version ?? undefined,
    to: bundle?.bundle.version,
    ...nothing,
  }
  if (target !== undefined) return { ...who, ...inRun(target) }
  if (present === undefined) return { ...who, state: 'free', to: undefined }
  if (present.owner === 'flashing') return { ...who, state: 'preparing', why: 'inUse', to: undefined }
  if (bundle === undefined) return { ...who, state: 'noBundle', to: undefined }
  if (withdrawn) return { ...who, state: 'notSuitable', why: 'withdrawn', to: undefined }
  const { state, why } = suits(device, bundle)
  if (state === 'ready' && leftOut) return { ...who, state: 'leftOut', why: 'leftOut', selectable: true }
  const to = state === 'ready' ? who.to : undefined
  return { ...who, to, state, why, selectable: state === 'ready' }
}

/** The panel's counts: which tiles go under which line. */
export const lines = ['updated', 'active', 'waiting', 'ready', 'upToDate', 'aside', 'needsYou', 'notSuitable'] as const
export type Line = (typeof lines)[number]

const lineOf = (state: TileState): Line | undefined => {
  if (state === 'free' || state === 'noBundle') return undefined
  if (state === 'leftOut') return 'aside'
  const own = lines.find((line) => line === state)
  if (own !== undefined) return own
  return state === 'whoIsIt' || tileStates[state].tone === 'bad' ? 'needsYou' : 'active'
}

/** How many tiles stand under each line. */
export const countTiles = (tiles: readonly Tile[]): Readonly<Record<Line, number>> => {
  const counts = { updated: 0, active: 0, waiting: 0, ready: 0, upToDate: 0, aside: 0, needsYou: 0, notSuitable: 0 }
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
