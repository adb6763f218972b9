// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { counted, dayOf, figure } from '../figures.ts'
import type { FleetReport } from '../report.ts'
import { basisSection } from './basis.ts'
import { markup, type Html } from './markup.ts'
import {
  adoptionSection,
  errorsSection,
  issuesSection,
  metricsSection,
  stabilitySection,
  updatesSection,
} from './sections.ts'
import { style } from './style.ts'
import { verdictSection } from './verdicts.ts'

/** Nothing may be loaded and nothing may run: even what slipped through the escaping would stay text. */
const contentPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`

const sections = [
  ['verdict', 'Is it better?', verdictSection],
  ['adoption', 'Adoption', adoptionSection],
  ['stability', 'Stability', stabilitySection],
  ['issues', 'Issues', issuesSection],
  ['updates', 'Updates', updatesSection],
  ['metrics', 'Metrics', metricsSection],
  ['errors', 'Error events', errorsSection],
  ['basis', 'Basis', basisSection],
] as const

/** The report as one HTML document that needs no network, no script and no other file. */
export const reportPage = (report: FleetReport): string => {
  const [verdict, ...rest] = sections.map(([, , make]) => make(report))
  const links = sections.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)
  const { text } = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>Fleet report, ${dayOf(report.madeAt)}</title>
        <style>${{ text: style }}</style>
      </head>
      <body>
        <header>
          <h1>Fleet report</h1>
          <p class="muted">${basisLine(report)}</p>
          <nav aria-label="Sections">
            <ul>
              ${links}
            </ul>
          </nav>
        </header>
        <main>${verdict ?? markup``}${facts(report)}${rest}</main>
        <footer class="muted">
          <p>Made by Airlock on ${dayOf(report.madeAt)} from signed archives. No request leaves this file.</p>
        </footer>
      </body>
    </html> `
  return text
}

const basisLine = ({ madeAt, coverage }: FleetReport): string => {
  const { archives, sites, turnedAway } = coverage
  const youngest = sites.length === 0 ? 'no data' : `data up to ${dayOf(Math.max(...sites.map(({ to }) => to)))}`
  const away = turnedAway.length === 0 ? '' : `, ${turnedAway.length} files not loaded`
  return `Made ${dayOf(madeAt)} from ${counted(archives.length, 'archive')} of ${counted(sites.length, 'site')}, ${youngest}${away}.`
}

const facts = ({ versions, coverage, issues }: FleetReport): Html => {
  const sum = (of: (facts: FleetReport['versions'][number]) => number): number =>
    versions.reduce((total, one) => total + of(one), 0)
  const tiles = [
    ['Devices', sum(({ current }) => current)],
    ['Device-hours', sum(({ hours }) => hours)],
    ['Boots', sum(({ boots }) => boots)],
    ['Crashes', sum(({ crashes }) => crashes)],
    ['Issues', issues.length],
    ['Sites', coverage.sites.length],
  ] as const
  return markup`<section aria-label="In figures">
    <dl class="facts">
      ${tiles.map(
        ([name, value]) =>
          markup`<div>
            <dt>${name}</dt>
            <dd>${figure(value)}</dd>
          </div>`,
      )}
    </dl>
  </section>`
}
