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
import type { Claim, Claims } from './claims.ts'
import type { FirmwareSource } from './firmware-source.ts'
import { identify, type DeviceHint, type Identified } from './identify.ts'
import { openJournal, type JobJournal } from './job-journal.ts'
import { leftAt, leftBy } from './left-behind.ts'
import { createLoaderSession, type LoaderSession, type Recovery } from './loader-session.ts'
import { preCheck, type FlashRules } from './pre-check.ts'
import { prepare, requireStanding, type Prepared } from './prepare.ts'
import { getRecord, type FlashRecord } from './record.ts'
import { awaitReplug, isLoosePlug, mostReplugs } from './replug.ts'
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

/** Which device a job has found, and what makes it the only one that works on it. */
type Found = { readonly device: Device; readonly claim: Claim }

type Job = {
  readonly deps: FlashDependencies
  readonly claims: Claims
  readonly request: FlashRequest
  readonly context: JobContext
  readonly manifest: FirmwareManifest
  readonly prepared: Prepared
  readonly journal: JobJournal
  readonly trace: WireTrace
  readonly recoveries: Recovery[]
  /** Where the device is; another port after it was plugged in elsewhere. */
  port: PortIdentity
  found: Found | undefined
}

const findPort = async (ports: PortLister, path: string): Promise<PortIdentity> => {
  const port = (await ports()).find((candidate) => candidate.path === path)
  if (port === undefined) throw new AirlockError('port.unknown', { port: path })
  return port
}

/** Asks the device questions of the pre-flight; a no ends the job with its code before anything was erased. */
const check = ({ deps, claims, journal, manifest, port, prepared }: Job, target: Identified): Found => {
  const { model, serial, hardware, version, how, facts } = target
  const profile = prepared.profile.id
  const counter = findDevice(deps.store.read, model, serial)?.counter ?? 0
  const checks: Check[] = preCheck(manifest, { model, hardware, version, counter, loader: facts.loader }, deps.rules)
  // What a half-written device ran before is no version that it has.
  const identity = { ...target, version: how === 'banner' ? version : null }
  const device = deps.store.transact((tx) => sawDevice(tx, deps.clock, { identity, profile, port }))
  const claim = claims.claim(device, port.path)
  try {
    journal.enter('identify', { checks, device: device.id, version_before: version, loader: facts.loader })
    const refusal = checks.find(({ ok }) => !ok)
    if (refusal?.code !== undefined)
      throw new AirlockError(refusal.code, { ...refusal.facts, detail: refusal.detail ?? refusal.id })
  } catch (error) {
    claim.end()
    throw error
  }
  return { device, claim }
}

