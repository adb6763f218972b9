// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError, toAirlockError } from '../../../shared/errors.ts'
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { Verdict } from '../../../shared/verdict.ts'
import type { Actor, AuditEntry, AuditLog } from '../audit/entry.ts'
import type { JobContext } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import { freeBytes } from '../platform/files.ts'
import type { Log } from '../platform/log.ts'
import { closeAfter, type VolumeFiles } from '../platform/volume-io.ts'
import type { Store } from '../store/open.ts'
import { noteUse, type Exceptions } from '../trust/overrides.ts'
import { signingTimeOf } from '../trust/questions.ts'
import type { ContentOptions, Listed } from './envelope/contents.ts'
import { nothingRead } from './envelope/tape.ts'
import type { Opened, Outcome } from './open-envelope.ts'
import { openOnDrive } from './open-file.ts'
import { objectionTo } from './objection.ts'
import {
  findBundle,
  insertBundle,
  isNamedContent,
  lastSignedTime,
  listBundles,
  renewSignatures,
  type Bundle,
} from './rows.ts'
import type { Staging, Vault, VaultLeftovers } from './vault.ts'
import { verifyBundle, type TrustInForce } from './verify.ts'

/** What an import works with. */
export type ImportParts = {
  readonly store: Store
  readonly audit: AuditLog
  readonly vault: Vault
  /** The vault's folder: its volume has to have room. */
  readonly vaultFolder: string
  readonly clock: Clock
  readonly log: Log
  /** Policy and recall list in force, asked for at the start of every import; undefined before the site has a policy. */
  trust(): TrustInForce | undefined | Promise<TrustInForce | undefined>
  /** This station: its site, its Airlock version, the newest audit entry's time, the floor of each product's counter. */
  station(): StationFacts
}

export type StationFacts = {
  readonly site?: string
  readonly importer: string
  /** Milliseconds UTC. */
  readonly lastAuditTime: number | undefined
  /** Newest signing time known from trust documents, milliseconds UTC; that of bundles is added. */
  readonly lastSignedTime: number | undefined
  readonly counters: Readonly<Record<string, number>>
  readonly exceptions?: Exceptions
}

/** A file on a drive. The path stays inside the station; name and medium id go to the audit log. */
export type ImportSource = {
  readonly path: string
  readonly mediumId: string
  readonly name: string
  /** The way to the drive's files; absent: as the system gives them. */
  readonly files?: VolumeFiles
}

/** What came of it. `bundle` is there when it was accepted; `alreadyPresent`: the same manifest was imported before. */
export type ImportResult = {
  readonly verdict: Verdict
  /** Sequence number of the log entry that says so. */
  readonly entry: number
  readonly bundle: Bundle | null
  readonly alreadyPresent: boolean
}

/**
 * Imports a bundle: one pass over the file into a private folder, where each copy is read again, then the vault, then
 * row and audit entry in one transaction. A refusal leaves nothing but its audit entry, with the code and the digest of what was read. Importing
 * the same manifest again is accepted and adds nothing (and heals the vault's copies), unless the signatures that are here
 * do not count any more: then the new ones take their place. Yields between chunks.
 * Errors: `policy.absent`, `medium.gone`, `medium.io` (the drive fails), `medium.silent`, `storage.full`, `storage.io`,
 * `call.cancelled`; each leaves an audit entry with the outcome `failed`.
 */
export const importBundle = async (
  parts: ImportParts,
  source: ImportSource,
  actor: Actor,
  context: JobContext,
): Promise<ImportResult> => {
  const about = { actor, action: 'bundle.import', corr: context.id } as const
  const origin = { file: source.name, medium: source.mediumId }
  let staged: Staging | undefined
  try {
    const staging = (staged = parts.vault.stage())
    const trust = await parts.trust()
    if (trust === undefined) throw new AirlockError('policy.absent')
    const options = {
      signal: context.signal,
      sink: ({ sha256 }: Listed) => staging.writer(sha256),
      progress: (done: number, total: number) => context.progress({ stage: 'copy', done, total }),
    }
    const outcome = await readBundle(parts, source, trust, options)
    if (outcome.cause !== undefined) parts.log.error('bundle.refused', outcome.cause, { job: context.id })
    const { opened, verdict } = outcome
    if (verdict.verdict === 'refused' || opened === undefined) {
      const { seq: entry } = parts.audit.note(refusalEntry(about, origin, outcome))
      return { verdict, entry, bundle: null, alreadyPresent: false }
    }
    // Nobody may learn of a bundle whose contents a power cut could still take away.
    staging.publish()
    const facts = {
      policyVersion: trust.policy.version,
      signedAt: Math.max(...opened.signatures.map((file) => signingTimeOf(file, timeMs(opened.manifest.releasedAt)))),
      fileName: source.name,
      medium: source.mediumId,
      importedAt: parts.clock.now(),
      importedBy: actor.uid,
    }
    const used = verdict.checks.flatMap(({ exception }) => exception ?? [])
    const { result, seq: entry } = parts.audit.change(
      (known: Known) => acceptEntry(about, origin, opened, { ...known, ...byException(used) }),
      (tx): Known => {
        if (findBundle(tx, opened.digest) === undefined) {
          insertBundle(tx, opened, facts)
          noteUse(tx, opened.digest, used)
          return { alreadyPresent: false }
        }
        const code = objectionTo(tx, opened.digest, trust)?.code
        if (code === undefined) return { alreadyPresent: true }
        // What was just accepted has no fault of its own: it is a key behind the signatures that are here.
        renewSignatures(tx, opened, facts)
        noteUse(tx, opened.digest, used)
        return { alreadyPresent: true, signaturesRenewed: code }
      },
    )
    const { alreadyPresent } = result
    return { verdict, entry, bundle: findBundle(parts.store.read, opened.digest) ?? null, alreadyPresent }
  } catch (error) {
    const { code } = toAirlockError(error)
    // First what was staged: on a full disk its room is what the entry needs.
    await staged?.discard()
    parts.audit.note({ ...about, object: { type: 'bundle', id: '' }, outcome: 'failed', reason: code, after: origin })
    throw error
  } finally {
    await staged?.discard()
  }
}

