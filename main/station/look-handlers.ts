// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { lookCalls } from '../../shared/contract/look-calls.ts'
import { timeMs } from '../../shared/formats/scalars.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { parseLeaf, type Leaf } from './audit/leaf.ts'
import { thingOf } from './audit/thing.ts'
import { getBundle } from './bundles/rows.ts'
import { signersOf } from './bundles/signers.ts'
import type { Caller } from './caller.ts'
import { isWhereItWas, socketOf } from './devices/ports.ts'
import { listDevices, type Device } from './devices/registry.ts'
import type { Parts } from './parts.ts'

type LookHandlers = Pick<Handlers<Contract, Caller>, keyof typeof lookCalls>

/** An entry as lists show it. */
export const toRow = ({ seq, wall_ms: at, actor, action, object, after, outcome, reason }: Leaf) => ({
  seq,
  at,
  actor: actor.name,
  role: actor.role,
  action,
  object: { ...object },
  thing: thingOf({ object, after }),
  outcome,
  reason,
})

const toDevice = ({ id, serial, model, hardware, version, lastSeen }: Device) => ({
  id,
  serial,
  model,
  hardware,
  version,
  lastSeen,
})

/** RFC 6962, 2.1: a leaf is hashed behind a zero byte. */
const leafHash = (leaf: Uint8Array): string => createHash('sha256').update(Uint8Array.of(0)).update(leaf).digest('hex')

const given = <T extends object>(filter: T) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))

/** One thing with its details. */
export const lookHandlers = ({ store, audit, search, ports, telemetry, overrides }: Parts): LookHandlers => ({
  'bundles.details': ({ id }) => {
    const { manifest, signatures, keys: _keys, ...bundle } = getBundle(store.read, id)
    return {
      bundle,
      releasedAt: timeMs(manifest.releasedAt),
      expires: timeMs(manifest.expires),
      signedBy: [...new Set(signatures.map(({ role }) => role))],
      signers: signersOf(store.read, id),
      compat: manifest.compat.map(({ model, hardware }) => ({ model, hardware: hardware ?? null })),
      exceptions: overrides.usedFor(id),
      payloadBytes: manifest.payloads.reduce((sum, { size }) => sum + size, 0),
    }
  },
  'ports.devices': async () => {
    const devices = listDevices(store.read)
    return {
      ports: (await ports()).flatMap((port) => {
        const device = devices.find((one) => isWhereItWas(port, one.port))
        return device === undefined ? [] : [{ id: socketOf(port), device: toDevice(device) }]
      }),
    }
  },
  'audit.find': ({ limit, offset, before = audit.head().size, ...narrow }) => {
    const narrowing = given(narrow)
    const filter = { ...narrowing, before }
    return {
      entries: search.page(filter, limit, offset).map(toRow),
      // Sequence numbers have no gaps: without a filter there is nothing to count.
      count: Object.keys(narrowing).length === 0 ? before : search.count(filter),
      size: audit.head().size,
    }
  },
  'audit.entry': ({ seq }) => {
    if (seq >= audit.head().size) throw new AirlockError('not-found', { entry: seq })
    const { leaf, size, proof } = audit.prove(seq)
    const text = new TextDecoder().decode(leaf)
    return { entry: toRow(parseLeaf(leaf)), text, hash: leafHash(leaf), treeSize: size, proof: [...proof] }
  },
  'telemetry.series': ({ device }) => {
    telemetry.flush()
    return { series: telemetry.seriesOf(device).map(({ id, name, labels, unit }) => ({ id, name, labels, unit })) }
  },
  'telemetry.chart': (ask) => {
    const { width, rows } = telemetry.chart(ask)
    return { width, rows: rows.map((row) => ({ ...row })) }
  },
})
