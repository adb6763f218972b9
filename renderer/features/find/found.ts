// SPDX-License-Identifier: Apache-2.0
/** What the command find offers, in its order: objects, then pages, then commands. Pure. */
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import type { Screen } from '../../state/route.ts'

export type Objects = Result<Contract, 'find.search'>
export const noObjects: Objects = { devices: [], bundles: [], exports: [], entries: [] }

/** One line of the list. `id` is its place in the document. */
export type Line = {
  readonly id: string
  readonly title: string
  readonly detail?: string | undefined
  /** Serial numbers and versions are not words. */
  readonly mono?: boolean
  /** As `aria-keyshortcuts` writes them. */
  readonly keys?: string | undefined
  readonly act: () => void
}

export const groupNames = ['devices', 'bundles', 'exports', 'entries', 'pages', 'commands'] as const
export type GroupName = (typeof groupNames)[number]
export type Group = { readonly name: GroupName; readonly lines: readonly Line[] }

/** The screen on which a kind of object is shown: a person who may not open it is not offered its objects. */
export const screenOfKind = {
  devices: 'devices',
  bundles: 'bundles',
  exports: 'exports',
  entries: 'audit',
} as const satisfies Record<keyof Objects, Screen>

/** Whether every word that was typed begins a word of the title, so that `au` finds the audit log and not `pause`. */
export const fits = (title: string, text: string): boolean => {
  const words = title.toLowerCase().split(/[\s().,:–-]+/)
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '')
    .every((part) => words.some((word) => word.startsWith(part)))
}

/** Groups with at least one line, in their order. */
export const present = (groups: Readonly<Record<GroupName, readonly Line[]>>): Group[] =>
  groupNames.map((name) => ({ name, lines: groups[name] })).filter(({ lines }) => lines.length > 0)

/** The line that the arrow keys come to from `at`; they go round. */
export const step = (at: number, key: string, count: number): number => {
  if (count === 0) return 0
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  return at
}