const write = async (job: Job, session: LoaderSession, { device, claim }: Found, target: Identified) => {
  const { journal, manifest, context, prepared } = job
  const { plan } = prepared
  // After an interruption, or with the version that is there already, reading first is cheaper than writing.
  const compareFirst = target.how === 'journal' || target.version === manifest.version
  // Asked a second time: a recall list may have come in while the device was asked who it is.
  requireStanding(job.deps.source, job.request.bundle)
  claim.hold()
  const begun = { units: plan.units.length, units_done: target.standing }
  journal.enter('write', begun, (tx) => forgetVersion(tx, device.id))
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

/** Who is at the port: as the plan says, or, after the plug was pulled, still the one that this job has begun with. */
const whoIsThere = async (job: Job, session: LoaderSession): Promise<[Identified, Found]> => {
  const { deps, request, context, port, prepared, found } = job
  const db = deps.store.read
  const asked = { db, port, profile: prepared.profile, plan: prepared.plan, signal: context.signal }
  if (found === undefined) {
    const target = await identify(session, { ...asked, hint: request.device, left: leftAt(db, port, request.device) })
    job.found = check(job, target)
    return [target, job.found]
  }
  const left = leftBy(db, getRecord(db, context.id))
  const { model, serial } = found.device
  const target = await identify(session, { ...asked, hint: { model, serial, confirmed: false }, left })
  return [target, found]
}

const onPort = async (job: Job, lease: PortLease, session: LoaderSession): Promise<Flashed> => {
  const { deps, context, manifest, journal, prepared } = job
  const { profile } = prepared
  const [target, found] = await whoIsThere(job, session)
  const { device } = found
  const report = await write(job, session, found, target)
  const { written, skipped, readBackSha256: read_back } = report
  journal.enter('reset', { written, skipped, read_back, recoveries: session.recoveries })
  const { identity, bytes } = await startApplication(
    session,
    profile,
    context.signal,
    (said) => sameDevice(said, device) && said.version === manifest.version,
  )
  journal.enter('confirm')
  if (identity === undefined)
    throw new AirlockError('flash.unconfirmed', { withinMs: profile.application.bannerWithinMs })
  prove(identity, device, manifest)
  const record = journal.succeed({ recoveries: session.recoveries }, (tx) => {
    sawDevice(tx, deps.clock, { identity, profile: profile.id, port: job.port })
    raiseCounter(tx, device.id, manifest.securityCounter)
  })
  return { record, device: getDevice(deps.store.read, device.id), lease, seen: bytes }
}

/** One plug: opens the port, works, and closes it where that did not end well. */
const attempt = async (job: Job): Promise<Flashed> => {
  const { deps, context, prepared, recoveries, trace } = job
  const { application, loader } = prepared.profile
  const lease = await deps.owners.take(job.port, loader.baud, 'flashing')
  try {
    const session = createLoaderSession({
      lease,
      driver: prepared.driver,
      trace,
      speeds: { loader: loader.baud, application: application.baud },
      signal: context.signal,
      onRecovery: ({ fault, at }) => context.progress({ stage: 'recover', note: `${fault} ${at}` }),
      recoveries,
    })
    return await onPort(job, lease, session)
  } catch (error) {
    await lease.release()
    throw error
  }
}

/** Whether the device is back, and the job knows where. It is only waited for in the middle of writing. */
const isBack = async (job: Job, error: unknown, again: boolean): Promise<boolean> => {
  const { deps, context, journal, recoveries } = job
  if (job.found === undefined || !isLoosePlug(error, again)) return false
  const replugs = recoveries.filter(({ fault }) => fault === 'unplugged').length
  const record = getRecord(deps.store.read, context.id)
  const left = leftBy(deps.store.read, record)
  if (replugs === mostReplugs || left === undefined) return false
  context.progress({ stage: 'unplugged', done: left.units, total: record.units ?? 0 })
  const port = await awaitReplug(deps, job.port, context.signal)
  if (port === undefined) return false
  job.port = port
  recoveries.push({ fault: 'unplugged', at: -1, attempt: replugs + 1 })
  journal.moved(port)
  return true
}

const untilDone = async (job: Job): Promise<Flashed> => {
  for (let again = false; ; again = true) {
    try {
      return await attempt(job)
    } catch (error) {
      if (!(await isBack(job, error, again))) throw error
    }
  }
}

/**
 * Runs one job to its end. On success the port stays open with the returned lease; otherwise it is closed, the record
 * says why and keeps the wire's last bytes, and the error is thrown. A device with a USB serial number that is unplugged
 * while it is written is waited for, in any socket, and written on.
 * Errors: the codes of `flash.*`, `compat.*`, `rollback.*`, `recall.bundle`, `payload.digest`, `device.*`, `port.unknown`.
 */
export const flashDevice = async (
  deps: FlashDependencies,
  claims: Claims,
  request: FlashRequest,
  actor: Actor,
  context: JobContext,
): Promise<Flashed> => {
  const { bundle, component } = request
  const manifest = deps.source.manifest(bundle)
  const port = await findPort(deps.ports, request.portPath)
  const journal = openJournal(deps, { bundle, manifest, port, actor, context })
  const trace = createWireTrace(deps.clock)
  const recoveries: Recovery[] = []
  let job: Job | undefined
  try {
    const prepared = prepare(deps, { bundle, component }, manifest)
    const { profile, payload, plan } = prepared
    journal.enter('identify', { profile: profile.id, payload: payload.sha256, image_sha256: plan.sha256 })
    job = { deps, claims, request, context, manifest, prepared, journal, trace, recoveries, port, found: undefined }
    return await untilDone(job)
  } catch (error) {
    journal.fail(error, { recoveries, trace: trace.text() })
    throw error
  } finally {
    job?.found?.claim.end()
  }
}
