// SPDX-License-Identifier: Apache-2.0
import { resolve } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { telemetryManifestSchema, type TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { factsOf, mayUse } from '../../station/platform/files.ts'
import { stderrLog } from '../../station/platform/log.ts'
import { readPolicy } from '../bundle/context.ts'
import { inspectEnvelope } from '../bundle/inspect.ts'
import type { Command, Io } from '../command.ts'
import { describeCode } from '../describe-code.ts'
import { unusable } from '../file-trouble.ts'
import { openArchive, type ArchiveRules } from '../lake/archive-opening.ts'
import { readIdentities } from '../lake/decrypt-table.ts'
import { importArchives, type FileResult } from '../lake/import-archives.ts'
import { openLake } from '../lake/lake.ts'
import { needed, onlyWord, parseWords, readText } from '../words.ts'

const json = (value: unknown): string => `${JSON.stringify(value)}\n`

const rulesFrom = (policy: string | undefined, sanitization: string[] | undefined, io: Io): ArchiveRules => ({
  policy: readPolicy(needed(policy, 'policy')),
  sanitization: sanitization ?? [],
  now: io.clock.now(),
})

const describe = (archiveId: string, manifest: TelemetryManifest): string =>
  [
    `id           ${archiveId}`,
    `station      ${manifest.station}, archive ${manifest.number}`,
    `site         ${manifest.site}`,
    `covers       ${manifest.range.from} to ${manifest.range.to}`,
    `approved     ${manifest.approval.time} by ${manifest.approval.person}`,
    `policy       trust ${manifest.trustPolicy}, sanitization ${manifest.sanitization.policyDigest}`,
    ...manifest.payloads.map(({ table, records, size }) => `${table.padEnd(12)} ${records} records, ${size} bytes`),
    '',
  ].join('\n')

const inspect: Command = {
  name: 'archive inspect',
  summary: 'show what an archive says of itself; trusts nothing',
  usage: 'airlock archive inspect FILE [--json]',
  async run(words, io) {
    const { positionals, values } = parseWords({
      args: words,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    const { digest: archiveId, manifest, signatures } = inspectEnvelope(onlyWord(positionals))
    const parsed = telemetryManifestSchema.safeParse(manifest)
    if (!parsed.success) throw new AirlockError('manifest.schema', {}, { cause: parsed.error })
    io.out(values.json ? json({ archiveId, manifest, signatures }) : describe(archiveId, parsed.data))
    return 0
  },
}

const verify: Command = {
  name: 'archive verify',
  summary: 'check signature, policy and every digest of an archive, without its key',
  usage: `airlock archive verify FILE --policy POLICY.airtrust [--sanitization DIGEST]… [--json]
  --policy        the trust policy in force; you vouch for it
  --sanitization  digest of a further sanitization policy that counts`,
  async run(words, io) {
    const { positionals, values } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        policy: { type: 'string' },
        sanitization: { type: 'string', multiple: true },
      },
    })
    const file = onlyWord(positionals)
    const outcome = await openArchive(file, rulesFrom(values.policy, values.sanitization, io))
    const { verdict, code, checks } = outcome.verdict
    if (outcome.cause !== undefined) stderrLog.error('archive', outcome.cause)
    const archiveId = outcome.opened?.digest
    const why = code === undefined ? '\n' : `: ${code}\n\n${describeCode(code)}`
    io.out(values.json ? json({ verdict, code, archiveId, checks }) : `${file}: ${verdict}${why}`)
    return verdict === 'accepted' ? 0 : 1
  },
}

const say = ({ file, verdict, code, detail, rows, already }: FileResult): string => {
  const why = code === undefined ? '' : `: ${code}${detail === undefined ? '' : ` (${detail})`}`
  const what = verdict === 'accepted' ? (already ? 'was imported before' : `${rows} rows`) : `${verdict}${why}`
  return `${file}: ${what}\n${code === undefined ? '' : describeCode(code)}`
}

const importCommand: Command = {
  name: 'archive import',
  summary: 'take archives into a lake of Parquet files',
  usage: `airlock archive import FILE… --lake FOLDER --policy POLICY.airtrust --identity KEYFILE
    [--allow-gap REASON] [--sanitization DIGEST]… [--json]
  --identity      age identity file of a recipient that the policy names
  --allow-gap     takes archives although the one before them is missing; the reason is kept`,
  async run(words, io) {
    const { positionals, values } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        lake: { type: 'string' },
        policy: { type: 'string' },
        identity: { type: 'string' },
        'allow-gap': { type: 'string' },
        sanitization: { type: 'string', multiple: true },
      },
    })
    const gapReason = values['allow-gap']?.trim() ?? null
    if (positionals.length === 0) throw new AirlockError('usage', { why: 'no file is named' })
    if (gapReason === '') throw new AirlockError('usage', { why: 'no reason', option: '--allow-gap' })
    const keyFile = needed(values.identity, 'identity')
    const identities = readIdentities(readText(keyFile))
    if (identities === undefined) throw unusable(keyFile, 'it holds no age identity (AGE-SECRET-KEY-1…)')
    const rules = rulesFrom(values.policy, values.sanitization, io)
    const folder = resolve(needed(values.lake, 'lake'))
    // The engine says so in words of its own only.
    if (factsOf(folder) !== undefined && !mayUse(folder)) throw unusable(folder, 'it is not permitted')
    const lake = await openLake(folder)
    try {
      const archives = await importArchives(positionals, { lake, rules, identities, gapReason, log: stderrLog })
      const rows = archives.reduce((sum, archive) => sum + archive.rows, 0)
      io.out(values.json ? json({ archives, rows }) : `${archives.map(say).join('')}${rows} new rows\n`)
      return archives.every(({ verdict }) => verdict === 'accepted') ? 0 : 1
    } finally {
      lake.close()
    }
  },
}

/** `airlock archive …` */
export const archiveCommands: readonly Command[] = [inspect, verify, importCommand]
