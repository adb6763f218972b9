// SPDX-License-Identifier: Apache-2.0
import { createHash, randomUUID } from 'node:crypto'
import type { Actor } from '../../../main/station/audit/entry.ts'
import { FlashError } from '../../../main/station/devices/flash-error.ts'
import { createPortOwners } from '../../../main/station/devices/port-owner.ts'
import { createPortLister } from '../../../main/station/devices/ports.ts'
import { createFlashing } from '../../../main/station/flashing/flashing.ts'
import type { FlashDependencies, FlashRequest } from '../../../main/station/flashing/job.ts'
import type { JobContext, JobProgress } from '../../../main/station/jobs/job.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { firmwareSchema, type FirmwareManifest } from '../../../shared/formats/firmware.ts'
import type { Check } from '../../../shared/verdict.ts'
import { testLog } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'
import { stk500v1Board, type ScriptedBoard } from '../../support/stk500v1-device.ts'
import { noise, profile } from './fixtures.ts'

export const technician: Actor = { uid: 'p-1', login: 'tara', name: 'Tara', role: 'technician' }
export const label = { model: 'line-sensor', serial: 'LS-7', hardware: 'rev-b', confirmed: true }

const mark = (version: string): Uint8Array => new TextEncoder().encode(version.padEnd(16, '\0'))

/** An image that runs when its first and its last bytes name the same version. */
export const firmwareImage = (version: string, length = 4096): Uint8Array => {
  const image = noise(length, version.length + Number(version.split('.')[0]))
  image.set(mark(version))
  image.set(mark(version), length - 16)
  return image
}

const application =
  (serial: string) =>
  (flash: Uint8Array): string | undefined => {
    const text = (from: number): string => Buffer.from(flash.subarray(from, from + 16)).toString('latin1')
    const [first, last] = [text(0), text(4096 - 16)]
    if (first !== last || !/^\d/.test(first)) return undefined
    const boot = { model: 'line-sensor', serial, hw: 'rev-b', fw: first.replaceAll('\0', '') }
    return `\r\nstarting\r\n${JSON.stringify({ boot })}\r\nready\r\n`
  }

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')

const manifestOf = (version: string, image: Uint8Array, change: Partial<FirmwareManifest>): FirmwareManifest =>
  firmwareSchema.parse({
    kind: 'airlock.firmware',
    schema: 1,
    bundleId: randomUUID(),
    vendor: 'acme',
    product: 'line-sensor',
    channel: 'production',
    version,
    securityCounter: 3,
    releasedAt: '2026-05-01T00:00:00Z',
    expires: '2027-05-01T00:00:00Z',
    policyMin: 1,
    importerMin: '0.1.0',
    source: { repository: 'r', commit: 'c', build: 'b', builder: 'b' },
    compat: [{ model: 'line-sensor', hardware: ['rev-b'] }],
    payloads: [
      {
        path: 'payload/app.bin',
        size: image.length,
        sha256: sha256(image),
        component: 'app',
        format: 'bin',
        driver: 'stk500v1',
        options: {},
      },
    ],
    evidence: [],
    ...change,
  })

type BoardOptions = {
  usbSerial?: string
  modemLines?: boolean
  running?: string
  serial?: string
  path?: string
  locationId?: string
}

/** A station's flashing with a board at its only port, everything real but the board and the bundles. */
export const station = (options: BoardOptions = {}) => {
  const clock = testClock()
  const log = testLog(clock, stationMigrations)
  const boards: ScriptedBoard[] = []
  /** Plugs one more board in. */
  const plugIn = ({ running, serial = 'LS-7', ...rest }: BoardOptions): ScriptedBoard => {
    const made = stk500v1Board(clock, { application: application(serial), ...rest })
    if (running !== undefined) made.flash.set(firmwareImage(running))
    boards.push(made)
    return made
  }
  const plugged = (): ScriptedBoard[] => boards.filter((one) => one.plugged())
  const board = plugIn(options)
  const bundles = new Map<string, FirmwareManifest>()
  const contents = new Map<string, Uint8Array>()
  const objections = new Map<string, Check>()
  const deps: FlashDependencies = {
    store: log.store,
    audit: log.audit,
    clock,
    ports: createPortLister([], async () => plugged().map(({ port }) => port)),
    owners: createPortOwners((port, speed) => {
      const found = plugged().find((one) => one.port.path === port.path)
      if (found === undefined) throw new FlashError('unplugged', {}, { port: port.path })
      return found.open(port, speed)
    }, clock),
    profiles: [profile],
    rules: { allowDowngrade: false },
    source: {
      manifest(id) {
        const manifest = bundles.get(id)
        if (manifest === undefined) throw new AirlockError('not-found', { bundle: id })
        return manifest
      },
      objection: (id) => objections.get(id),
      read(digest) {
        const content = contents.get(digest)
        if (content === undefined || sha256(content) !== digest) throw new AirlockError('payload.digest', { digest })
        return content
      },
    },
  }
  const parts = createFlashing(deps)
  const bundle = (version: string, change: Partial<FirmwareManifest> = {}, image = firmwareImage(version)): string => {
    const manifest = manifestOf(version, image, change)
    const id = sha256(new TextEncoder().encode(JSON.stringify(manifest)))
    bundles.set(id, manifest)
    contents.set(sha256(image), image)
    return id
  }
  const told: JobProgress[] = []
  const abort = new AbortController()
  const context = (id: string = randomUUID()): JobContext => ({
    id,
    signal: abort.signal,
    progress: (state) => void told.push(state),
  })
  const start = (request: Partial<FlashRequest> & { bundle: string }, id?: string) =>
    parts.start({ portPath: board.port.path, ...request }, technician, context(id))
  const leaves = (): { action: string; outcome: string; reason?: string; after: Record<string, unknown> }[] =>
    // The first entry is the log's own.
    Array.from({ length: log.audit.head().size - 1 }, (_, index) => {
      const leaf: unknown = JSON.parse(new TextDecoder().decode(log.audit.prove(index + 1).leaf))
      return leaf as never
    })
  return { clock, log, board, plugIn, deps, flashing: parts, bundle, contents, objections, told, abort, start, leaves }
}
