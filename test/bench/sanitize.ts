// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { leakScan } from '../../main/station/exports/sanitize/leak/leak-scan.ts'
import { ownWords } from '../../main/station/exports/sanitize/own-words.ts'
import { policyText, readPolicy, type LoadedPolicy } from '../../main/station/exports/sanitize/policy.ts'
import type { RawRecord } from '../../main/station/exports/sanitize/raw-record.ts'
import { sanitize } from '../../main/station/exports/sanitize/sanitize.ts'
import { defaultPolicy, testKeys } from '../support/export-policy.ts'
import { corpusSite, secretLines } from '../support/leak-corpus.ts'
import { domainLines, lookalikeLines } from '../support/plain-corpus.ts'
import { seeded } from '../support/seeded.ts'

/** Megabytes (10^6) of each kind: enough that start-up and warm-up do not count. */
const size = Number(process.env['SIZE'] ?? 96e6)

/** A rule a kind, as one expression: what a first attempt at this would look like. */
const combined =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{1,4}|\b(?:[a-z0-9-]+\.)+(?:com|net|org|local|de)\b|-----BEGIN[^-]+-----|\beyJ[\w-]+\.[\w-]+\.[\w-]*|\b(?:AKIA|ghp_|xox[bap]-|sk_live_)\w+|(?:password|passwd|pwd|token|secret|psk|key)["']?\s*[:=]\s*\S+|\+\d[\d ()-]{7,}|\b[A-Z]{2}\d{2}(?: ?\w{4}){3,7}|\b(?:\d[ -]?){13,19}\b|(?:serial|s\/n|sn)[\s:=]+\S+|\/home\/\w+|C:\\Users\\\w+|\b(?:feldmann|boateng|castellanos|lindqvist|press-line-4|plc-a17|hmi-03)\b/gi

const none = { signal: new AbortController().signal, progress: () => undefined }

const lines = (): string[] => {
  const mixed = [
    ...domainLines(1, 12_000),
    ...lookalikeLines(2, 3000).map(({ text }) => text),
    ...secretLines(3, 600).map(({ text }) => text),
  ]
  const random = seeded(4)
  return mixed
    .map((line) => ({ line, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line)
}

/** What a station holds: three points to two events, with the raw line that the policy drops. */
const records = (): RawRecord[] => {
  const texts = lines()
  const list: RawRecord[] = []
  for (let i = 0, bytes = 0; bytes < size; i++) {
    const common = {
      session: `7a0d2f34-1111-4222-8333-4444555${String(i % 90).padStart(5, '0')}`,
      device: `KX${i % 40}-0044${i % 7}`,
      t: 1_780_000_000_000 + i * 37,
      seq: i,
    }
    const text = texts[i % texts.length] ?? ''
    const record: RawRecord =
      i % 5 < 3
        ? {
            table: 'points',
            fields: {
              ...common,
              series: ['motor.temp', 'rpm', 'heap_free', 'uptime'][i % 4] ?? '',
              labels: `{"core":"${i % 2}"}`,
              unit: 'Cel',
              kind: 'gauge',
              t_dev: i * 37,
              value: Math.sin(i) * 100,
            },
          }
        : {
            table: 'events',
            fields: {
              ...common,
              severity: 9,
              code: 'net',
              template: text.replaceAll(/\d+/g, '<num>'),
              arguments: JSON.stringify(text.match(/\d+/g) ?? []),
              line: `${i} ${text}`,
            },
          }
    list.push(record)
    bytes += bytesOf(record)
  }
  return list
}

/** Log text that a policy lets out: every line another one. */
const text = (): RawRecord[] => {
  const texts = lines()
  const list: RawRecord[] = []
  for (let i = 0, bytes = 0; bytes < size / 2; i++) {
    const line = `[${i}] ${texts[i % texts.length]} | ${texts[(i * 7 + 3) % texts.length]} | ${texts[(i * 13 + 5) % texts.length]}`
    list.push({ table: 'events', fields: { seq: i, line } })
    bytes += bytesOf(list.at(-1)!)
  }
  return list
}

const bytesOf = ({ fields }: RawRecord): number => JSON.stringify(fields).length

/** The default policy with the raw line let out as text. */
const textPolicy = (): LoadedPolicy => {
  const policy = structuredClone(defaultPolicy().policy)
  policy.tables = {
    events: { fields: { seq: { type: 'integer', action: 'keep' }, line: { type: 'text', action: 'keep' } } },
  }
  return readPolicy(Buffer.from(policyText(policy)))
}

/** Millions of bytes per second of processor time, of all threads of this process. */
const speed = async (bytes: number, work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return bytes / (user + system)
}

const clean = async (list: readonly RawRecord[], policy: LoadedPolicy): Promise<void> => {
  const cleaned = await sanitize(
    { records: list, policy, site: corpusSite, keys: testKeys.ofKind, rawSalt: 'bench' },
    none,
  )
  const { tables, report, values } = cleaned
  const scan = await leakScan(
    {
      tables,
      documents: [{ name: 'report', value: report.rules.length }],
      found: values.found.keys(),
      dropped: values.dropped,
      dictionary: [
        ...corpusSite.words,
        ...corpusSite.people.flatMap(({ name, login }) => [name, login]),
        ...corpusSite.serials,
      ],
      canaries: [],
      exempt: new Set([...ownWords(policy.policy), ...values.open]),
    },
    none.signal,
  )
  if (!scan.clean) throw new Error(`leak: ${JSON.stringify(scan.hits.slice(0, 3))}`)
}

/**
 * Cleaning with leak scan and raw root, against one combined regular expression and against SHA-256 of the same bytes.
 * Asked: 50 MB a processor second, 3 × the combined expression.
 */
export const run = async (): Promise<{
  name: string
  rows: { what: string; value: number | string; unit: string }[]
}> => {
  const rows: { what: string; value: number | string; unit: string }[] = []
  for (const [what, list, policy] of [
    ['records', records(), defaultPolicy()],
    ['log text', text(), textPolicy()],
  ] as const) {
    const bytes = list.reduce((sum, record) => sum + bytesOf(record), 0)
    const texts = list.map(({ fields }) => JSON.stringify(fields))
    await clean(list.slice(0, 20_000), policy)
    const ours = await speed(bytes, () => clean(list, policy))
    let found = 0
    const regex = await speed(bytes, () => texts.forEach((one) => void one.replace(combined, () => String(found++))))
    const sha = await speed(bytes, () => texts.reduce((hash, one) => hash.update(one), createHash('sha256')).digest())
    rows.push(
      { what: `${what}: clean and leak scan`, value: Number(ours.toFixed(1)), unit: 'MB/CPU-s' },
      { what: `${what}: one combined expression`, value: Number(regex.toFixed(1)), unit: 'MB/CPU-s' },
      { what: `${what}: SHA-256`, value: Number(sha.toFixed(0)), unit: 'MB/CPU-s' },
      { what: `${what}: ratio to the expression`, value: Number((ours / regex).toFixed(2)), unit: '×' },
    )
  }
  return { name: 'sanitize', rows }
}
