// SPDX-License-Identifier: Apache-2.0
/** One device, one job: prepare → identify → check → write → verify → reset → confirm → record. */
import { AirlockError } from '../../../shared/errors.ts'
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import type { Check } from '../../../shared/verdict.ts'
import type { Actor, AuditLog } from '../audit/entry.ts'
import { sameDevice, type DeviceIdentity } from '../devices/banner.ts'
import { FlashError } from '../devices/flash-error.ts'
import type { PortLease, PortOwners } from '../devices/port-owner.ts'
import type { PortLister } from '../devices/ports.ts'
import type { DeviceProfile } from '../devices/profile.ts'
import { findDevice, forgetVersion, getDevice, raiseCounter, sawDevice, type Device } from '../devices/registry.ts'
import type { PortIdentity } from '../devices/transport.ts'
import type { JobContext } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store } from '../store/open.ts'
import { startApplication } from './boot-banner.ts'
import type { FirmwareSource } from './firmware-source.ts'
import { identify, type DeviceHint, type Identified } from './identify.ts'
import { openJournal, type JobJournal } from './job-journal.ts'
import { createLoaderSession, type LoaderSession } from './loader-session.ts'
import { preCheck, type FlashRules } from './pre-check.ts'
import { prepare, requireStanding, type Prepared } from './prepare.ts'
import type { FlashRecord } from './record.ts'
import { predictFlash, runFlash } from './runner.ts'
import { createWireTrace, type WireTrace } from './wire-trace.ts'

/** What a flash job needs of the station. */
export type FlashDependencies = {
  readonly store: Store
  readonly audit: AuditLog
  readonly clock: Clock
  readonly ports: PortLister
  readonly owners: PortOwners
  readonly profiles: readonly DeviceProfile[]
  readonly source: FirmwareSource
  readonly rules: FlashRules
}

/** Which bundle (SHA-256 of its manifest) into the device at which port. */
export type FlashRequest = {
  readonly bundle: string
  readonly portPath: string
  /** For a bundle with several payloads of one driver. */
  readonly component?: string
  readonly device?: DeviceHint
}

/** A proven flash: the port is still open, for telemetry; `seen` is what the application has said so far. */
export type Flashed = {
  readonly record: FlashRecord
  readonly device: Device
  readonly lease: PortLease
  readonly seen: Uint8Array
}

type Job = {
  readonly deps: FlashDependencies
  readonly request: FlashRequest
  readonly context: JobContext
  readonly manifest: FirmwareManifest
  readonly port: PortIdentity
  readonly journal: JobJournal
  readonly trace: WireTrace
}

const findPort = async (ports: PortLister, path: string): Promise<PortIdentity> => {
  const port = (await ports()).find((candidate) => candidate.path === path)
  if (port === undefined) throw new AirlockError('port.unknown', { port: path })
  return port
}

/** Asks the device questions of the pre-flight; a no ends the job with its code before anything was erased. */
const check = ({ deps, journal, manifest, port }: Job, profile: DeviceProfile, target: Identified): Device => {
  const { model, serial, hardware, version, facts } = target
  const counter = findDevice(deps.store.read, model, serial)?.counter ?? 0
  const checks: Check[] = preCheck(manifest, { model, hardware, version, counter, loader: facts.loader }, deps.rules)
  const device = deps.store.transact((tx) => sawDevice(tx, deps.clock, { identity: target, profile: profile.id, port }))
  journal.enter('identify', { checks, device: device.id, version_before: version, loader: facts.loader })
  const refusal = checks.find(({ ok }) => !ok)
  if (refusal?.code !== undefined) throw new AirlockError(refusal.code, { detail: refusal.detail ?? refusal.id })
  return device
}

