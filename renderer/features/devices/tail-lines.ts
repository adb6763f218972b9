// SPDX-License-Identifier: Apache-2.0
/** What the tail of a device shows: pure. */
import type { Contract } from '../../../shared/contract/contract.ts'
import type { StreamEvent } from '../../../shared/rpc/contract-table.ts'
import type { Shape, Tone } from '../../components/icons.ts'
import type { DeviceLook } from '../../state/device-look.ts'
import type { StationPort } from '../../state/station.ts'

export type View = StreamEvent<Contract, 'telemetry.tail'>
export type Line = View['lines'][number]

/** Lines that the page keeps: as far back as somebody scrolls; all of them are in the records. */
export const mostLines = 1000

/** `held`: the lines that somebody reads, as they stood when they began; they do not move until they follow again. */
export type Tail = {
  readonly lines: readonly Line[]
  readonly held: readonly Line[] | undefined
  /** Lines that came since then. */
  readonly newer: number
  readonly missed: number
  readonly listens: boolean
}

export const noTail: Tail = { lines: [], held: undefined, newer: 0, missed: 0, listens: false }

/** The tail with what came. */
export const takeView = (tail: Tail, { first, lines, missed, listens }: View): Tail =>
  first
    ? { ...noTail, lines, listens }
    : {
        lines: [...tail.lines, ...lines].slice(-mostLines),
        held: tail.held,
        newer: tail.held === undefined ? 0 : tail.newer + lines.length + missed,
        missed: tail.missed + missed,
        listens,
      }

/** Somebody reads: what is shown stands still. */
export const hold = (tail: Tail): Tail => (tail.held === undefined ? { ...tail, held: tail.lines } : tail)
export const followAgain = (tail: Tail): Tail => ({ ...tail, held: undefined, newer: 0 })

/** How loud a line is, by OpenTelemetry's ranges of four. */
export const levels = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] as const
export type Level = (typeof levels)[number]
export const levelOf = (severity: number): Level => levels[Math.floor((severity - 1) / 4)] ?? 'fatal'
export const levelLook = {
  trace: { shape: 'info', tone: 'quiet' },
  debug: { shape: 'info', tone: 'quiet' },
  info: { shape: 'info', tone: 'quiet' },
  warning: { shape: 'warning', tone: 'attention' },
  error: { shape: 'triangle', tone: 'bad' },
  fatal: { shape: 'octagon', tone: 'bad' },
} as const satisfies Record<Level, { shape: Shape; tone: Tone }>

/** Why a device is not listened to. */
export const silences = ['away', 'writing', 'half', 'replugged', 'other', 'off'] as const
export type Silence = (typeof silences)[number]
export const silenceOf = (look: DeviceLook, port: StationPort | undefined): Silence => {
  if (look.place === null || port === undefined) return 'away'
  if (port.owner === 'flashing') return 'writing'
  if (look.halfWritten) return 'half'
  if (port.owner === 'telemetry') return 'other'
  return look.place.here ? 'off' : 'replugged'
}
