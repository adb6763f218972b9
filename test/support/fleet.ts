// SPDX-License-Identifier: Apache-2.0
import type { Row, Tables } from './archive.ts'

/** How a version behaves: what goes wrong per hour on average, and what it measures. */
export type Behaviour = {
  readonly crashesPerHour: number
  readonly resetsPerHour: number
  readonly errorsPerHour: number
  readonly updateFailures: number
  readonly heap: number
}
export const calm: Behaviour = {
  crashesPerHour: 0.004,
  resetsPerHour: 0.004,
  errorsPerHour: 0.05,
  updateFailures: 0.03,
  heap: 20_000,
}

export type FleetPlan = {
  readonly seed: number
  readonly devices: number
  /** Days on the older version, then as many on the newer one. */
  readonly days: number
  readonly start: number
  readonly older: { readonly version: string; readonly behaviour: Behaviour }
  readonly newer: { readonly version: string; readonly behaviour: Behaviour }
  readonly pointsPerBoot?: number
  /** Names of devices begin with it. */
  readonly prefix?: string
}

const hour = 3_600_000

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** Tables of a fleet whose devices all move from the older to the newer version half-way. */
export const fleetTables = (plan: FleetPlan): Required<Omit<Tables, 'receipts'>> => {
  const random = randomFrom(plan.seed)
  const tables = { crashes: [], deploys: [], events: [], points: [], sessions: [] } as {
    [table in 'crashes' | 'deploys' | 'events' | 'points' | 'sessions']: Row[]
  }
  for (let n = 0; n < plan.devices; n += 1) {
    const device = `${plan.prefix ?? 'dev-'}${n}`
    const hardware = n % 3 === 0 ? 'rev-a' : 'rev-b'
    let kind = 'cold'
    for (const [phase, { version, behaviour }] of [plan.older, plan.newer].entries()) {
      const from = plan.start + phase * plan.days * 24 * hour
      const until = from + plan.days * 24 * hour
      if (phase === 1) {
        const failed = random() < behaviour.updateFailures
        tables.deploys.push({
          device,
          job: `job-${device}`,
          from_version: plan.older.version,
          to_version: version,
          hardware,
          model: 'pump-controller',
          driver: 'stk500v1',
          result: failed ? 'failed' : 'done',
          ...(failed ? { step: 'verify' } : {}),
          t: from,
          seconds: 8 + random() * 3,
        })
        kind = 'update'
      }
      for (let at = from; at < until - hour / 60;) {
        const ends = behaviour.crashesPerHour + behaviour.resetsPerHour + 1 / 24
        const hours = Math.min(-Math.log(1 - random()) / ends, (until - at) / hour)
        const ended = Math.round(at + hours * hour)
        const session = `ses-${device}-${at}`
        const draw = random() * ends
        const crashed = draw < behaviour.crashesPerHour && ended < until - 1000
        const reset = !crashed && draw < behaviour.crashesPerHour + behaviour.resetsPerHour && ended < until - 1000
        tables.sessions.push({
          device,
          session,
          model: 'pump-controller',
          hardware,
          firmware: version,
          kind,
          started: at,
          ended,
        })
        if (crashed) {
          const cause = random() < 0.7 ? ['1f00c0de', 'assert', 'queue full'] : ['badcafe5', 'hardfault', 'bus fault']
          const [fingerprint = '', crash = '', reason = ''] = cause
          tables.crashes.push({ device, session, t: ended, seq: 9_000_000, kind: crash, reason, fingerprint })
        }
        const errors = Math.floor(hours * behaviour.errorsPerHour + random())
        for (let e = 0; e < errors; e += 1) {
          const template = random() < 0.6 ? 'sensor <n> does not answer' : 'retry <n> of <n>'
          tables.events.push({ device, session, t: at + e, seq: e, severity: 17, code: '', template, arguments: '[]' })
        }
        const count = plan.pointsPerBoot ?? 4
        for (let p = 0; p < count; p += 1) {
          const t = Math.round(at + (p / count) * hours * hour)
          const common = { device, session, labels: '{}', kind: 'gauge', t }
          const own = 500 * (n % 5)
          tables.points.push({
            ...common,
            series: 'heap_free',
            unit: 'By',
            seq: 2 * p,
            value: behaviour.heap + own + Math.round(random() * 800),
          })
          tables.points.push({
            ...common,
            series: 'temperature',
            unit: 'Cel',
            seq: 2 * p + 1,
            value: 30 + (n % 4) + random() * 5,
          })
        }
        kind = crashed ? 'panic' : reset ? 'watchdog' : 'cold'
        at = Math.max(ended, at + 60_000)
      }
    }
  }
  return tables
}