const write = async (job: Job, session: LoaderSession, { plan }: Prepared, device: Device, target: Identified) => {
  const { journal, manifest, context } = job
  // After an interruption, or with the version that is there already, reading first is cheaper than writing.
  const compareFirst = target.how === 'journal' || target.version === manifest.version
  // Asked a second time: a recall list may have come in while the device was asked who it is.
  requireStanding(job.deps.source, job.request.bundle)
  journal.enter('write', { units: plan.units.length }, (tx) => forgetVersion(tx, device.id))
  context.progress({
    stage: 'write',
    done: 0,
    total: plan.units.length,
    etaMs: predictFlash(session, plan, compareFirst),
  })
  return runFlash(session, plan, { compareFirst, emit: (step) => journal.checkpoint(step) })
}

const prove = (running: DeviceIdentity, device: Device, manifest: FirmwareManifest): void => {
  if (!sameDevice(running, device))
    throw new FlashError('wrong-device', {}, { wanted: device.serial, found: running.serial })
  if (running.version !== manifest.version)
    throw new AirlockError('flash.version', { expected: manifest.version, found: running.version })
}

const onPort = async (job: Job, prepared: Prepared, lease: PortLease, session: LoaderSession): Promise<Flashed> => {
  const { deps, request, context, manifest, port, journal } = job
  const { profile } = prepared
  const { signal } = context
  const target = await identify(session, { db: deps.store.read, port, profile, hint: request.device, signal })
  const device = check(job, profile, target)
  const report = await write(job, session, prepared, device, target)
  const { written, skipped, readBackSha256: read_back } = report
  journal.enter('reset', { written, skipped, read_back, recoveries: session.recoveries })
  const { identity, bytes } = await startApplication(
    session,
    profile,
    signal,
    (said) => sameDevice(said, device) && said.version === manifest.version,
  )
  journal.enter('confirm')
  if (identity === undefined)
    throw new AirlockError('flash.unconfirmed', { withinMs: profile.application.bannerWithinMs })
  prove(identity, device, manifest)
  const record = journal.succeed({ recoveries: session.recoveries }, (tx) => {
    sawDevice(tx, deps.clock, { identity, profile: profile.id, port })
    raiseCounter(tx, device.id, manifest.securityCounter)
  })
  return { record, device: getDevice(deps.store.read, device.id), lease, seen: bytes }
}

/**
 * Runs one job to its end. On success the port stays open with the returned lease; otherwise it is closed, the record
 * says why and keeps the wire's last bytes, and the error is thrown.
 * Errors: the codes of `flash.*`, `compat.*`, `rollback.*`, `recall.bundle`, `payload.digest`, `device.*`, `port.unknown`.
 */
export const flashDevice = async (
  deps: FlashDependencies,
  request: FlashRequest,
  actor: Actor,
  context: JobContext,
): Promise<Flashed> => {
  const manifest = deps.source.manifest(request.bundle)
  const port = await findPort(deps.ports, request.portPath)
  const journal = openJournal(deps, { bundle: request.bundle, manifest, port, actor, context })
  const trace = createWireTrace(deps.clock)
  const job: Job = { deps, request, context, manifest, port, journal, trace }
  let lease: PortLease | undefined
  let session: LoaderSession | undefined
  try {
    const prepared = prepare(deps, { bundle: request.bundle, component: request.component }, manifest)
    const { profile, driver, payload, plan } = prepared
    journal.enter('identify', { profile: profile.id, payload: payload.sha256, image_sha256: plan.sha256 })
    lease = await deps.owners.take(port, profile.loader.baud, 'flashing')
    const { application, loader } = profile
    session = createLoaderSession({
      lease,
      driver,
      trace,
      speeds: { loader: loader.baud, application: application.baud },
      signal: context.signal,
      onRecovery: ({ fault, at }) => context.progress({ stage: 'recover', note: `${fault} ${at}` }),
    })
    return await onPort(job, prepared, lease, session)
  } catch (error) {
    try {
      journal.fail(error, { recoveries: session?.recoveries ?? [], trace: trace.text() })
    } finally {
      await lease?.release()
    }
    throw error
  }
}
