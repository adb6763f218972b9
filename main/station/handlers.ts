// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { auditHandlers } from './audit-handlers.ts'
import { bundleHandlers } from './bundle-handlers.ts'
import { personOf, type Caller } from './caller.ts'
import { collectedHandlers } from './collected-handlers.ts'
import { limits } from './config.ts'
import { deviceHandlers } from './device-handlers.ts'
import { evidenceHandlers } from './evidence-handlers.ts'
import { exportHandlers } from './export-handlers.ts'
import type { Exports } from './exports/exports.ts'
import { findHandlers } from './find-handlers.ts'
import type { JobView } from './jobs/rows.ts'
import { healthHandlers } from './health-handlers.ts'
import { lookHandlers } from './look-handlers.ts'
import { driveRegisterHandlers } from './drive-register-handlers.ts'
import { mediaHandlers } from './media-handlers.ts'
import { overrideHandlers } from './override-handlers.ts'
import type { Parts } from './parts.ts'
import { portHandlers } from './port-handlers.ts'
import { peopleHandlers } from './people-handlers.ts'
import { printHandlers } from './print-handlers.ts'
import { recordHandlers } from './record-handlers.ts'
import type { Recovery } from './recover.ts'
import { runHandlers } from './run-handlers.ts'
import { trustHandlers } from './trust-handlers.ts'
import { stationHandlers } from './station-handlers.ts'
import { withdrawalHandlers } from './withdrawal-handlers.ts'

const toJob = (view: JobView) => ({ ...view })

/** One handler for each row of the contract. */
export const createHandlers = (parts: Parts, exports: Exports, recovery: Recovery): Handlers<Contract, Caller> => ({
  ...stationHandlers(parts, recovery),
  ...healthHandlers(parts),
  ...peopleHandlers(parts),
  ...trustHandlers(parts),
  ...bundleHandlers(parts),
  ...overrideHandlers(parts),
  ...withdrawalHandlers(parts),
  ...mediaHandlers(parts),
  ...driveRegisterHandlers(parts),
  ...evidenceHandlers(parts),
  ...deviceHandlers(parts),
  ...collectedHandlers(parts, exports),
  ...portHandlers(parts),
  ...runHandlers(parts),
  ...exportHandlers(parts, exports),
  ...auditHandlers(parts),
  ...lookHandlers(parts),
  ...findHandlers(parts, exports),
  ...printHandlers(parts, exports),
  ...recordHandlers(parts),
  'jobs.list': () => ({ jobs: parts.jobs.list(limits.jobsListed).map(toJob) }),
  'jobs.watch': ({ jobId }, _caller, emit, signal) => parts.jobs.watch(jobId, (view) => emit(toJob(view)), signal),
  'jobs.cancel': ({ jobId }, caller) => {
    const { actor } = personOf(caller)
    if (parts.jobs.get(jobId).state !== 'running') return {}
    parts.audit.note({ actor, action: 'job.cancel', object: { type: 'job', id: jobId }, outcome: 'ok', corr: jobId })
    parts.jobs.cancel(jobId)
    return {}
  },
})
