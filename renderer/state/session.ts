// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { create } from 'zustand'
import { person as personSchema, roleName } from '../../shared/contract/values.ts'
import { call, useConnection } from './connection.ts'
import { forgetPreferences, loadPreferences } from './preferences.ts'
import { defaultScreen, mayOpen, useRoute } from './route.ts'

export type Person = z.infer<typeof personSchema>
export type Role = z.infer<typeof roleName>

/** Who is signed in. `locked`: their view is kept, the station has signed them out. */
type Session = {
  readonly person: Person | undefined
  readonly locked: boolean
  readonly lastSignIn: number | null
  readonly lastFailure: number | null
  /** The password has to be changed before anything else. */
  readonly owes: 'temporary' | 'ended' | null
}

export const useSession = create<Session>(() => ({
  person: undefined,
  locked: false,
  lastSignIn: null,
  lastFailure: null,
  owes: null,
}))

const recentKey = 'airlock.recent'
const recentSchema = z.array(z.strictObject({ login: z.string(), name: z.string(), role: roleName })).catch([])
export type RecentPerson = z.infer<typeof recentSchema>[number]

/** People who signed in on this computer lately, the last one first. */
export const recentPeople = (): RecentPerson[] => {
  try {
    return recentSchema.parse(JSON.parse(localStorage.getItem(recentKey) ?? '[]'))
  } catch {
    // Names are a convenience: whatever else lies there is no list of them.
    return []
  }
}

const remember = ({ login, name, roles: [role = 'technician'] }: Person): void => {
  const others = recentPeople().filter((one) => one.login !== login)
  localStorage.setItem(recentKey, JSON.stringify([{ login, name, role }, ...others].slice(0, 6)))
}

/** Signs in; the same person finds the view as it was. Errors: `person.credentials`, `person.locked`. */
export const signIn = async (login: string, password: string): Promise<void> => {
  const { person, lastSignIn, lastFailure, owes, preferences } = await call('session.signIn', { login, password })
  useConnection.setState(({ signIns }) => ({ signIns: signIns + 1 }))
  const before = useSession.getState().person
  remember(person)
  loadPreferences(preferences)
  const { screen } = useRoute.getState()
  // Whoever comes back finds the view as it was; somebody else begins at their own beginning.
  if (before?.id !== person.id || !mayOpen(person.roles, screen))
    useRoute.setState({ screen: defaultScreen(person.roles), item: undefined, chosen: {} })
  useSession.setState({ person, locked: false, lastSignIn, lastFailure, owes })
}

/** Changes one's own password; afterwards nothing is owed. Errors: `person.password-*`, `person.credentials`. */
export const changePassword = async (password: string, wanted: string): Promise<void> => {
  await call('session.changePassword', { password, wanted })
  useSession.setState({ owes: null })
}

/** Locks: the station forgets the person at once, the page keeps its place. Running work goes on. */
export const lock = async (): Promise<void> => {
  useSession.setState({ locked: true })
  await call('session.signOut', {}).catch(() => undefined)
}

/** Signs out for good: the next person starts at the beginning. */
export const signOut = async (): Promise<void> => {
  await call('session.signOut', {}).catch(() => undefined)
  useSession.setState({ person: undefined, locked: false, owes: null })
  forgetPreferences()
}

/** Ends a session that is nobody's of the page: the set-up signs people in for one step. */
export const endSession = (): void => void call('session.signOut', {}).catch(() => undefined)

// A new line to the station knows nobody, and a session ends by itself (a shift, a computer that slept): whoever was here
// has to say so again.
useConnection.subscribe((now, before) => {
  const ended = now.lapsed !== before.lapsed || (now.epoch !== before.epoch && before.epoch > 0)
  if (ended && useSession.getState().person !== undefined) useSession.setState({ locked: true })
})
