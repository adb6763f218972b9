// SPDX-License-Identifier: Apache-2.0
/** The line of a run: who is next, who may go where, how many are where. Pure. */
import type { TargetRow, TargetState } from './run-rows.ts'

type Standing = Pick<TargetRow, 'n' | 'port' | 'turn' | 'state'>

/** The newest target of each port: what stands there now. */
export const shownTargets = <T extends Standing>(targets: readonly T[]): T[] => [
  ...new Map(targets.map((target) => [target.port, target])).values(),
]

/** Those that wait, the next one first. */
export const waitingLine = <T extends Standing>(targets: readonly T[]): T[] =>
  targets.filter(({ state }) => state === 'waiting').toSorted((a, b) => a.turn - b.turn)

/** Those that may start now, so that at most `atOnce` are being written. */
export const nextUp = <T extends Standing>(targets: readonly T[], atOnce: number): T[] => {
  const active = targets.filter(({ state }) => state === 'active').length
  return waitingLine(targets).slice(0, Math.max(0, atOnce - active))
}

/** Whether something of a run is still to be done: being written, in the line, or cut off. */
export const isOpen = (targets: readonly Pick<TargetRow, 'state'>[]): boolean =>
  targets.some(({ state }) => state === 'active' || state === 'waiting' || state === 'interrupted')

/** What a person may do with one device, and in which states of it. */
export const moves = {
  leaveOut: { from: ['waiting'], to: 'leftOut' },
  bringBack: { from: ['leftOut', 'aside'], to: 'waiting' },
  setAside: { from: ['failed', 'interrupted', 'waiting'], to: 'aside' },
  retry: { from: ['failed', 'interrupted', 'aside'], to: 'waiting' },
} as const satisfies Record<string, { from: readonly TargetState[]; to: TargetState }>
export type Move = keyof typeof moves

/** Whether a move is open to a device in this state. */
export const mayMove = (move: Move, state: TargetState): boolean =>
  moves[move].from.some((allowed) => allowed === state)

/** Counts for entries and sentences: how many devices are in each state. */
export const countTargets = (targets: readonly Standing[]): Readonly<Partial<Record<TargetState, number>>> => {
  const counts: Partial<Record<TargetState, number>> = {}
  for (const { state } of shownTargets(targets)) counts[state] = (counts[state] ?? 0) + 1
  return counts
}
