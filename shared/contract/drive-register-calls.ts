// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { shortText, time, uuid } from './values.ts'

const nothing = z.strictObject({})
const reason = z.string().trim().min(1).max(1000)
const told = z.string().trim().min(1).max(80)

/** What is done with a drive that is not registered: nothing, or no work is done with it. */
export const unregisteredRule = z.enum(['allowed', 'refused'])

/** A drive that the site knows as its own. Serial number and volume id are what the drive says; empty: nothing. */
export const registeredDrive = z.strictObject({
  id: uuid,
  /** The id under which it is among the drives when it is there. */
  drive: z.string(),
  serial: z.string(),
  volume: z.string(),
  label: z.string(),
  owner: z.string(),
  by: z.string(),
  at: time,
  /** Null while it counts. */
  ended: z.strictObject({ by: z.string(), at: time, reason: z.string() }).nullable(),
})

/** The register of drives, and what is done with the others. */
export const driveRegisterCalls = {
  /** Those that count, then the newest that have ended. */
  'media.registered': call({
    params: nothing,
    result: z.strictObject({ rule: unregisteredRule, drives: z.array(registeredDrive) }),
    roles: ['technician', 'officer', 'administrator', 'auditor'],
    audit: 'none',
  }),
  /** Registers a drive that is plugged in, by what it says of itself. */
  'media.register': call({
    params: z.strictObject({ driveId: shortText, label: told, owner: told }),
    result: z.strictObject({ id: uuid }),
    roles: ['administrator'],
    audit: 'entry',
  }),
  'media.unregister': call({
    params: z.strictObject({ id: uuid, reason }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
  'media.setRule': call({
    params: z.strictObject({ rule: unregisteredRule, reason }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
} as const
