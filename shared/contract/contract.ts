// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call, stream } from '../rpc/contract-table.ts'
import { auditCalls } from './audit-calls.ts'
import { bundleCalls } from './bundle-calls.ts'
import { collectedCalls } from './collected-calls.ts'
import { deviceCalls } from './device-calls.ts'
import { evidenceCalls } from './evidence-calls.ts'
import { exportCalls } from './export-calls.ts'
import { findCalls } from './find-calls.ts'
import { healthCalls } from './health-calls.ts'
import { lookCalls } from './look-calls.ts'
import { driveRegisterCalls } from './drive-register-calls.ts'
import { mediaCalls } from './media-calls.ts'
import { overrideCalls } from './override-calls.ts'
import { peopleCalls } from './people-calls.ts'
import { portCalls } from './port-calls.ts'
import { runCalls } from './run-calls.ts'
import { printCalls } from './print-calls.ts'
import { trustCalls } from './trust-calls.ts'
import { recordCalls } from './record-calls.ts'
import { stationCalls } from './station-calls.ts'
import { withdrawalCalls } from './withdrawal-calls.ts'
import { job, uuid } from './values.ts'

const nothing = z.strictObject({})

/** Everything that may be asked of a station: name → parameters, result, who may ask, whether it leaves an entry. */
export const contract = {
  ...stationCalls,
  ...healthCalls,
  ...peopleCalls,
  ...trustCalls,
  ...bundleCalls,
  ...overrideCalls,
  ...withdrawalCalls,
  ...mediaCalls,
  ...driveRegisterCalls,
  ...evidenceCalls,
  ...deviceCalls,
  ...collectedCalls,
  ...portCalls,
  ...runCalls,
  ...exportCalls,
  ...auditCalls,
  ...lookCalls,
  ...findCalls,
  ...printCalls,
  ...recordCalls,
  'jobs.list': call({
    params: nothing,
    result: z.strictObject({ jobs: z.array(job) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  'jobs.watch': stream({ params: z.strictObject({ jobId: uuid }), event: job, roles: ['anyone'] }),
  'jobs.cancel': call({
    params: z.strictObject({ jobId: uuid }),
    result: nothing,
    roles: ['technician', 'officer', 'administrator'],
    audit: 'entry',
  }),
} as const
export type Contract = typeof contract
