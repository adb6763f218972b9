// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { keepAwakeWhile } from './keep-awake.ts'
import { hostKeyStore } from './key-store.ts'
import { appVersion } from './config.ts'
import { makeDataFolder, stationIdentity, type DataPaths } from './data-folder.ts'
import { createPortCaptures } from './port-captures.ts'
import { createFirstPolicy } from './first-policy.ts'
import { originOf } from './audit/checkpoint.ts'
import { openHeadFile } from './audit/head-file.ts'
import { createLogKey, openLogKey } from './audit/keys.ts'
import { createAuditLog } from './audit/log.ts'
import { createAuditSearch } from './audit/search.ts'
import { createRuns } from './campaigns/runs.ts'
import type { WriteDevice } from './campaigns/scheduler.ts'
import { openVault } from './bundles/vault.ts'
import type { TrustInForce } from './bundles/verify.ts'
import { createPortOwners } from './devices/port-owner.ts'
import { createPortNumbers } from './devices/port-numbers.ts'
import { createPortWatch } from './devices/port-watch.ts'
import { createPortLister } from './devices/ports.ts'
import { loadProfiles } from './devices/profile.ts'
import { openSerial } from './devices/serial-transport.ts'
import { createFlashing } from './flashing/flashing.ts'
import { vaultFirmware } from './flashing/vault-firmware.ts'
import { createSiteKeys, openSiteKeys } from './exports/site-keys.ts'
import { createIdentity } from './identity/identity.ts'
import { createJobs } from './jobs/jobs.ts'
import { createDriveRegister } from './media/drive-register.ts'
import { openDrives } from './open-drives.ts'
import type { Clock } from './platform/clock.ts'
import { factsOf } from './platform/files.ts'
import type { Log } from './platform/log.ts'
import { watchUdev } from './platform/udev.ts'
import type { KeyWrap } from './platform/wrapped-key.ts'
import { holdFolder } from './store/lock.ts'
import { stationMigrations } from './store/migrations/station.ts'
import { telemetryMigrations } from './store/migrations/telemetry.ts'
import { openStore } from './store/open.ts'
import { makeRoom, openStorage } from './storage.ts'
import { createTrustImport } from './trust-import.ts'
import { createTelemetry } from './telemetry/telemetry.ts'
import { portAt } from './port-handlers.ts'
import { meant, writeDevice } from './write-device.ts'
import { createOverrides } from './trust/overrides.ts'
import { openTrustStore } from './trust/policy-store.ts'
import { createWaitingPolicies } from './trust/waiting-policies.ts'
import { createWithdrawals } from './trust/withdrawals.ts'
import { withdrawalEffect } from './withdrawal-effect.ts'
import { createStationKey, openStationKey } from './trust/station-key.ts'
import type { HostContract } from '../../shared/host/host.ts'
import type { Client } from '../../shared/rpc/client.ts'

/** Where a station keeps its data, and what is configured: folders that count as drives, ports that no list shows. */
export type StationOptions = {
  readonly data: string
  readonly drives: readonly string[]
  /** Only what is mounted below these folders counts as a drive; absent: what the system calls removable. */
  readonly media?: readonly string[]
  readonly ports: readonly string[]
  /** Device profiles and policies that came with Airlock. */
  readonly resources: string
}

/** What the station stands on: time, the diagnostic log, the line to its host. */
export type StationGround = { readonly clock: Clock; readonly log: Log; readonly host: Client<HostContract> }

/**
 * Keys are made at the first start only: one that is gone later was lost or taken, and a new one would hide that. All at
 * once, because a passphrase costs half a second for each.
 */
const openKeys = async (paths: DataPaths, origin: string, wrap: KeyWrap) => {
  const { database, key: logKey } = paths.log
  const mayMake = (path: string): boolean => factsOf(path) === undefined && factsOf(database) === undefined
  const { stationKey: ownKey, pseudonymKey } = paths
  const [key, stationKey, siteKeys] = await Promise.all([
    mayMake(logKey) ? createLogKey(logKey, origin, wrap) : openLogKey(logKey, wrap),
    mayMake(ownKey) ? createStationKey(ownKey, wrap) : openStationKey(ownKey, wrap),
    mayMake(pseudonymKey) ? createSiteKeys(pseudonymKey, wrap) : openSiteKeys(pseudonymKey, wrap),
  ])
  return { key, stationKey, siteKeys }
}

