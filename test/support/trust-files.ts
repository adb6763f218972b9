// SPDX-License-Identifier: Apache-2.0
/** Trust files of a test's stick: policies and recall lists, packed and signed as a team does it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecallMatch } from '../../shared/formats/recall.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { cli, passwords, type World } from './station.ts'

/** The policy in an envelope. */
export const policyIn = async (file: string): Promise<TrustPolicy> =>
  ((await cli('trust', 'inspect', file)).answer as { policy: TrustPolicy }).policy

/** Keys in a folder, whose, and the role they sign as. */
export type Signer = readonly [keys: string, holder: string, role: string]

/** Packs a document with `airlock trust pack` and signs it; it lies on the stick under `name`. */
export const putTrust = async (
  world: World,
  name: string,
  document: object,
  signers: readonly Signer[],
): Promise<string> => {
  const work = join(world.folder, 'trust')
  mkdirSync(work, { recursive: true })
  const [source, file] = [join(work, `${name}.json`), join(world.stick, `${name}.airtrust`)]
  writeFileSync(source, JSON.stringify(document))
  await cli('trust', 'pack', source, '--out', file, '--force')
  for (const [keys, holder, role] of signers) {
    const pair = ['--key', join(keys, `${holder}.key.pem`), '--cert', join(keys, `${holder}.cert.pem`)]
    await cli('bundle', 'sign', file, '--role', role, ...pair)
  }
  return file
}

/** Signs, as the second person, the policy that waits. */
export const signPolicy = async (client: Client<Contract>, password = passwords.officer): Promise<void> => {
  const content = (await client.call('trust.waiting', {})).waiting?.content ?? ''
  await client.call('trust.sign', { content, reason: 'compared with the letter', password })
}

/** A recall list of an hour ago, an entry for each match. */
export const recallOf = (version: number, ...matches: RecallMatch[]) => ({
  kind: 'airlock.recall',
  schema: 1,
  version,
  issuedAt: new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z'),
  entries: matches.map((match, n) => ({
    id: `R-${n + 1}`,
    match,
    reason: 'the pump stops',
    severity: 'critical',
    instead: '2.0.1',
  })),
})
