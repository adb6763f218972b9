// SPDX-License-Identifier: Apache-2.0
/** The firmware team's side: keys, policy, compiled firmware, signed bundles, and some that a station must refuse. */
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { buildAvr } from '../../test/emulators/avr/build.ts'
import { airlock } from './run-cli.ts'

/** Where the team keeps what it made. */
export type Team = {
  readonly keys: string
  readonly policy: string
  readonly words: readonly string[]
  readonly ageIdentity: string
}

const product = 'dosing-controller'
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Keys and the first policy: release and qa both sign, versions below counter 2 are no longer taken. */
export const makeTeam = async (out: string): Promise<Team> => {
  const folder = join(out, 'team')
  mkdirSync(folder, { recursive: true })
  const identity = await generateIdentity()
  const ageIdentity = join(folder, 'archive-key.txt')
  writeFileSync(ageIdentity, `${identity}\n`, { mode: 0o600 })
  const keys = join(folder, 'keys')
  const words = ['trust', 'init', keys, '--product', product, '--recipient', await identityToRecipient(identity)]
  const sanitization = sha256('resources/policies/default-sanitization.json')
  const made = z
    .object({ policy: z.string(), words: z.array(z.string()) })
    .parse(airlock([...words, '--sanitization', sanitization, '--counter', `${product}=2`]))
  return { keys, ageIdentity, policy: made.policy, words: made.words }
}

/** A stranger: the same kind of keys, pinned nowhere. */
export const makeStranger = (out: string): string => {
  const keys = join(out, 'stranger')
  airlock(['trust', 'init', keys])
  return keys
}

const day = 86_400_000
const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

const description = (version: string, securityCounter: number, bin: string): object => ({
  kind: 'airlock.firmware',
  schema: 1,
  bundleId: crypto.randomUUID(),
  vendor: 'acme-instruments',
  product,
  channel: 'production',
  version,
  securityCounter,
  releasedAt: time(Date.now() - 3_600_000),
  expires: time(Date.now() + 365 * day),
  policyMin: 1,
  importerMin: '0.1.0',
  source: { repository: 'dosing-controller', commit: sha256(bin).slice(0, 12), build: version, builder: 'demo' },
  compat: [{ model: product, hardware: ['rev-b', 'rev-c'] }],
  payloads: [
    {
      path: 'payload/firmware.bin',
      file: bin,
      component: 'application',
      format: 'bin',
      driver: 'stk500v1',
      options: {},
    },
  ],
  evidence: [],
})

const sign = (file: string, keys: string, role: 'release' | 'qa'): void => {
  const [key, cert] = [join(keys, `${role}.key.pem`), join(keys, `${role}.cert.pem`)]
  airlock(['bundle', 'sign', file, '--role', role, '--key', key, '--cert', cert])
}

/** A bundle on the stick, and what the station has to say to it: `accepted`, or the code of the refusal. */
export type Bundle = { readonly file: string; readonly expected: string }
export type MadeBundles = { readonly bundles: readonly Bundle[]; readonly images: Readonly<Record<string, string>> }

/** Compiles, packs, signs; then spoils copies in five ways. */
export const makeBundles = async (out: string, stick: string, team: Team, stranger: string): Promise<MadeBundles> => {
  const { firmware } = await buildAvr()
  const work = join(out, 'team', 'builds')
  mkdirSync(work, { recursive: true })
  mkdirSync(stick, { recursive: true })
  const images: Record<string, string> = {}

  const pack = (name: string, version: keyof typeof firmware, counter: number): string => {
    const bin = firmware[version].bin
    images[version] = sha256(bin)
    const plan = join(work, `${name}.json`)
    writeFileSync(plan, JSON.stringify(description(version, counter, bin), null, 2))
    const file = join(stick, `${name}.airfw`)
    airlock(['bundle', 'pack', plan, '--out', file])
    return file
  }
  const signed = (name: string, version: keyof typeof firmware, counter: number, keys = team.keys): string => {
    const file = pack(name, version, counter)
    sign(file, keys, 'release')
    sign(file, keys, 'qa')
    return file
  }

  const good = ['1.0.0', '2.0.0', '2.1.0'] as const
  const files = good.map((version) => signed(`${product}-${version}`, version, version === '1.0.0' ? 2 : 3))
  const [, second = ''] = files
  const tampered = join(stick, 'tampered.airfw')
  copyFileSync(second, tampered)
  flipByteInPayload(tampered)
  const truncated = join(stick, 'truncated.airfw')
  copyFileSync(second, truncated)
  truncateSync(truncated, readFileSync(second).length - 6000)
  pack('unsigned', '2.0.0', 3)
  signed('wrongly-signed', '2.0.0', 3, stranger)
  signed('rolled-back', '1.0.0', 1)

  const expected = {
    'tampered.airfw': 'payload.digest',
    'truncated.airfw': 'container.truncated',
    'unsigned.airfw': 'sig.missing',
    'wrongly-signed.airfw': 'trust.unknown-signer',
    'rolled-back.airfw': 'rollback.counter',
  }
  const bad = Object.entries(expected).map(([file, code]) => ({ file, expected: code }))
  return { images, bundles: [...good.map((v) => ({ file: `${product}-${v}.airfw`, expected: 'accepted' })), ...bad] }
}

/** One bit in the middle of the firmware: everything that is signed stays as it was. */
const flipByteInPayload = (file: string): void => {
  const content = readFileSync(file)
  const at = content.length - 8192
  content[at] = (content[at] ?? 0) ^ 1
  writeFileSync(file, content)
}
