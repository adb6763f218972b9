// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { portId } from './port-calls.ts'
import { count, device, hex64, time, uuid } from './values.ts'

const nothing = z.strictObject({})
/** `label`: a person has read it on the device, which counts where the device cannot say it itself. */
const label = z.strictObject({
  model: z.string().min(1).max(64),
  serial: z.string().min(1).max(64),
  hardware: z.string().min(1).max(64).optional(),
})
/** Which device whoever starts the work has seen named at that port: another one that says its name is not written. */
const shown = label.omit({ hardware: true })
/** A device to write: where it is, what a person has read on it, else which one is expected there. */
export const target = z.strictObject({ port: portId, label: label.optional(), shown: shown.optional() })
const period = { from: time, to: time }

/** Devices, flashing, telemetry. */
export const deviceCalls = {
  'devices.list': call({
    params: nothing,
    result: z.strictObject({ devices: z.array(device) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Starts one job for each port; its result is `flashResult` of values.ts. The port goes on to telemetry afterwards. */
  'flashing.start': call({
    params: z.strictObject({ bundle: hex64, targets: z.array(target).min(1).max(64) }),
    result: z.strictObject({ jobs: z.array(z.strictObject({ port: portId, jobId: uuid })) }),
    roles: ['technician'],
    audit: 'entry',
  }),
  'telemetry.start': call({
    params: z.strictObject({ port: portId }),
    result: nothing,
    roles: ['technician'],
    audit: 'entry',
  }),
  'telemetry.stop': call({
    params: z.strictObject({ port: portId }),
    result: nothing,
    roles: ['technician'],
    audit: 'entry',
  }),
  'telemetry.counts': call({
    params: z.strictObject(period),
    result: z.strictObject({ points: count, events: count, sessions: count, crashes: count, lines: count }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
