// SPDX-License-Identifier: Apache-2.0
import type { Lake } from '../lake/lake.ts'
import { compareVersions, metricPair, type Comparison } from './compare.ts'
import { readCoverage, type Coverage } from './coverage.ts'
import { readErrorEvents, type ErrorEvents } from './error-events.ts'
import { readIssues, type Issue } from './issues.ts'
import { readMetrics, type Metric } from './metrics.ts'
import { prepareReport } from './prepare.ts'
import { readUnits } from './units.ts'
import { readUpdates, type UpdateFacts } from './updates.ts'
import { sentenceOf } from './sentence.ts'
import { readAdoption, readVersions, type ActiveDevices, type VersionFacts } from './versions.ts'

/** Two neighbouring versions of a model compared; `until` is the youngest date that their sites have in common. */
export type Judged = Comparison & {
  readonly model: string
  readonly older: string
  readonly newer: string
  readonly until: number
  readonly sentence: string
}

/** Everything that the report shows, as values. Times are ms UTC. */
export type FleetReport = {
  readonly madeAt: number
  readonly comparisons: readonly Judged[]
  readonly versions: readonly VersionFacts[]
  readonly adoption: { readonly step: number; readonly active: readonly ActiveDevices[] }
  readonly issues: readonly Issue[]
  readonly updates: readonly UpdateFacts[]
  readonly metrics: readonly Metric[]
  readonly errors: readonly ErrorEvents[]
  readonly coverage: Coverage
}

/** Older pairs are history: the last few tell where a trouble began. */
const comparedPairs = 4

/** Asks the lake everything, once. */
export const readReport = async (lake: Lake, now: number): Promise<FleetReport> => {
  await prepareReport(lake)
  const versions = await readVersions(lake)
  const metrics = await readMetrics(lake, versions)
  const comparisons: Judged[] = []
  for (const { model, older, newer } of pairsOfModels(versions)) {
    const { units, until } = await readUnits(lake, { model, older, newer })
    const of = (name: string) => units.filter(({ version }) => version === name)
    const pairs = metrics
      .filter((metric) => metric.model === model)
      .flatMap((metric) => metricPair(metric, older, newer))
    const comparison = compareVersions(of(older), of(newer), pairs)
    comparisons.push({ model, older, newer, until, ...comparison, sentence: sentenceOf(older, newer, comparison) })
  }
  return {
    madeAt: now,
    comparisons,
    versions,
    adoption: await readAdoption(lake, versions),
    issues: await readIssues(lake, versions),
    updates: await readUpdates(lake),
    metrics,
    errors: await readErrorEvents(lake),
    coverage: await readCoverage(lake),
  }
}

/** Neighbouring versions, the newest pair of each model first. */
const pairsOfModels = (versions: readonly VersionFacts[]): { model: string; older: string; newer: string }[] =>
  [...Map.groupBy(versions, ({ model }) => model)].flatMap(([model, own]) =>
    own
      .flatMap(({ version: newer }, index) => {
        const older = own[index - 1]?.version
        return older === undefined ? [] : [{ model, older, newer }]
      })
      .reverse()
      .slice(0, comparedPairs),
  )
