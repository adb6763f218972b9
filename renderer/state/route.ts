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

/** The screen that is open, and what is open on it (a device, an export). */
export const useRoute = create<{ readonly screen: Screen; readonly item: string | undefined }>(() => ({
  screen: 'bench',
  item: undefined,
}))

/** Goes to a screen, or to one thing on it. */
export const go = (screen: Screen, item?: string): void => useRoute.setState({ screen, item })
