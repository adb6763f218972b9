// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, device, hex64, time, uuid } from './values.ts'

const nothing = z.strictObject({})
const portPath = z.string().min(1).max(256)
/** `label`: a person has read it on the device, which counts where the device cannot say it itself. */
const label = z.strictObject({
  model: z.string().min(1).max(64),
  serial: z.string().min(1).max(64),
  hardware: z.string().min(1).max(64).optional(),
})
const target = z.strictObject({ port: portPath, label: label.optional() })
const period = { from: time, to: time }

/** Ports, devices, flashing, telemetry. */
export const deviceCalls = {
  'ports.list': call({
    params: nothing,
    result: z.strictObject({
      ports: z.array(
        z.strictObject({ id: portPath, label: z.string(), owner: z.enum(['free', 'flashing', 'telemetry']) }),
      ),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
  'devices.list': call({
    params: nothing,
    result: z.strictObject({ devices: z.array(device) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Starts one job for each port; its result is `flashResult` of values.ts. The port goes on to telemetry afterwards. */
  'flashing.start': call({
    params: z.strictObject({ bundle: hex64, targets: z.array(target).min(1).max(64) }),
    result: z.strictObject({ jobs: z.array(z.strictObject({ port: portPath, jobId: uuid })) }),
    roles: ['technician'],
    audit: 'entry',
  }),
  'telemetry.start': call({
    params: z.strictObject({ port: portPath }),
    result: nothing,
    roles: ['technician'],
    audit: 'entry',
  }),
  'telemetry.stop': call({
    params: z.strictObject({ port: portPath }),
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
