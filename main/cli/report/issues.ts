// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'
import { notTold } from './prepare.ts'
import type { VersionFacts } from './versions.ts'

const row = z.object({
  fingerprint: z.string(),
  kind: z.string(),
  reason: z.string(),
  model: z.string(),
  version: z.string(),
  count: z.number(),
  devices: z.number(),
  sites: z.number(),
  first: z.number(),
  last: z.number(),
})

/** What a fault did under one version. */
export type IssueVersion = { readonly version: string; readonly count: number; readonly devices: number }

/** One fault, told apart by its fingerprint. `state` says what the newest version of the model makes of it. */
export type Issue = {
  readonly fingerprint: string
  readonly model: string
  readonly kind: string
  readonly reason: string
  readonly count: number
  readonly devices: number
  readonly sites: number
  readonly firstVersion: string
  readonly lastVersion: string
  readonly first: number
  readonly last: number
  readonly state: 'new' | 'regressed' | 'seen' | 'gone'
  readonly versions: readonly IssueVersion[]
}

/** Faults by how many devices they hit. */
export const readIssues = async (lake: Lake, versions: readonly VersionFacts[]): Promise<Issue[]> => {
  const rows = await lake.all(
    row,
    `SELECT coalesce(fingerprint, '${notTold}') AS fingerprint, coalesce(max(kind), '${notTold}') AS kind,
       coalesce(max(reason), '') AS reason, coalesce(model, '${notTold}') AS model,
       coalesce(version, '${notTold}') AS version, count(*)::DOUBLE AS count,
       count(DISTINCT (crashes.site, crashes.device))::DOUBLE AS devices, count(DISTINCT crashes.site)::DOUBLE AS sites,
       coalesce(min(t), 0)::DOUBLE AS "first", coalesce(max(t), 0)::DOUBLE AS "last"
     FROM crashes
       LEFT JOIN (SELECT site, session, model, version FROM boot) AS boot
       ON boot.site = crashes.site AND boot.session = crashes.session
     GROUP BY 1, 4, 5`,
  )
  const groups = Map.groupBy(rows, ({ fingerprint, model }) => JSON.stringify([model, fingerprint]))
  return [...groups.values()]
    .flatMap((group) => issueOf(group, versions))
    .toSorted((a, b) => b.devices - a.devices || b.count - a.count || (a.fingerprint < b.fingerprint ? -1 : 1))
}

type Row = z.infer<typeof row>

const issueOf = (rows: readonly Row[], versions: readonly VersionFacts[]): Issue[] => {
  const [any] = rows
  if (any === undefined) return []
  const order = versions.filter(({ model }) => model === any.model).map(({ version }) => version)
  const seen = rows.toSorted((a, b) => order.indexOf(a.version) - order.indexOf(b.version))
  const places = seen.map(({ version }) => order.indexOf(version))
  return [
    {
      fingerprint: any.fingerprint,
      model: any.model,
      kind: any.kind,
      reason: any.reason,
      count: total(rows, 'count'),
      // A device under two versions counts under each: the largest is a number of devices that is surely there.
      devices: Math.max(...rows.map(({ devices }) => devices)),
      sites: Math.max(...rows.map(({ sites }) => sites)),
      firstVersion: seen[0]?.version ?? notTold,
      lastVersion: seen.at(-1)?.version ?? notTold,
      first: Math.min(...rows.map(({ first }) => first)),
      last: Math.max(...rows.map(({ last }) => last)),
      state: stateOf(places, order.length - 1),
      versions: seen.map(({ version, count, devices }) => ({ version, count, devices })),
    },
  ]
}

const stateOf = (places: readonly number[], newest: number): Issue['state'] => {
  if (!places.includes(newest)) return 'gone'
  if (newest > 0 && places[0] === newest) return 'new'
  return places.includes(newest - 1) ? 'seen' : 'regressed'
}

const total = (rows: readonly Row[], key: 'count'): number => rows.reduce((sum, one) => sum + one[key], 0)
