// SPDX-License-Identifier: Apache-2.0
import { figure } from '../figures.ts'
import type { FleetReport } from '../report.ts'
import { markup, type Html } from './markup.ts'
import { table } from './table.ts'

const short = (digest: string): Html => markup`<code>${digest.slice(0, 16)}…</code>`

/** What the numbers stand on: sites and the age of their data, archives with signature and policy, files not loaded. */
export const basisSection = ({ coverage, madeAt }: FleetReport): Html => {
  const { sites, archives, turnedAway } = coverage
  const age = (to: number): number => Math.max(0, Math.floor((madeAt - to) / 86_400_000))
  return markup`<section id="basis">
    <h2>What this report rests on</h2>
    ${table(
      'Sites and the age of their data',
      [
        { head: 'Site', cell: ({ site }) => site },
        {
          head: 'Stations',
          number: ({ stations }) => stations,
        },
        {
          head: 'Archives',
          number: ({ archives: count }) => count,
        },
        { head: 'Devices', number: ({ devices }) => devices },
        { head: 'Data from', day: ({ from }) => from },
        { head: 'Data to', day: ({ to }) => to },
        { head: 'Age in days', number: ({ to }) => age(to) },
      ],
      sites,
    )}
    ${table(
      'Archives',
      [
        { head: 'Archive', cell: ({ id }) => short(id), value: ({ id }) => id },
        { head: 'Site', cell: ({ site }) => site },
        { head: 'Station', cell: ({ station }) => markup`<code>${station}</code>`, value: ({ station }) => station },
        { head: 'No.', number: ({ number }) => number },
        { head: 'From', day: ({ from }) => from },
        { head: 'To', day: ({ to }) => to },
        { head: 'Rows', number: ({ rows }) => rows },
        { head: 'Signed by key', cell: ({ signer }) => short(signer), value: ({ signer }) => signer },
        {
          head: 'Trust policy',
          number: ({ trustPolicy }) => trustPolicy,
        },
        {
          head: 'Cleaned by policy',
          cell: ({ sanitization }) => short(sanitization),
          value: ({ sanitization }) => sanitization,
        },
        { head: 'Gap', cell: ({ gapReason }) => gapReason ?? '–' },
      ],
      archives,
    )}
    ${table(
      'Files that were not loaded',
      [
        { head: 'File', cell: ({ name }) => name },
        { head: 'Verdict', cell: ({ verdict }) => verdict },
        { head: 'Reason', cell: ({ code }) => markup`<code>${code}</code>`, value: ({ code }) => code },
        { head: 'Station', cell: ({ station }) => station ?? '–' },
        { head: 'No.', cell: ({ number }) => (number === null ? '–' : figure(number)), numeric: true },
        { head: 'On', day: ({ noted }) => noted },
      ],
      turnedAway,
    )}
    <p class="muted">
      Every archive’s signature, sanitization policy, chain and digests were checked before a row of it was read.
      Devices and people are pseudonyms of their site; a field that no policy lets out shows as “not told”.
    </p>
  </section>`
}
