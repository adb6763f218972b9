// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { factsOf, writeDurable } from '../../station/platform/files.ts'
import { signatureRoles } from '../../station/trust/roles.ts'
import type { ParsedPayload } from '../../station/bundles/payload/facts.ts'
import { attachSignature, manifestOf } from '../bundle/attach.ts'
import { readJsonFile, readPolicy, readRecallDocument, stateOf } from '../bundle/context.ts'
import { inspectEnvelope, type Inspected } from '../bundle/inspect.ts'
import { packBundle } from '../bundle/pack.ts'
import { answerLine } from '../bundle/verify-lines.ts'
import { describeAccepted, describeVerdict, verifyFile } from '../bundle/verify.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { unusable } from '../file-trouble.ts'
import { needed, oneOf, onlyWord, parseWords, readSmall } from '../words.ts'

const json = { type: 'boolean', default: false } as const

const pack: Command = {
  name: 'bundle pack',
  summary: 'make an unsigned bundle from a description and its files',
  usage: `airlock bundle pack DESCRIPTION.json --out FILE.airfw [--force] [--json]
  The description is a manifest whose payloads and evidence need no size and digest; "file" says where the bytes are,
  from the description's folder (default: the path itself). The same files give the same bytes.
  --force  replaces FILE.airfw, with the signatures in it`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { out: { type: 'string' }, force: { type: 'boolean', default: false }, json },
    })
    const out = needed(values.out, 'out')
    const description = onlyWord(positionals)
    if (!values.force && factsOf(out) !== undefined) throw unusable(out, 'it is there already; --force replaces it')
    const { digest } = packBundle(description, out)
    io.out(values.json ? `${JSON.stringify({ file: out, digest })}\n` : `${out}\nmanifest ${digest}\n`)
    return 0
  },
}

const digest: Command = {
  name: 'bundle digest',
  summary: 'print what is to be signed: the manifest and its SHA-256',
  usage: `airlock bundle digest FILE [--out MANIFEST.json] [--json]
  Sign those bytes as they are: openssl cms -sign -binary -nosmimecap -md sha384 -outform DER …`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { out: { type: 'string' }, json },
    })
    const manifest = manifestOf(onlyWord(positionals))
    if (values.out !== undefined) writeDurable(values.out, manifest)
    const found = { digest: sha256Hex(manifest), bytes: manifest.length, manifest: values.out }
    io.out(values.json ? `${JSON.stringify(found)}\n` : `${found.digest}  ${values.out ?? 'manifest.json'}\n`)
    return 0
  },
}

const attach: Command = {
  name: 'bundle attach',
  summary: 'add a signature that was made elsewhere',
  usage: `airlock bundle attach FILE --role ROLE (--p7s FILE | --mldsa87 FILE) [--number 1-8] [--json]
  A CMS file has to verify over the manifest. An ML-DSA file goes beside the CMS file of the same role and number.`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        p7s: { type: 'string' },
        mldsa87: { type: 'string' },
        number: { type: 'string' },
        json,
      },
    })
    const { p7s, mldsa87 } = values
    if ((p7s === undefined) === (mldsa87 === undefined)) {
      throw new AirlockError('usage', { why: 'either --p7s or --mldsa87' })
    }
    const name = attachSignature(onlyWord(positionals), {
      role: oneOf(signatureRoles, needed(values.role, 'role'), 'role'),
      kind: p7s === undefined ? 'pq' : 'cms',
      bytes: readSmall(p7s ?? mldsa87 ?? '', bytes(65_536)),
      ...(values.number === undefined ? {} : { number: numberOf(values.number) }),
    })
    io.out(values.json ? `${JSON.stringify({ name })}\n` : `${name}\n`)
    return 0
  },
}

const verify: Command = {
  name: 'bundle verify',
  summary: 'judge a bundle as a station would',
  usage: `airlock bundle verify FILE.airfw --policy FILE [--recall FILE] [--state FILE.json] [--json]
  --policy  the trust policy in force, which you vouch for    --recall  the recall list in force
  --state   the station: now, lastSignedTime, lastAuditTime, site, importer, freeBytes, counters, imported
airlock bundle verify --stdin
  One JSON request a line (id, kind, file, policy, recall, state), one answer a line.`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        recall: { type: 'string' },
        state: { type: 'string' },
        stdin: { type: 'boolean', default: false },
        json,
      },
    })
    if (values.stdin) return await answerLines(io)
    const { verdict, opened } = await verifyFile(onlyWord(positionals), {
      policy: readPolicy(needed(values.policy, 'policy')),
      ...(values.recall === undefined ? {} : { recall: readRecallDocument(values.recall).list }),
      state: stateOf(values.state === undefined ? {} : readJsonFile(values.state), io.clock.now()),
    })
    const accepted = verdict.verdict === 'accepted'
    const what = accepted && opened !== undefined ? describeAccepted(opened) : ''
    io.out(values.json ? `${JSON.stringify(verdict)}\n` : `${describeVerdict(verdict)}${what}`)
    return accepted ? 0 : 1
  },
}

const answerLines = async (io: Io): Promise<ExitCode> => {
  for await (const line of io.input ?? []) io.out(`${await answerLine(line, io.clock.now())}\n`)
  return 0
}

const inspect: Command = {
  name: 'bundle inspect',
  summary: 'show what an envelope holds; nothing is judged by a policy',
  usage: 'airlock bundle inspect FILE [--json]',
  async run(words, io) {
    const { values, positionals } = parseWords({ args: words, allowPositionals: true, options: { json } })
    const found = inspectEnvelope(onlyWord(positionals))
    io.out(values.json ? `${JSON.stringify(found)}\n` : describe(found))
    return 0
  },
}

const describe = (found: Inspected): string =>
  [
    `manifest ${found.digest}`,
    ...found.signatures.map(({ name, spki, code, signingTime }) => `${name}  ${spki ?? code}  ${signingTime ?? ''}`),
    ...found.entries.map(({ name, size }) => `${String(size).padStart(12)}  ${name}`),
    ...Object.entries(found.payloads).map(([path, payload]) => `${path}  ${describePayload(payload)}`),
    JSON.stringify(found.manifest, undefined, 2),
    '',
  ].join('\n')

const describePayload = (payload: ParsedPayload): string =>
  payload.ok ? JSON.stringify(payload.facts) : `not what the manifest says: ${payload.what}`

const numberOf = (word: string): number => {
  if (!/^[1-8]$/.test(word)) throw new AirlockError('usage', { number: word })
  return Number(word)
}

/** `airlock bundle …`, but for `bundle sign`. */
export const bundleCommands: readonly Command[] = [pack, digest, attach, verify, inspect]
