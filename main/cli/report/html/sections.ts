// SPDX-License-Identifier: Apache-2.0
import { leastExposure, pairsOf, median } from '../compare.ts'
import { counted, dayOf, figure, percent } from '../figures.ts'
import type { Issue } from '../issues.ts'
import { quantilePoints, type Metric } from '../metrics.ts'
import type { FleetReport } from '../report.ts'
import { poissonRate, wilson } from '../statistics.ts'
import type { VersionFacts } from '../versions.ts'
import { fills, intervalChart, quantileChart, stackChart, type IntervalRow } from './charts.ts'
import { markup, none, type Html } from './markup.ts'
import { table } from './table.ts'

const isSmall = ({ devices, hours }: VersionFacts): boolean =>
  devices < leastExposure.devices || hours < leastExposure.hours
const smallMark = (facts: VersionFacts): Html =>
  isSmall(facts) ? markup` <span class="small-mark">○ too few to tell</span>` : none
type Named = { readonly model: string; readonly version: string }
const nameOf = ({ model, version }: Named): string => `${model} ${version}`

/** Names for a chart's rows: the model is left out where there is only one. */
const shortNames = (versions: readonly Named[]): ((one: Named) => string) =>
  new Set(versions.map(({ model }) => model)).size > 1 ? nameOf : ({ version }) => version

/** Devices per version, now and over time. */
export const adoptionSection = ({ versions, adoption }: FleetReport): Html => {
  const names = versions.map(shortNames(versions))
  const buckets = [...new Set(adoption.active.map(({ bucket }) => bucket))]
  const stacks = buckets.map((bucket) => ({
    name: dayOf(bucket).slice(5),
    parts: versions.map(
      ({ model, version }) =>
        adoption.active.find((one) => one.bucket === bucket && one.model === model && one.version === version)
          ?.devices ?? 0,
    ),
  }))
  const legend = names.map(
    (name, index) =>
      markup`<li>
        <svg viewBox="0 0 12 12" aria-hidden="true"><rect class="f${index % fills}" width="12" height="12" /></svg>${name}
      </li>`,
  )
  const days = Math.round(adoption.step / 86_400_000)
  return markup`<section id="adoption">
    <h2>Adoption</h2>
    <p class="muted">
      Devices that were heard, by firmware version; one column is ${days === 1 ? 'a day' : `${days} days`}. A device that moved counts under both.
    </p>
    <ul class="legend">
      ${legend}
    </ul>
    ${stackChart(`Devices heard over time, by version: ${names.join(', ')}`, stacks)}
    ${table(
      'Adoption by version',
      [
        { head: 'Version', cell: (row: VersionFacts) => markup`${nameOf(row)}`, value: nameOf },
        { head: 'Devices', number: ({ devices }) => devices },
        { head: 'Still on it', number: ({ current }) => current },
        { head: 'Sites', number: ({ sites }) => sites },
        { head: 'Boots', number: ({ boots }) => boots },
        { head: 'Device-hours', number: ({ hours }) => hours },
        { head: 'First seen', day: ({ first }) => first },
        { head: 'Last seen', day: ({ last }) => last },
      ],
      versions,
    )}
    <details>
      <summary>The chart as a table</summary>
      ${table(
        'Devices heard over time',
        [
          { head: 'From', day: ({ bucket }) => bucket },
          { head: 'Version', cell: nameOf },
          { head: 'Devices', number: ({ devices }) => devices },
        ],
        adoption.active,
      )}
    </details>
  </section>`
}

const rateRow = (name: string, facts: VersionFacts, count: number): IntervalRow => {
  const { low, high } = poissonRate(count, facts.hours)
  const perThousand = 1000
  return {
    name,
    value: (count / facts.hours) * perThousand,
    low: low * perThousand,
    high: high * perThousand,
    small: isSmall(facts),
  }
}

const between = ({ low, high }: { low: number; high: number }, tell: (value: number) => string): string =>
  `${tell(low)} to ${tell(high)}`

