// SPDX-License-Identifier: Apache-2.0
import { create } from 'zustand'
import type { Role } from './session.ts'

/** The screens of the rail, in its order. */
export const screens = ['bench', 'bundles', 'devices', 'exports', 'audit', 'people', 'keys', 'station'] as const
export type Screen = (typeof screens)[number]

/** The rail's three groups. */
export const groups: readonly { readonly name: 'work' | 'review' | 'setUp'; readonly screens: readonly Screen[] }[] = [
  { name: 'work', screens: ['bench', 'bundles', 'devices'] },
  { name: 'review', screens: ['exports', 'audit'] },
  { name: 'setUp', screens: ['people', 'keys', 'station'] },
]

const everyone: readonly Role[] = ['technician', 'officer', 'administrator', 'auditor', 'developer']

/** Who finds which screen in the rail; the station decides again for each call. */
export const openTo: Readonly<Record<Screen, readonly Role[]>> = {
  bench: ['technician', 'officer', 'administrator', 'auditor'],
  bundles: everyone,
  devices: everyone,
  exports: everyone,
  audit: ['officer', 'administrator', 'auditor'],
  people: ['administrator'],
  keys: ['technician', 'officer', 'administrator', 'auditor'],
  station: ['technician', 'officer', 'administrator'],
}

export const mayOpen = (roles: readonly Role[], screen: Screen): boolean =>
  roles.some((role) => openTo[screen].includes(role))

const first: Readonly<Record<Role, Screen>> = {
  technician: 'bench',
  officer: 'exports',
  administrator: 'station',
  auditor: 'audit',
  developer: 'exports',
}

/** Where a person begins. */
export const defaultScreen = ([role]: readonly Role[]): Screen => (role === undefined ? 'bundles' : first[role])

type Route = {
  readonly screen: Screen
  /** What is open on it: a device, an export. */
  readonly item: string | undefined
  /** What was chosen last on each list. */
  readonly chosen: Readonly<Partial<Record<Screen, string>>>
}

/** The screen that is open, and what is open on it. */
export const useRoute = create<Route>(() => ({ screen: 'bench', item: undefined, chosen: {} }))

/** Screens whose item is a row of their list: whoever comes back finds it chosen. */
const isList = (screen: Screen): boolean => screen === 'bundles' || screen === 'devices' || screen === 'people'

/** Goes to a screen, or to one thing on it. */
export const go = (screen: Screen, item?: string): void =>
  useRoute.setState(({ chosen }) => ({
    screen,
    item,
    chosen: isList(screen) && item !== undefined ? { ...chosen, [screen]: item } : chosen,
  }))

/** Goes to a screen as it was left. */
export const returnTo = (screen: Screen): void => useRoute.setState(({ chosen }) => ({ screen, item: chosen[screen] }))

/** A name for what stands in the middle: a list is one page, whatever is chosen in it. */
export const pageOf = ({ screen, item }: Route): string =>
  item === undefined || isList(screen) ? screen : `${screen}/${item}`
