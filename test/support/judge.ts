// SPDX-License-Identifier: Apache-2.0
import { recallSchema, type RecallMatch } from '../../shared/formats/recall.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import type { Verdict } from '../../shared/verdict.ts'
import { verifyBundle, type StationState, type VerifyContext } from '../../main/station/bundles/verify.ts'
import type { SignatureRole } from '../../main/station/trust/roles.ts'
import type { WithdrawnHere } from '../../main/station/trust/withdrawn-here.ts'
import { bundleEntries, firmwareManifest, memoryFile, tarOf, testContents } from './bundle.ts'
import { testPki, type Holder } from './pki.ts'

/** What differs from a good bundle on a good day. */
export type Case = {
  manifest?: object
  /** The manifest's bytes instead, signed as they are. */
  document?: Uint8Array
  /** Role in the file's name, and who signed. */
  signers?: Signers
  policy?: Partial<TrustPolicy>
  state?: Partial<StationState>
  recall?: RecallMatch
  /** What two people withdrew at the site. */
  here?: Partial<WithdrawnHere>
  contents?: Record<string, Uint8Array>
}

export type Signers = readonly (readonly [SignatureRole, Holder | SignatureRole])[]
/** A row of a table: the number of the bad input in docs/formats/refusals.md (or a stage), and the one right code. */
export type Row = readonly [row: number | string, what: string, given: Case, code: string]

const time = (text: string): number => Date.parse(text)
const state: StationState = {
  now: time('2026-06-01T12:00:00Z'),
  lastSignedTime: time('2026-05-30T00:00:00Z'),
  lastAuditTime: time('2026-06-01T11:00:00Z'),
  site: 'north',
  importer: '0.1.0',
  freeBytes: 1_000_000,
  counters: {},
  imported: [],
}

/** Judges a file's bytes under a policy, on the same day. */
export const judgeBytes = async (content: Uint8Array, policy = testPki().policy): Promise<Verdict> =>
  (await verifyBundle(memoryFile(content), { policy, state })).verdict

/** Judges the good bundle of the tests with the differences; production, site `north`, two hours after it was signed. */
export const judge = async (given: Case): Promise<Verdict> => {
  const contents = { ...testContents, ...given.contents }
  const manifest = given.document ?? firmwareManifest(given.manifest, contents)
  const entry = { id: 'R-1', match: given.recall, reason: 'it leaks', severity: 'high', instead: 'use 2.1.0' }
  const entries = given.recall === undefined ? [] : [entry]
  const context: VerifyContext = {
    policy: { ...testPki().policy, ...given.policy },
    recall: recallSchema.parse({
      kind: 'airlock.recall',
      schema: 1,
      version: 1,
      issuedAt: '2026-05-01T00:00:00Z',
      entries,
    }),
    here: { keys: new Map(), bundles: new Map(), ...given.here },
    state: { ...state, ...given.state },
  }
  return (await verifyBundle(memoryFile(tarOf(bundleEntries(manifest, contents, given.signers))), context)).verdict
}