/** Crash-free boots, crashes and resets per version, each with its interval and what it stands on. */
export const stabilitySection = ({ versions }: FleetReport): Html => {
  const short = shortNames(versions)
  const heard = versions.filter(({ hours }) => hours > 0)
  const free = versions.map((facts) => {
    const good = facts.boots - facts.crashedBoots
    return { name: short(facts), value: good / facts.boots, ...wilson(good, facts.boots), small: isSmall(facts) }
  })
  const crashes = heard.map((facts) => rateRow(short(facts), facts, facts.crashes))
  const resets = heard.map((facts) => rateRow(short(facts), facts, facts.resets))
  const ofRates = (rows: readonly IntervalRow[]) => ({ low: 0, high: niceTop(rows) })
  return markup`<section id="stability">
    <h2>Stability</h2>
    <p class="muted">
      A dot is the value, the line its 95 % interval; a hollow dot stands on too few devices or hours to tell.
    </p>
    <h3>Boots without a crash</h3>
    ${intervalChart('Share of boots without a crash, by version', free, { low: Math.min(...free.map(({ low }) => low)), high: 1 }, percent)}
    <h3>Crashes per 1 000 device-hours</h3>
    ${intervalChart('Crashes per 1 000 device-hours, by version', crashes, ofRates(crashes))}
    <h3>Unexpected resets per 1 000 device-hours</h3>
    ${intervalChart('Unexpected resets per 1 000 device-hours, by version', resets, ofRates(resets))}
    ${table(
      'Stability by version',
      [
        { head: 'Version', cell: (facts: VersionFacts) => markup`${nameOf(facts)}${smallMark(facts)}`, value: nameOf },
        { head: 'Devices', number: ({ devices }) => devices },
        { head: 'Device-hours', number: ({ hours }) => hours },
        { head: 'Boots', number: ({ boots }) => boots },
        {
          head: 'Crash-free boots',
          cell: (facts) => percent(1 - facts.crashedBoots / facts.boots),
          value: (facts) => 1 - facts.crashedBoots / facts.boots,
          numeric: true,
        },
        {
          head: '95 % interval',
          cell: (facts) => between(wilson(facts.boots - facts.crashedBoots, facts.boots), percent),
          numeric: true,
        },
        { head: 'Crashes', number: (facts) => facts.crashes },
        { head: 'per 1 000 h (95 %)', cell: (facts) => rateText(facts, facts.crashes), numeric: true },
        { head: 'Resets', number: (facts) => facts.resets },
        { head: 'per 1 000 h (95 %)', cell: (facts) => rateText(facts, facts.resets), numeric: true },
      ],
      versions,
    )}
  </section>`
}

const rateText = (facts: VersionFacts, count: number): string => {
  const row = rateRow('', facts, count)
  return `${figure(row.value)} (${between(row, figure)})`
}

/** Where an axis of rates ends: a small sample's endless interval does not squeeze the others. */
const niceTop = (rows: readonly IntervalRow[]): number => {
  const sure = rows.filter(({ small }) => !small)
  return (
    Math.max(1, ...(sure.length > 0 ? sure : rows).map(({ high, value }) => (Number.isFinite(high) ? high : value))) *
    1.05
  )
}

const states = {
  new: 'new in this release',
  regressed: 'came back',
  seen: 'seen before',
  gone: 'gone in the newest',
} as const satisfies Record<Issue['state'], string>
const stateTone = { new: 'worse', regressed: 'worse', seen: 'quiet', gone: 'better' } as const satisfies Record<
  Issue['state'],
  string
>

/** Faults by fingerprint. */
export const issuesSection = ({ issues }: FleetReport): Html =>
  markup`<section id="issues">
    <h2>Issues</h2>
    ${table(
      'Crashes by fingerprint',
      [
        {
          head: 'Fingerprint',
          cell: ({ fingerprint }: Issue) => markup`<code>${fingerprint}</code>`,
          value: ({ fingerprint }) => fingerprint,
        },
        { head: 'What', cell: ({ kind, reason }) => (reason === '' ? kind : `${kind}: ${reason}`) },
        {
          head: 'State',
          cell: ({ state }) => markup`<span class="badge ${stateTone[state]}">${states[state]}</span>`,
          value: ({ state }) => state,
        },
        { head: 'First version', cell: ({ model, firstVersion }) => `${model} ${firstVersion}` },
        { head: 'Last version', cell: ({ lastVersion }) => lastVersion },
        {
          head: 'By version',
          cell: ({ versions }) =>
            versions.map((one) => `${one.version}: ${one.count} on ${counted(one.devices, 'device')}`).join('; '),
        },
        { head: 'Crashes', number: ({ count }) => count },
        { head: 'Devices', number: ({ devices }) => devices },
        { head: 'Sites', number: ({ sites }) => sites },
        { head: 'Last seen', day: ({ last }) => last },
      ],
      issues,
    )}
  </section>`

