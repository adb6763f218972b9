// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, time, uuid } from './values.ts'

const printers = ['technician', 'officer', 'administrator', 'auditor'] as const

/** What can be printed: any page as it is, or a sheet that is made for paper. */
export const printKind = z.enum(['page', 'refusal', 'slip', 'fault', 'record', 'label'])
const objectId = z.string().min(1).max(256)

/** One thing on paper, and the how-manieth printing of it this is: the sheet itself says `COPY 2`. */
const printed = z.strictObject({ id: objectId, copy: z.number().int().min(1).max(10_000) })
const sheets = z.array(printed).min(1).max(64)

/** Paper: previewed by the page, printed by the host, written into the log with its count. */
export const printCalls = {
  /** Which printing of each thing would be the next one: 1 where it was never printed. */
  'print.copies': call({
    params: z.strictObject({ kind: printKind, ids: z.array(objectId).min(1).max(64) }),
    result: z.strictObject({ copies: z.array(printed) }),
    roles: printers,
    audit: 'none',
  }),
  /**
   * Prints what the page shows for paper. Each thing has an entry before the printer gets it, and another one when the
   * printer did not take it. Errors: `print.failed`, `print.not-updated` (a label for a device that was not updated).
   */
  'print.start': call({
    params: z.strictObject({
      kind: printKind,
      sheets,
      paper: z.enum(['a4', 'letter', 'label']),
      count: z.number().int().min(1).max(50),
    }),
    result: z.strictObject({ entries: z.array(count) }),
    roles: printers,
    audit: 'entry',
  }),
  /** The same as a PDF file on a drive. */
  'print.save': call({
    params: z.strictObject({ kind: printKind, sheets, driveId: z.string() }),
    result: z.strictObject({ name: z.string(), entries: z.array(count) }),
    roles: printers,
    audit: 'entry',
  }),
  /** What stands on the transfer slip of a written export. */
  'print.slip': call({
    params: z.strictObject({ id: uuid }),
    result: z.strictObject({
      number: count,
      sha256: hex64,
      contentDigest: hex64,
      bytes: count,
      records: count,
      from: time,
      to: time,
      reason: z.string(),
      requestedBy: z.string(),
      approvedBy: z.string(),
      approvedAt: time,
      copies: z.array(z.strictObject({ medium: z.string(), name: z.string(), at: time })),
    }),
    roles: printers,
    audit: 'none',
  }),
} as const
