// SPDX-License-Identifier: Apache-2.0
/**
 * The rows of a telemetry archive, one JSON object a line (docs/formats/telemetry-archive.md, tables). A sanitization
 * policy may drop any field: each may be absent or null. A field that is not named here is refused.
 */
import { z } from 'zod'
import type { TableName } from './telemetry-archive.ts'

/** What a column holds: a string, a whole number (milliseconds UTC where it is a time), any finite number. */
export type ColumnType = 'text' | 'whole' | 'number'

/** Fields of each table. `device` and `session` are pseudonyms; times are milliseconds UTC. */
export const tableColumns = {
  crashes: {
    session: 'text',
    device: 'text',
    t: 'whole',
    seq: 'whole',
    kind: 'text',
    reason: 'text',
    fingerprint: 'text',
  },
  deploys: {
    job: 'text',
    device: 'text',
    model: 'text',
    hardware: 'text',
    driver: 'text',
    from_version: 'text',
    to_version: 'text',
    bundle: 'text',
    image: 'text',
    result: 'text',
    step: 'text',
    t: 'whole',
    seconds: 'number',
  },
  events: {
    session: 'text',
    device: 'text',
    t: 'whole',
    seq: 'whole',
    severity: 'whole',
    code: 'text',
    template: 'text',
    arguments: 'text',
    line: 'text',
  },
  points: {
    session: 'text',
    device: 'text',
    series: 'text',
    labels: 'text',
    unit: 'text',
    kind: 'text',
    t: 'whole',
    t_dev: 'number',
    seq: 'whole',
    value: 'number',
  },
  receipts: {
    id: 'text',
    t: 'whole',
    kind: 'text',
    device: 'text',
    bundle: 'text',
    product: 'text',
    version: 'text',
    result: 'text',
    code: 'text',
  },
  sessions: {
    session: 'text',
    device: 'text',
    model: 'text',
    hardware: 'text',
    firmware: 'text',
    build: 'text',
    port: 'text',
    kind: 'text',
    started: 'whole',
    ended: 'whole',
    boot_reason: 'text',
    end_reason: 'text',
  },
} as const satisfies Record<TableName, Record<string, ColumnType>>

const column = {
  text: z.string().max(65_536).nullish(),
  whole: z.int().nullish(),
  number: z.number().nullish(),
} as const satisfies Record<ColumnType, z.ZodType>

/** A row of `table`: unknown fields are refused, known ones may be absent or null. */
export const rowSchema = (table: TableName): z.ZodType<Record<string, string | number | null | undefined>> =>
  z.strictObject(Object.fromEntries(Object.entries(tableColumns[table]).map(([key, type]) => [key, column[type]])))