/** Success of updates per hardware revision and driver, with the failing step. */
export const updatesSection = ({ updates }: FleetReport): Html =>
  markup`<section id="updates">
    <h2>Updates</h2>
    ${table(
      'Updates by hardware and driver',
      [
        { head: 'Model', cell: ({ model }) => model },
        { head: 'Hardware', cell: ({ hardware }) => hardware },
        { head: 'Driver', cell: ({ driver }) => driver },
        { head: 'To version', cell: ({ version }) => version },
        { head: 'Tries', number: ({ tries }) => tries },
        { head: 'Devices', number: ({ devices }) => devices },
        { head: 'Succeeded', cell: ({ share }) => percent(share), value: ({ share }) => share, numeric: true },
        { head: '95 % interval', cell: ({ interval }) => between(interval, percent), numeric: true },
        { head: 'Seconds (median)', cell: ({ seconds }) => (seconds === null ? '–' : figure(seconds)), numeric: true },
        { head: 'Where they failed', cell: ({ failures }) => (failures === '' ? '–' : failures) },
      ],
      updates,
    )}
  </section>`

/** Metrics that the page draws; the JSON has them all. */
const drawnMetrics = 40

/** Distributions of named metrics, and the same devices before and after. */
export const metricsSection = ({ metrics }: FleetReport): Html => {
  const rest = metrics.length - drawnMetrics
  return markup`<section id="metrics">
    <h2>Metrics</h2>
    <p class="muted">Line: 5 to 95 % of all points; box: the middle half; mark: the median. Counters are left out.</p>
    ${metrics.slice(0, drawnMetrics).map(metricPart)}${rest > 0 ? markup`<p>${rest} more metrics stand in the JSON output.</p>` : none}
    ${metrics.length === 0 ? markup`<p class="empty">There are no metrics in the lake.</p>` : none}
  </section>`
}

const metricPart = (metric: Metric): Html => {
  const { model, series, unit, versions } = metric
  const title = unit === '' ? series : `${series} (${unit})`
  const rows = versions.map((facts, index) => ({
    ...facts,
    pairs: pairsOf(versions[index - 1]?.devices ?? new Map(), facts.devices),
  }))
  return markup`<h3>${title} <span class="muted">${model}</span></h3>
    ${quantileChart(
      `${title} by version: median ${versions.map(({ version, quantiles }) => `${version} ${figure(quantiles[2] ?? Number.NaN)}`).join(', ')}`,
      versions.map(({ version, quantiles }) => ({ name: version, quantiles })),
    )}
    ${table(
      `${title} of ${model}`,
      [
        { head: 'Version', cell: ({ version }) => version },
        ...quantilePoints.map((at, place) => ({
          head: `${Math.round(at * 100)} %`,
          number: ({ quantiles }: (typeof rows)[number]) => quantiles[place] ?? Number.NaN,
        })),
        { head: 'Points', number: ({ points }) => points },
        { head: 'Devices', number: ({ devices }) => devices.size },
        { head: 'Same devices, against the version before', cell: ({ pairs }) => sameDevices(pairs) },
      ],
      rows,
    )}`
}

const sameDevices = (pairs: readonly { before: number; after: number }[]): string => {
  if (pairs.length === 0) return '–'
  const rose = pairs.filter(({ before, after }) => after > before).length
  const fell = pairs.filter(({ before, after }) => after < before).length
  const change = median(pairs.map(({ before, after }) => after - before))
  return `${counted(pairs.length, 'device')}: ${rose} rose, ${fell} fell, median change ${change > 0 ? '+' : ''}${figure(change)}`
}

/** Error events by template and version. */
export const errorsSection = ({ errors, versions }: FleetReport): Html => {
  const hours = (model: string, version: string): number =>
    versions.find((facts) => facts.model === model && facts.version === version)?.hours ?? Number.NaN
  return markup`<section id="errors">
    <h2>Error events</h2>
    ${table(
      'Error events by template',
      [
        { head: 'Message', cell: ({ template, code }) => (code === '' ? template : `${code} ${template}`) },
        { head: 'Version', cell: nameOf },
        { head: 'Events', number: ({ count }) => count },
        { head: 'Devices', number: ({ devices }) => devices },
        {
          head: 'per 1 000 device-hours',
          number: ({ model, version, count }) => (count / hours(model, version)) * 1000,
        },
      ],
      errors,
    )}
  </section>`
}
