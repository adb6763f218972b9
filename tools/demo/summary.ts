// SPDX-License-Identifier: Apache-2.0
/** What a demo writes to demo.json, and the table that it ends with. */

export type Demo = {
  readonly bundles: { readonly file: string; readonly verdict: string; readonly code: string | null }[]
  readonly flash: Flash
  readonly flashes: readonly Flash[]
  readonly telemetry: {
    readonly points: number
    readonly events: number
    readonly sessions: number
    readonly crashes: number
    readonly lines: number
  }
  readonly export: {
    readonly archive: string
    readonly id: string
    readonly recordsIn: number
    readonly recordsOut: number
    readonly removed: number
  }
  readonly import: { readonly rows: number }
  readonly report: string
  readonly audit: { readonly size: number; readonly root: string; readonly verified: boolean }
}
type Flash = {
  readonly from: string | null
  readonly to: string
  readonly imageSha256: string
  readonly readBackSha256: string
  readonly seconds: number
}

const row = (what: string, text: string): void => void process.stdout.write(`  ${what.padEnd(12)} ${text}\n`)

/** Prints what was made and where. */
export const printSummary = (demo: Demo, out: string, seconds: number): void => {
  const refused = demo.bundles.filter(({ verdict }) => verdict === 'refused')
  const { points, events, sessions, crashes } = demo.telemetry
  process.stdout.write(`\nDone in ${seconds.toFixed(0)} s. What was made, and where:\n\n`)
  row(
    'bundles',
    `${demo.bundles.length - refused.length} accepted, ${refused.length} refused (${refused.map(({ code }) => code).join(', ')})`,
  )
  for (const { from, to, seconds: took, imageSha256, readBackSha256 } of demo.flashes) {
    const proof = imageSha256 === readBackSha256 ? 'read back equal' : 'READ BACK DIFFERS'
    row('flash', `${from} → ${to} in ${took.toFixed(1)} s, ${proof}`)
  }
  row('telemetry', `${points} points, ${events} events, ${sessions} sessions, ${crashes} crashes`)
  row(
    'export',
    `${demo.export.recordsOut} of ${demo.export.recordsIn} records, ${demo.export.removed} values removed or replaced`,
  )
  row('archive', demo.export.archive)
  row('import', `${demo.import.rows} rows`)
  row('report', demo.report)
  row(
    'audit log',
    `${demo.audit.size} entries, ${demo.audit.verified ? 'verified' : 'NOT VERIFIED'}, root ${demo.audit.root.slice(0, 16)}…`,
  )
  row('all of it', out)
  process.stdout.write('\n')
}
