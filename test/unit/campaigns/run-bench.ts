// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../../../main/station/audit/entry.ts'
import { createRuns } from '../../../main/station/campaigns/runs.ts'
import type { Target } from '../../../main/station/campaigns/run-rows.ts'
import type { Written } from '../../../main/station/campaigns/scheduler.ts'
import type { JobContext } from '../../../main/station/jobs/job.ts'
import { createJobs } from '../../../main/station/jobs/jobs.ts'
import { systemClock } from '../../../main/station/platform/clock.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { openTestLog, testLogKey, type TestLog } from '../../support/audit.ts'
import { tempFolder } from '../../support/temp-folder.ts'

export const tara: Actor = { uid: 'p-1', login: 'tara', name: 'Tara', role: 'technician' }
export const omar: Actor = { uid: 'p-2', login: 'omar', name: 'Omar', role: 'technician' }
export const bundle = { id: 'b'.repeat(64), product: 'pump', version: '2.0.0' }
export const ports = (count: number): { port: string }[] =>
  Array.from({ length: count }, (_, n) => ({ port: `p${n + 1}` }))

type Hand = {
  readonly actor: Actor
  readonly context: JobContext
  readonly label: unknown
  readonly shown: unknown
  done(written?: number): void
  fail(error: Error): void
}

const leafSchema = z.object({ action: z.string(), actor: z.object({ name: z.string() }), after: z.unknown() })
const leafOf = (leaf: unknown) => leafSchema.parse(leaf)

/** Runs over a real store, log and jobs; each device is written by the hand of the test. */
export const runBench = (log: TestLog = openTestLog(tempFolder(), testLogKey(), systemClock, stationMigrations)) => {
  const { store, audit } = log
  const jobs = createJobs({ store, audit, clock: systemClock, log: silentLog })
  const hands = new Map<string, Hand>()
  /** Ports in the order in which they were begun. */
  const begun: string[] = []
  const write = ({ port, label, shown }: Target, actor: Actor, context: JobContext) =>
    new Promise<Written>((resolve, reject) => {
      begun.push(port)
      context.signal.addEventListener('abort', () => reject(context.signal.reason))
      hands.set(port, {
        actor,
        context,
        label,
        shown,
        done: (written = 10) => resolve({ written, result: { port } }),
        fail: reject,
      })
    }).finally(() => hands.delete(port))
  const runs = createRuns({ store, audit, clock: systemClock, log: silentLog, jobs, write })
  const states = (): Record<string, string> =>
    Object.fromEntries(runs.view().targets.map(({ port, state }) => [port, state]))
  return {
    log,
    jobs,
    runs,
    begun,
    states,
    active: () => [...hands.keys()].toSorted(),
    /** The hand at a port, as soon as its job has begun. */
    at: async (port: string): Promise<Hand> => {
      await expect.poll(() => hands.has(port)).toBe(true)
      const hand = hands.get(port)
      if (hand === undefined) throw new Error(port)
      return hand
    },
    until: (port: string, state: string) => expect.poll(() => states()[port]).toBe(state),
    /** Actions of the log, oldest first, the log's own first entry left out. */
    entries: () =>
      Array.from({ length: audit.head().size - 1 }, (_, index) =>
        leafOf(JSON.parse(new TextDecoder().decode(audit.prove(index + 1).leaf))),
      ),
  }
}
