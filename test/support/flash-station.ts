// SPDX-License-Identifier: Apache-2.0
/**
 * A station's flashing over real files, a real serial port and a real audit log; only the bundle is made up. Run as a
 * program it flashes one image and prints what came of it: something to be killed.
 *   node flash-station.ts FOLDER PORT IMAGE VERSION [confirmed]
 */
import { createHash, createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { logKeyOf } from '../../main/station/audit/keys.ts'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { createPortOwners } from '../../main/station/devices/port-owner.ts'
import { createPortLister } from '../../main/station/devices/ports.ts'
import { loadProfiles } from '../../main/station/devices/profile.ts'
import { openSerial } from '../../main/station/devices/serial-transport.ts'
import { createFlashing } from '../../main/station/flashing/flashing.ts'
import type { FlashRequest } from '../../main/station/flashing/job.ts'
import type { JobProgress } from '../../main/station/jobs/job.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { devices } from '../../main/station/store/migrations/0005-devices.ts'
import { flashing } from '../../main/station/store/migrations/0006-flashing.ts'
import { openStore } from '../../main/station/store/open.ts'
import { firmwareSchema, type FirmwareManifest } from '../../shared/formats/firmware.ts'

const station = 'c0ffee00-0000-4000-8000-00000000f1a5'
const actor = { uid: 'p-1', login: 'tara', name: 'Tara', role: 'technician' }

/** The label of the emulated board, as a person reads it. */
export const boardLabel = { model: 'dosing-controller', serial: 'DC-0042-7Q', hardware: 'rev-c', confirmed: true }

const privateKey = (folder: string) => {
  const path = join(folder, 'log-key.pem')
  if (!existsSync(path)) {
    const fresh = generateKeyPairSync('ed25519').privateKey
    writeFileSync(path, fresh.export({ type: 'pkcs8', format: 'pem' }))
  }
  return createPrivateKey(readFileSync(path))
}

const manifestOf = (image: Uint8Array, version: string): FirmwareManifest =>
  firmwareSchema.parse({
    kind: 'airlock.firmware',
    schema: 1,
    bundleId: randomUUID(),
    vendor: 'acme',
    product: 'dosing-controller',
    channel: 'production',
    version,
    securityCounter: 1,
    releasedAt: '2026-05-01T00:00:00Z',
    expires: '2027-05-01T00:00:00Z',
    policyMin: 1,
    importerMin: '0.1.0',
    source: { repository: 'r', commit: 'c', build: 'b', builder: 'b' },
    compat: [{ model: 'dosing-controller', hardware: ['rev-c'] }],
    payloads: [
      {
        path: 'payload/app.bin',
        size: image.length,
        sha256: createHash('sha256').update(image).digest('hex'),
        component: 'app',
        format: 'bin',
        driver: 'stk500v1',
        options: {},
      },
    ],
    evidence: [],
  })

/** Opens the station in a folder, and again after a crash. */
export const flashStation = (folder: string, ports: readonly string[], image: Uint8Array, version: string) => {
  mkdirSync(join(folder, 'head'), { recursive: true })
  const store = openStore(join(folder, 'station.db'), [auditMigration, { ...devices, id: 2 }, { ...flashing, id: 3 }])
  const audit = createAuditLog({
    store,
    clock: systemClock,
    key: logKeyOf(originOf(station, 1), privateKey(folder)),
    headFile: openHeadFile(join(folder, 'head', 'audit-head')),
    stationId: station,
    epoch: 1,
    appVersion: '0.1.0',
    buildHash: 'source',
  })
  const owners = createPortOwners(openSerial, systemClock)
  const manifest = manifestOf(image, version)
  const parts = createFlashing({
    store,
    audit,
    clock: systemClock,
    ports: createPortLister(ports, async () => []),
    owners,
    profiles: loadProfiles(join(import.meta.dirname, '../../resources/profiles')),
    rules: { allowDowngrade: false },
    source: { manifest: () => manifest, objection: () => undefined, read: () => image },
  })
  const told: JobProgress[] = []
  const start = (request: Omit<FlashRequest, 'bundle'>, id: string = randomUUID()) =>
    parts.start({ bundle: 'b'.repeat(64), ...request }, actor, {
      id,
      signal: new AbortController().signal,
      progress: (state) => void told.push(state),
    })
  return { store, audit, owners, told, start, recoverJobs: () => parts.recoverJobs() }
}

if (import.meta.main) {
  const [folder = '', port = '', image = '', version = '', confirmed] = process.argv.slice(2)
  const at = flashStation(folder, [port], readFileSync(image), version)
  const { record, lease } = await at.start({
    portPath: port,
    ...(confirmed === undefined ? {} : { device: boardLabel }),
  })
  process.stdout.write(`${JSON.stringify(record)}\n`)
  await lease.release()
  at.store.close()
}
