// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call, stream } from '../rpc/contract-table.ts'
import { target } from './device-calls.ts'
import { portId } from './port-calls.ts'
import { count, facts, hex64, time, uuid } from './values.ts'

const nothing = z.strictObject({})
const onePort = z.strictObject({ port: portId })
const targets = z.array(target).min(1).max(64)

/** `same`: it had this version, was read back, and nothing was written. `failed` has a code, `interrupted` was cut off. */
export const runTargetState = z.enum([
  'waiting',
  'active',
  'updated',
  'same',
  'failed',
  'interrupted',
  'leftOut',
  'aside',
  'notStarted',
])

/** One device of a run, by its port. Durations in milliseconds. */
export const runTarget = z.strictObject({
  port: portId,
  state: runTargetState,
  /** Place in the line of those that wait, from 1. */
  line: count.nullable(),
  jobId: uuid.nullable(),
  /** The last step of its job, and how far that is or was, in units. */
  stage: z.string().nullable(),
  done: count,
  total: count,
  /** Smoothed; null while nobody can say. It grows by more than 30 % only with a `note`. */
  leftMs: count.nullable(),
  /** What is going on beside the stage: a fault of the line that is being mended. */
  note: z.string().nullable(),
  device: z.strictObject({ serial: z.string(), model: z.string(), hardware: z.string().nullable() }).nullable(),
  from: z.string().nullable(),
  code: z.string().nullable(),
  details: facts.nullable(),
  endedAt: time.nullable(),
  /** Who has put it here, or moved it last. */
  by: z.string(),
})

/** A run without its devices. `finished`: nothing is written or waits, and its results stand until it is ended. */
export const run = z.strictObject({
  id: uuid,
  bundle: hex64,
  product: z.string(),
  version: z.string(),
  state: z.enum(['running', 'paused', 'interrupted', 'finished']),
  startedAt: time,
  /** Who has worked on it; the first one has started it. */
  people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** How many devices are written at the same time, at most. */
  atOnce: count,
  /** Until the last device is done; null while nobody can say. */
  leftMs: count.nullable(),
  /** Why `leftMs` may have grown. */
  leftGrew: z.enum(['added', 'repeated', 'continued', 'line']).nullable(),
})

/** Update runs: one bundle into many devices, a few at a time. One run at a time; its results stand until it is ended. */
export const runCalls = {
  /** Errors: `run.open` while another one is not ended, `job.busy`, and what stands against the bundle. */
  'run.start': call({
    params: z.strictObject({ bundle: hex64, targets }),
    result: z.strictObject({ runId: uuid }),
    roles: ['technician'],
    audit: 'entry',
  }),
  'run.add': call({ params: z.strictObject({ targets }), result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Takes a device out of the line before its turn. */
  'run.leaveOut': call({ params: onePort, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Puts a device that was left out or set aside back into the line. */
  'run.bringBack': call({ params: onePort, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Takes a device that needs somebody out of the run. */
  'run.setAside': call({ params: onePort, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Writes a device again, as the next one. `label`: what a person has read on it. */
  'run.retry': call({ params: target, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** What is being written goes on to its end, nothing else starts. */
  'run.pause': call({ params: nothing, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Stops what is being written at once, and starts nothing else. */
  'run.stop': call({ params: nothing, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Goes on after a pause, or after a station that was cut off: what was being written comes first. */
  'run.resume': call({ params: nothing, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** Ends the run, so that a new one can start. Errors: `run.busy` while a device is being written. */
  'run.end': call({ params: nothing, result: nothing, roles: ['technician'], audit: 'entry' }),
  /** How many devices are written at the same time. */
  'run.setAtOnce': call({
    params: z.strictObject({ atOnce: z.number().int().min(1).max(16) }),
    result: nothing,
    roles: ['administrator'],
    audit: 'entry',
  }),
  'run.get': call({
    params: nothing,
    result: z.strictObject({ run: run.nullable(), targets: z.array(runTarget) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** The whole run at once, then what has changed, at most five times a second: `targets` holds changed devices only. */
  'run.watch': stream({
    params: nothing,
    event: z.strictObject({ run: run.nullable(), targets: z.array(runTarget) }),
    roles: ['anyone'],
  }),
} as const