/** At start: clears what a crash in the middle of an import left, and says what it was. */
export const recoverImports = ({ vault, store }: Pick<ImportParts, 'vault' | 'store'>): VaultLeftovers =>
  vault.recover((digest) => isNamedContent(store.read, digest))

/** Opens a file of a drive and judges it as a bundle, by what is in force and by this station's state. */
export const readBundle = async (
  parts: Pick<ImportParts, 'store' | 'clock' | 'station' | 'vaultFolder'>,
  { path, files }: Pick<ImportSource, 'path' | 'files'>,
  trust: TrustInForce,
  options: ContentOptions,
): Promise<Outcome<FirmwareManifest>> => {
  const file = await openOnDrive(path, files)
  if (!file.ok) {
    const check = { id: 'medium', ok: false, code: file.code }
    return { verdict: { verdict: 'refused', code: file.code, checks: [check] }, read: nothingRead }
  }
  const { store, clock } = parts
  const { site, ...station } = parts.station()
  const state = {
    ...station,
    ...(site === undefined ? {} : { site }),
    now: clock.now(),
    lastSignedTime: newest(station.lastSignedTime, lastSignedTime(store.read)),
    freeBytes: freeBytes(parts.vaultFolder),
    imported: listBundles(store.read).map((bundle) => ({ ...bundle, manifest: bundle.id })),
  }
  const outcome = await closeAfter(file.value, (reader) => verifyBundle(reader, { ...trust, state }, options))
  // A drive that fails or is pulled says nothing about the bundle: nothing was refused.
  if (outcome.verdict.code === 'medium.io') throw new AirlockError('medium.io', {}, { cause: outcome.cause })
  return outcome
}

const newest = (...times: (number | undefined)[]): number | undefined =>
  times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a))

/** Whether the bundle is here, and why its signatures were renewed. */
type Known = { readonly alreadyPresent: boolean; readonly signaturesRenewed?: ErrorCode }
type About = Pick<AuditEntry, 'actor' | 'action' | 'corr'>
type Origin = { readonly file: string; readonly medium: string }

const refusalEntry = (
  about: About,
  origin: Origin,
  { verdict, read: seen, opened }: Outcome<FirmwareManifest>,
): AuditEntry => ({
  ...about,
  object: { type: 'bundle', id: opened?.digest ?? '' },
  outcome: 'refused',
  reason: verdict.code ?? 'internal',
  after: { ...origin, ...whatExpired(verdict, opened) },
  evidence: [{ type: 'envelope-head', ...seen }],
})

/** By the order of questions an expired bundle is well signed, so that its name can be told to whoever may decide. */
export const whatExpired = ({ code }: Verdict, opened: Opened<FirmwareManifest> | undefined) => {
  if (code !== 'freshness.expired' || opened === undefined) return {}
  const { product, version, expires } = opened.manifest
  return { product, version, expires }
}

const byException = (used: readonly string[]) => (used.length === 0 ? {} : { exceptions: used })

const acceptEntry = (
  about: About,
  origin: Origin,
  opened: Opened<FirmwareManifest>,
  facts: Known & { readonly exceptions?: readonly string[] },
): AuditEntry => {
  const { vendor, product, channel, version, securityCounter } = opened.manifest
  return {
    ...about,
    object: { type: 'bundle', id: opened.digest },
    outcome: 'ok',
    after: { ...origin, vendor, product, channel, version, securityCounter, ...facts },
    evidence: [{ type: 'manifest', sha256: opened.digest, bytes: opened.head.manifest.length }],
  }
}