/** The foundation: the folder is held, the stores are open, the log is checked. Errors: `station.already-running`, `audit.key`, `storage.*`. */
const openGround = async ({ data }: StationOptions, { clock, host }: StationGround) => {
  const paths = makeDataFolder(data)
  makeRoom(data)
  const lock = holdFolder(paths.lock)
  const { stationId, epoch } = stationIdentity(paths)
  const wrap = await hostKeyStore(host)
  const { key, stationKey, siteKeys } = await openKeys(paths, originOf(stationId, epoch), wrap)
  const store = openStore(paths.log.database, stationMigrations)
  const measured = openStore(paths.telemetry, telemetryMigrations)
  const headFile = openHeadFile(paths.log.headFile)
  const audit = createAuditLog({ store, clock, key, headFile, stationId, epoch, appVersion, buildHash: 'source' })
  return { paths, lock, stationId, key, stationKey, siteKeys, store, measured, audit }
}

/** Everything a station is made of, in the order of the layers. */
export const openParts = async (options: StationOptions, ground: StationGround) => {
  const { clock, log } = ground
  const foundation = await openGround(options, ground)
  const { store, measured, audit, paths } = foundation
  const identity = createIdentity({ store, audit, clock })
  const trust = openTrustStore({ store, audit, clock })
  const { signatures } = identity
  const inForce = (): TrustInForce | undefined => {
    const document = trust.policy()
    const policy = document === undefined ? undefined : waitingPolicies.lessTakenAway(document)
    const recall = trust.recall()?.list
    const here = withdrawals.inForce()
    return policy === undefined ? undefined : { policy, here, ...(recall === undefined ? {} : { recall }) }
  }
  const withdrawals = createWithdrawals({
    store,
    audit,
    clock,
    signatures,
    effectOf: (target) => withdrawalEffect(store.read, inForce(), target),
  })
  const waitingPolicies = createWaitingPolicies({ store, audit, clock, signatures, trust })
  const overrides = createOverrides({ store, audit, clock })
  const register = createDriveRegister({ store, audit, clock })
  const drives = openDrives(options, { audit, register }, ground)
  const jobs = createJobs({ store, audit, clock, log })
  const vault = openVault(paths.vault)
  const ports = createPortLister(options.ports)
  const owners = createPortOwners(openSerial, clock)
  const profiles = loadProfiles(join(options.resources, 'profiles'))
  const source = vaultFirmware({ store, vault, trust: inForce })
  const flash = { store, audit, clock, ports, owners, profiles, source, rules: { allowDowngrade: false } }
  const flashing = keepAwakeWhile(createFlashing(flash), ground.host, log)
  const { stationId } = foundation
  const storage = openStorage({ data: options.data, paths, read: store.read, audit, stationId, clock, log })
  const hasRoom = (): boolean => ['good', 'low'].includes(storage.last().state)
  const telemetry = createTelemetry({ store: measured, clock, log, hasRoom })
  const captures = createPortCaptures({ telemetry, log })
  const write: WriteDevice = async ({ bundle, port, ...known }, actor, context) => {
    const { path: portPath } = await portAt({ ports }, port)
    const parts = { store, audit, clock, log, ports, owners, profiles, captures, flashing }
    return writeDevice(parts, { bundle, portPath, ...meant(known) }, actor, context)
  }
  return {
    ...foundation,
    options,
    clock,
    log,
    host: ground.host,
    search: createAuditSearch(store),
    identity,
    trust,
    inForce,
    overrides,
    withdrawals,
    waitingPolicies,
    firstPolicy: createFirstPolicy({ trust, audit }),
    drives,
    register,
    trustImport: createTrustImport({ store, audit, clock, trust, drives, overrides, waitingPolicies }),
    jobs,
    vault,
    ports,
    portNumbers: createPortNumbers({ store, audit }),
    portWatch: createPortWatch({ clock, monitor: (poke) => watchUdev('tty', poke) }),
    owners,
    profiles,
    source,
    flashing,
    storage,
    telemetry,
    captures,
    runs: createRuns({ store, audit, clock, log, jobs, write }),
  }
}
export type Parts = Awaited<ReturnType<typeof openParts>>
