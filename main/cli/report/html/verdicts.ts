// SPDX-License-Identifier: Apache-2.0
import { leastExposure, type Finding } from '../compare.ts'
import { dayOf, figure } from '../figures.ts'
import type { FleetReport, Judged } from '../report.ts'
import { markup, none, type Html } from './markup.ts'
import { table } from './table.ts'

const words = {
  worse: 'Worse',
  better: 'Better',
  changed: 'Different',
  'no-difference': 'No difference found',
  'too-little-data': 'Too few to tell',
} as const satisfies Record<Judged['verdict'], string>

const directions = { worse: 'worse', better: 'better', changed: 'moved' } as const satisfies Record<
  Finding['direction'],
  string
>

/** Chance as people read it; a p of 10^-19 says no more than "below". */
const chance = (p: number): string => (p < 0.0001 ? '< 0.0001' : figure(Number(p.toPrecision(2))))

/** "19 × (12 to 32)": effect size with its interval. */
const effect = ({ measure, ratio, interval, older, newer }: Finding): string => {
  if (measure === 'metric') return `${newer > older ? '+' : ''}${figure(newer - older)}`
  if (ratio === undefined) return 'none before'
  return interval === undefined
    ? `${figure(ratio)} ×`
    : `${figure(ratio)} × (${figure(interval.low)} to ${figure(interval.high)})`
}

const findings = ({ older, newer, findings: found }: Judged): Html =>
  found.length === 0
    ? none
    : table(
        `What differs between ${older} and ${newer}`,
        [
          { head: 'Measure', cell: ({ title }) => title },
          { head: older, number: ({ older: value }) => value },
          { head: newer, number: ({ newer: value }) => value },
          { head: 'Effect (95 % interval)', cell: effect, numeric: true },
          {
            head: 'Is',
            cell: ({ direction }) => markup`<span class="badge ${direction}">${directions[direction]}</span>`,
            value: ({ direction }) => direction,
          },
          { head: 'p', cell: ({ p }) => chance(p), value: ({ p }) => p, numeric: true },
          { head: 'Test', cell: ({ test }) => test },
        ],
        found,
      )

const card = (judged: Judged): Html =>
  markup`<div class="verdict ${judged.verdict}">
    <span class="badge">${words[judged.verdict]}</span>
    <span class="muted">${judged.model}, data up to ${dayOf(judged.until)}</span>
    <p>${judged.sentence}</p>
    ${findings(judged)}
  </div>`

/** "Is the release better?": the newest pair of each model first, in words, with test and effect size below. */
export const verdictSection = ({ comparisons, versions }: FleetReport): Html => {
  if (comparisons.length === 0) {
    const what =
      versions.length === 0
        ? 'There are no sessions in the lake yet.'
        : 'There is only one version of each model: nothing to compare.'
    return markup`<section id="verdict">
      <h2>Is the release better?</h2>
      <p>${what}</p>
    </section>`
  }
  const newest = [...Map.groupBy(comparisons, ({ model }) => model).values()]
  const first = newest.flatMap((own) => own.slice(0, 1))
  const earlier = newest.flatMap((own) => own.slice(1))
  return markup`<section id="verdict">
    <h2>Is the release better?</h2>
    ${first.map(card)}
    ${
      earlier.length === 0
        ? none
        : markup`<h3>Earlier versions</h3>
            ${earlier.map(card)}`
    }
    <p class="muted">
      A difference stands here only when p is below 0.01 after Holm’s correction, the rate differs by a fifth or more,
      and both versions have at least ${leastExposure.devices} devices and ${leastExposure.hours} device-hours. Data
      count up to the youngest date that all sites with the newer version have in common.
    </p>
  </section>`
}
