// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Leaf } from './audit/leaf.ts'
import { getDevice, type Device } from './devices/registry.ts'
import type { RawRecord } from './exports/sanitize/raw-record.ts'
import { listEnded, type FlashRecord } from './flashing/record.ts'
import type { Parts } from './parts.ts'

type Flash = { readonly record: FlashRecord; readonly device: Device | undefined }

/** A serial number is what telemetry calls a device too: the pseudonyms of both are the same. */
const deploy = ({ record, device }: Flash): RawRecord => {
  const ended = record.endedAt ?? record.startedAt
  return {
    table: 'deploys',
    fields: {
      job: record.id,
      device: device?.serial ?? null,
      model: device?.model ?? null,
      hardware: device?.hardware ?? null,
      driver: 'stk500v1',
      from_version: record.versionBefore,
      to_version: record.version,
      bundle: record.bundle,
      image: record.payload,
      result: record.outcome,
      step: record.state,
      t: ended,
      seconds: (ended - record.startedAt) / 1000,
    },
  }
}

const flashReceipt = ({ record, device }: Flash): RawRecord => ({
  table: 'receipts',
  fields: {
    id: record.id,
    t: record.endedAt ?? record.startedAt,
    kind: 'flash',
    device: device?.serial ?? null,
    bundle: record.bundle,
    product: record.product,
    version: record.version,
    result: record.outcome,
    code: record.code,
  },
})

const imported = z.object({ product: z.string().nullish(), version: z.string().nullish() })

const importReceipt = (leaf: Leaf): RawRecord => {
  const { product = null, version = null } = imported.catch({}).parse(leaf.after)
  const { outcome: result, reason: code } = leaf
  const fields = { id: leaf.id, t: leaf.wall_ms, kind: 'import', device: null, product, version, result, code }
  return { table: 'receipts', fields: { ...fields, bundle: leaf.object.id === '' ? null : leaf.object.id } }
}

/** Imports and refusals of a period, from the log, a page at a time. */
const imports = function* ({ search }: Parts, from: number, to: number): Generator<Leaf> {
  const pageSize = 500
  let before: number | undefined
  do {
    const filter = { action: 'bundle.import', from, to, ...(before === undefined ? {} : { before }) }
    const page = search.page(filter, pageSize)
    yield* page
    before = page.length === pageSize ? page.at(-1)?.seq : undefined
  } while (before !== undefined)
}

/** Everything that may leave for a period (ms UTC, end excluded): telemetry, flash records, receipts. */
export const exportRecords = function* (parts: Parts, from: number, to: number): Generator<RawRecord> {
  parts.telemetry.flush()
  yield* parts.telemetry.records(from, to)
  const { read } = parts.store
  for (const record of listEnded(read, from, to)) {
    const flash = { record, device: record.device === null ? undefined : getDevice(read, record.device) }
    yield deploy(flash)
    yield flashReceipt(flash)
  }
  for (const leaf of imports(parts, from, to)) yield importReceipt(leaf)
}
