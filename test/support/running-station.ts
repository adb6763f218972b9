// SPDX-License-Identifier: Apache-2.0
/**
 * The station with a scripted writer: real in everything, with the real line of devices and its real stream, but every
 * device of a run is written at once by the clock alone. No port is opened; the rows of runs lie beside the station's own.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { stationActor } from '../../main/station/audit/entry.ts'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { createRuns } from '../../main/station/campaigns/runs.ts'
import type { WriteDevice } from '../../main/station/campaigns/scheduler.ts'
import { appVersion } from '../../main/station/config.ts'
import { createJobs } from '../../main/station/jobs/jobs.ts'
import { connectHost } from '../../main/station/key-store.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { stderrLog } from '../../main/station/platform/log.ts'
import { createStation } from '../../main/station/station.ts'
import { stationMigrations } from '../../main/station/store/migrations/station.ts'
import { openStore } from '../../main/station/store/open.ts'
import { runCalls } from '../../shared/contract/run-calls.ts'
import { multiplex } from '../../shared/rpc/envelope.ts'
import { requestSchema } from '../../shared/rpc/message.ts'
import { portPair, type Port } from '../../shared/rpc/port.ts'
import { serve, type Handlers } from '../../shared/rpc/server.ts'
import { millis } from '../../shared/units.ts'
import { benchKey, benchStation } from './bench-log.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    drive: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', multiple: true, default: [] },
  },
})

/** A device tells of each of its pages: 800 of them every 50 ms are 40 s of writing, then 20 s of reading back. */
const pages = 800
const pageMs = { write: 50, verify: 25 }

const write: WriteDevice = async (_request, _actor, context) => {
  for (const stage of ['write', 'verify'] as const)
    for (let done = 1; done <= pages; done += 1) {
      await systemClock.sleep(millis(pageMs[stage]), context.signal)
      const after = stage === 'write' ? pages * pageMs.verify : 0
      context.progress({ stage, done, total: pages, etaMs: (pages - done) * pageMs[stage] + after })
    }
  return { written: pages, result: null }
}

/** More than a site can ask for: what is looked at is the page. */
const atOnce = 64

const openRuns = (folder: string) => {
  mkdirSync(folder, { recursive: true })
  const store = openStore(join(folder, 'runs.db'), stationMigrations)
  const names = { stationId: benchStation, epoch: 1, appVersion, buildHash: 'source' }
  const headFile = openHeadFile(join(folder, 'head'))
  const audit = createAuditLog({ store, clock: systemClock, key: benchKey(), headFile, ...names })
  const parts = { store, audit, clock: systemClock, log: stderrLog }
  const runs = createRuns({ ...parts, jobs: createJobs(parts), write })
  runs.setAtOnce(atOnce, stationActor)
  return runs
}

const runs = openRuns(`${values.data}-runs`)
const shown = ({ run, targets }: ReturnType<typeof runs.view>) => ({ run, targets: [...targets] })
const scripted = (work: (port: string) => void) => (params: { port?: string }) => {
  work(params.port ?? '')
  return {}
}
const act = (name: 'pause' | 'stop' | 'resume' | 'end') => scripted(() => runs[name](stationActor))
const move = (name: 'leaveOut' | 'bringBack' | 'setAside' | 'retry') =>
  scripted((port) => runs.move(name, { port }, stationActor))
const handlers: Handlers<typeof runCalls, undefined> = {
  'run.start': ({ bundle, targets }) => ({
    runId: runs.start({ id: bundle, product: 'dosing-controller', version: '2.0.0' }, targets, stationActor),
  }),
  'run.add': ({ targets }) => {
    runs.add(targets, stationActor)
    return {}
  },
  'run.leaveOut': move('leaveOut'),
  'run.bringBack': move('bringBack'),
  'run.setAside': move('setAside'),
  'run.retry': move('retry'),
  'run.pause': act('pause'),
  'run.stop': act('stop'),
  'run.resume': act('resume'),
  'run.end': act('end'),
  'run.setAtOnce': () => ({}),
  'run.get': () => shown(runs.view()),
  'run.watch': (_nothing, _caller, emit, signal) => runs.watch((view) => emit(shown(view)), signal),
}

/** What concerns runs goes to the scripted ones, everything else to the station. */
const between = (page: Port, station: { serve(port: Port): void }): void => {
  const ends = { run: portPair(structuredClone), rest: portPair(structuredClone) }
  page.onMessage((message) => {
    const request = requestSchema.safeParse(message).data
    const named = request !== undefined && 'name' in request
    if (!named || request.name.startsWith('run.')) ends.run[0].post(message)
    if (!named || !request.name.startsWith('run.')) ends.rest[0].post(message)
  })
  for (const [near] of Object.values(ends)) {
    near.onMessage((message) => page.post(message))
    page.onClose(() => near.close())
  }
  ends.rest[0].onClose(() => page.close())
  station.serve(ends.rest[1])
  serve(runCalls, handlers, ends.run[1], {
    gate: () => undefined,
    limits: { inFlight: 16, perSecond: 100, weight: 65_536 },
    now: () => Number(systemClock.monotonic() / 1_000_000n),
    onFault: (name, error) => stderrLog.error('run.refused', error, { name }),
  })
}

const line = multiplex(
  {
    send: (frame) => void process.send?.(frame, undefined, undefined, () => undefined),
    onFrame: (listener) => void process.on('message', listener),
    onEnd: (listener) => void process.on('disconnect', listener),
  },
  (port) => void opened.then((station) => between(port, station)),
)
const end = (): void => void opened.then((station) => station.close()).finally(() => process.exit(0))
process.on('SIGTERM', end)
process.on('disconnect', end)

const { data, drive: drives, port: ports } = values
const opened = createStation(
  { data, drives, ports, resources: join(import.meta.dirname, '../../resources') },
  { host: connectHost(line.host), clock: systemClock, log: stderrLog },
)
