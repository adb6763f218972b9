// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { loginText, password, person, preferences, roleName, shortText, time } from './values.ts'

const nothing = z.strictObject({})
const why = { id: z.string().max(64), reason: shortText }
const roles = z.array(roleName).min(1)

/** A person with what an administrator sees of them. */
const account = person.extend({
  lastSignIn: time.nullable(),
  lastFailure: time.nullable(),
  locked: z.boolean(),
  temporary: z.boolean(),
})

/** Signing in and out, one's own password and preferences, and the people of the station. */
export const peopleCalls = {
  'session.signIn': call({
    params: z.strictObject({ login: loginText, password }),
    result: z.strictObject({
      person,
      lastSignIn: time.nullable(),
      lastFailure: time.nullable(),
      /** The password has to be changed before anything else: it was given by somebody else, or it has grown old. */
      owes: z.enum(['temporary', 'ended']).nullable(),
      preferences: preferences.nullable(),
    }),
    roles: ['signed-out', 'anyone'],
    audit: 'entry',
  }),
  'session.signOut': call({ params: nothing, result: nothing, roles: ['anyone', 'owing'], audit: 'entry' }),
  'session.changePassword': call({
    params: z.strictObject({ password, wanted: password }),
    result: nothing,
    roles: ['anyone', 'owing'],
    audit: 'entry',
  }),
  /** How the page looks and speaks for whoever is signed in: no regulated record. */
  'session.prefer': call({ params: preferences, result: nothing, roles: ['anyone', 'owing'], audit: 'none' }),
  'people.list': call({
    params: nothing,
    result: z.strictObject({ people: z.array(account) }),
    roles: ['administrator'],
    audit: 'none',
  }),
  /** `temporary`: somebody else knows the password, so it has to be changed at the first sign-in. */
  'people.create': call({
    params: z.strictObject({
      login: loginText,
      name: shortText,
      password,
      roles,
      temporary: z.boolean().default(false),
    }),
    result: account,
    roles: ['administrator'],
    audit: 'entry',
  }),
  'people.rename': call({
    params: z.strictObject({ ...why, name: shortText }),
    result: account,
    roles: ['administrator'],
    audit: 'entry',
  }),
  /** Nobody changes their own; the last administrator and the last officer stay. */
  'people.setRoles': call({
    params: z.strictObject({ ...why, roles }),
    result: account,
    roles: ['administrator'],
    audit: 'entry',
  }),
  /** Gives somebody else a password that serves for one sign-in. */
  'people.resetPassword': call({
    params: z.strictObject({ ...why, password }),
    result: account,
    roles: ['administrator'],
    audit: 'entry',
  }),
  'people.unlock': call({ params: z.strictObject(why), result: nothing, roles: ['administrator'], audit: 'entry' }),
  'people.deactivate': call({ params: z.strictObject(why), result: nothing, roles: ['administrator'], audit: 'entry' }),
  /** Brings somebody back who had left. */
  'people.activate': call({ params: z.strictObject(why), result: nothing, roles: ['administrator'], audit: 'entry' }),
} as const
