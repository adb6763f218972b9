// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { policyText, readPolicy, type LoadedPolicy } from '../../../main/station/exports/sanitize/policy.ts'
import type { RawRecord } from '../../../main/station/exports/sanitize/raw-record.ts'
import { sanitize } from '../../../main/station/exports/sanitize/sanitize.ts'
import { defaultPolicy, testKeys } from '../../support/export-policy.ts'
import { corpusSite, secretLines } from '../../support/leak-corpus.ts'
import { domainLines, lookalikeLines } from '../../support/plain-corpus.ts'
import { cleaned, textOf } from '../../support/sanitize.ts'

const texts = [
  ...domainLines(11, 1500),
  ...lookalikeLines(12, 600).map(({ text }) => text),
  ...secretLines(13, 400).map(({ text }) => text),
]

/** Records of each kind with everything that a corpus has to offer, in fields where it belongs and where it does not. */
const records = texts.flatMap((text, i): RawRecord[] => {
  const common = {
    session: `7a0d2f34-1111-4222-8333-${String(i % 31).padStart(12, '0')}`,
    device: `KX${i % 12}-0044`,
    seq: i,
  }
  const t = 1_780_000_000_000 + i * 137
  const labels = { hall: `H${i % 5}`, line: `press-${i % 40}`, core: String(i % 2), note: text.slice(0, 20) }
  const series = ['motor.temp', 'rpm', text.split(' ')[0] ?? ''][i % 3] ?? ''
  const value = [Math.sin(i) * 100, -0, i * 1e18, null, 'x'][i % 5] ?? null
  return [
    {
      table: 'points',
      fields: { ...common, t, series, labels: JSON.stringify(labels), unit: 'Cel', kind: 'gauge', t_dev: i, value },
    },
    {
      table: 'events',
      fields: {
        ...common,
        t: i % 50 === 0 ? t + 0.5 : t,
        severity: i % 30,
        code: 'net',
        template: text.replaceAll(/\d+/g, '<num>'),
        arguments: JSON.stringify(text.match(/\S*\d\S*/g) ?? []),
        line: text,
        unheard: i % 2 === 0 ? text.slice(-12) : null,
      },
    },
    {
      table: i % 9 === 0 ? 'strangers' : 'sessions',
      fields: { ...common, model: 'MX-4', firmware: `2.${i % 7}.3-rc1`, boot_reason: text },
    },
  ]
})

const textPolicy = (action: string): LoadedPolicy => {
  const policy = structuredClone(defaultPolicy().policy)
  policy.tables = {
    events: { fields: { seq: { type: 'integer', action: 'bucket:10' }, line: { type: 'text', action } } },
  }
  return readPolicy(Buffer.from(policyText(policy)))
}

/** Digest of everything that one run gives: what leaves, what is shown, what the leak scan is told. */
const digestOf = async (policy: LoadedPolicy): Promise<string> => {
  const done = await sanitize(
    { records, policy, site: corpusSite, keys: testKeys.ofKind, rawSalt: 'golden' },
    { signal: new AbortController().signal, progress: () => undefined },
  )
  const hash = createHash('sha256')
  for (const { path, pieces } of done.tables) for (const piece of [path, ...pieces]) hash.update(piece)
  const { report, samples, kHistogram, values, pseudonymMap } = done
  const { policyDigest: _, ...facts } = report
  const sets = [pseudonymMap, values.found, values.dropped, values.open].map((set) =>
    [...set].map((entry) => JSON.stringify(entry)).sort(),
  )
  return hash
    .update(JSON.stringify([facts, samples, kHistogram, sets]))
    .digest('hex')
    .slice(0, 32)
}

describe('a run over the whole corpus', () => {
  it('gives the bytes, counts and found values that it always gave', async () => {
    expect(await digestOf(defaultPolicy())).toBe('6736ca090033a07924000202f978f681')
    expect(await digestOf(textPolicy('keep'))).toBe('d93b50a6f12e1fc78dbbb738ea1e8ea5')
    expect(await digestOf(textPolicy('template'))).toBe('334f54ea3499a1c0abdc0049cfd1d2b4')
  })

  it('takes an empty string for the same thing wherever it stands', async () => {
    const run = (devices: readonly string[]) =>
      cleaned(devices.map((device, seq): RawRecord => ({ table: 'events', fields: { device, seq, code: 'net' } })))
    const deviceOf = async (devices: readonly string[]): Promise<string | undefined> =>
      /"device":"([^"]*)","seq":0}/.exec(textOf(await run(devices)))?.[1]
    expect(await deviceOf(['', 'KX-1'])).toMatch(/^device-/)
    expect(textOf(await run(['', '']))).not.toContain('"device":""')
  })
})
