// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeRecipient, makeStation, writeTrust, type Tables } from '../support/archive.ts'
import { calm, fleetTables, type Behaviour } from '../support/fleet.ts'
import { tempFolder } from '../support/temp-folder.ts'

const root = join(import.meta.dirname, '../..')
const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/node'),
    ['main/cli/main.ts', ...words, '--json'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  )
  const answer: unknown = status === 0 ? JSON.parse(stdout) : stderr
  return { status, answer }
}

const answerSchema = z.object({
  comparisons: z.array(z.object({ verdict: z.string(), sentence: z.string(), older: z.string(), newer: z.string() })),
  regressions: z.array(
    z.object({ finding: z.object({ measure: z.string(), ratio: z.number().optional(), p: z.number() }) }),
  ),
  versions: z.array(
    z.object({ version: z.string(), devices: z.number(), hours: z.number(), crashes: z.number(), boots: z.number() }),
  ),
  issues: z.array(z.object({ fingerprint: z.string(), state: z.string(), count: z.number() })),
  updates: z.array(z.object({ hardware: z.string(), tries: z.number(), succeeded: z.number() })),
  metrics: z.array(z.object({ series: z.string() })),
})

/** Sites' tables → archives → lake → report, all by the command line. */
const report = async (sites: Record<string, Tables>) => {
  const folder = tempFolder()
  const recipient = await makeRecipient()
  const { policy, identity } = writeTrust(folder, recipient)
  const files: string[] = []
  for (const [index, [site, tables]] of Object.entries(sites).entries()) {
    const station = makeStation(recipient.recipient, { id: `00000000-0000-4000-8000-00000000000${index}`, site })
    const file = join(folder, `${site}.airtlm`)
    await station.write(file, tables, { range: { from: '2026-05-01T00:00:00Z', to: '2026-05-15T00:00:00Z' } })
    files.push(file)
  }
  const lake = join(folder, 'lake')
  expect(run('archive', 'import', ...files, '--lake', lake, '--policy', policy, '--identity', identity)).toMatchObject({
    status: 0,
  })
  const out = join(folder, 'report.html')
  const { status, answer } = run('fleet', 'report', '--lake', lake, '--out', out)
  expect(status).toBe(0)
  return { page: readFileSync(out, 'utf8'), answer: answerSchema.parse(answer) }
}

const start = Date.parse('2026-05-01T00:00:00Z')
const site = (seed: number, newer: Behaviour): Tables =>
  fleetTables({
    seed,
    devices: 12,
    days: 7,
    start,
    prefix: `dev-${seed}-`,
    older: { version: '2.0.0', behaviour: calm },
    newer: { version: '2.1.0', behaviour: newer },
  })

describe('fleet report', () => {
  it('names the version that misbehaves, first of all', async () => {
    const bad: Behaviour = { ...calm, crashesPerHour: calm.crashesPerHour * 10 }
    const { page, answer } = await report({ 'site-a': site(1, bad), 'site-b': site(2, bad) })
    expect(answer.comparisons[0]).toMatchObject({ verdict: 'worse', older: '2.0.0', newer: '2.1.0' })
    expect(answer.regressions.map(({ finding }) => finding.measure)).toContain('crashes')
    expect(answer.regressions[0]?.finding.ratio).toBeGreaterThan(4)
    expect(page.indexOf('2.1.0 is worse than 2.0.0:')).toBeGreaterThan(0)
    expect(page.indexOf('2.1.0 is worse than 2.0.0:')).toBeLessThan(page.indexOf('id="adoption"'))
    expect(answer.issues.map(({ fingerprint }) => fingerprint).sort()).toEqual(['1f00c0de', 'badcafe5'])
  })

  it('stays silent about equal versions', async () => {
    for (const seed of [10, 20, 30, 40]) {
      const { page, answer } = await report({ 'site-a': site(seed, calm), 'site-b': site(seed + 1, calm) })
      expect(answer.comparisons.map(({ verdict }) => verdict)).toEqual(['no-difference'])
      expect(answer.regressions).toEqual([])
      expect(page).toContain('2.1.0 is no different from 2.0.0')
    }
  })

  it('stays silent where exposure is too small, and marks the small sample (ux 93)', async () => {
    const bad: Behaviour = { ...calm, crashesPerHour: 5 }
    const plan = { seed: 3, devices: 2, days: 1, start, older: { version: '2.0.0', behaviour: calm } }
    const tables = fleetTables({ ...plan, newer: { version: '2.1.0', behaviour: bad } })
    const { page, answer } = await report({ 'site-a': tables })
    expect(answer.comparisons[0]).toMatchObject({ verdict: 'too-little-data' })
    expect(answer.regressions).toEqual([])
    expect(page).toContain('too few to tell')
  })

  it('counts what happened, no more and no less', async () => {
    const tables = site(5, calm)
    const [any] = tables.points ?? []
    // What only counts up is no metric, whatever kind it was given.
    const counting = ['packet_seq', 'seq', 'motor_cycles'].map((series) => ({ ...any, series }))
    const { answer } = await report({ 'site-a': { ...tables, points: [...(tables.points ?? []), ...counting] } })
    const boots = (version: string): number =>
      tables.sessions?.filter(({ firmware }) => firmware === version).length ?? 0
    expect(answer.versions.map(({ version, boots: count }) => [version, count])).toEqual([
      ['2.0.0', boots('2.0.0')],
      ['2.1.0', boots('2.1.0')],
    ])
    const crashes = answer.versions.reduce((sum, facts) => sum + facts.crashes, 0)
    expect(crashes).toBe(tables.crashes?.length)
    expect(answer.updates.reduce((sum, { tries }) => sum + tries, 0)).toBe(12)
    expect(answer.metrics.map(({ series }) => series)).toEqual(['heap_free', 'temperature'])
    // Twelve devices for fourteen days, boots without a break.
    expect(answer.versions.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(12 * 14 * 24, -1)
  })

  it('shows foreign text as text and asks the network for nothing', async () => {
    const evil = '"><script src="https://example.invalid/x.js"></script><img src=x onerror=alert(1)>'
    const tables = site(6, calm)
    const [boot] = tables.sessions ?? []
    const crashes = [
      {
        device: boot?.['device'] ?? '',
        session: boot?.['session'] ?? '',
        t: start,
        kind: evil,
        reason: evil,
        fingerprint: evil,
      },
    ]
    const events = [
      { device: evil, session: boot?.['session'] ?? '', t: start, severity: 17, template: evil, code: evil },
    ]
    const { page } = await report({
      'site-a': {
        ...tables,
        crashes,
        events,
        sessions: [...(tables.sessions ?? []), { ...boot, session: 'x', model: evil }],
      },
    })
    // Without what stands in quotes, tags hold only what the page itself writes: nothing that loads, no handler.
    const tags = page.replaceAll(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? []
    expect(tags.filter((tag) => /^<(script|img|iframe|link|object|embed)\b|\s(src|on\w+)=/i.test(tag))).toEqual([])
    expect(page).not.toMatch(/url\(|@import/i)
    expect(page).toContain('&lt;script')
    expect(page).toContain(`default-src &#39;none&#39;`)
  })

  it('makes a page of an empty lake', async () => {
    const { page, answer } = await report({ 'site-a': { receipts: [{ id: 'r-1', kind: 'import', t: start }] } })
    expect(answer.comparisons).toEqual([])
    expect(page).toContain('There are no sessions in the lake yet.')
    expect(page).not.toMatch(/NaN|Infinity/)
  })
})
