// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { loginText, password, person, roleName, shortText, time } from './values.ts'

const nothing = z.strictObject({})

/** Signing in and out, and the people of the station. */
export const peopleCalls = {
  'session.signIn': call({
    params: z.strictObject({ login: loginText, password }),
    result: z.strictObject({ person, lastSignIn: time.nullable(), lastFailure: time.nullable() }),
    roles: ['signed-out', 'anyone'],
    audit: 'entry',
  }),
  'session.signOut': call({ params: nothing, result: nothing, roles: ['anyone'], audit: 'entry' }),
  'people.list': call({
    params: nothing,
    result: z.strictObject({ people: z.array(person) }),
    roles: ['administrator', 'officer', 'auditor'],
    audit: 'none',
  }),
  'people.create': call({
    params: z.strictObject({ login: loginText, name: shortText, password, roles: z.array(roleName).min(1) }),
    result: person,
    roles: ['administrator'],
    audit: 'entry',
  }),
  'people.deactivate': call({
    params: z.strictObject({ id: z.string(), reason: shortText }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
} as const
