// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { newId } from '../platform/ids.ts'
import type { SqlValue, Store, WriteHandle } from '../store/open.ts'
import { z } from 'zod'
import { createKnownSeries } from './known-series.ts'
import { createKnownTemplates } from './known-templates.ts'
import type { Output, SessionFacts } from './output.ts'
import { createRecordMinutes } from './record-minutes.ts'
import { writePoints, type PointRow } from './write-points.ts'

/** What is counted of a capture; written with every batch, so that it is as true as the rows beside it. */
export type Progress = {
  bytes: number
  droppedBytes: number
  framingErrors: number
  lines: number
  parsedLines: number
  /** Records so far: the next `seq`. */
  records: number
  clockSteps: number
  closed?: { readonly t: number; readonly reason: string; readonly sha256: string }
}

/** A capture as the writer knows it: its row, and the rows of its sessions by their ordinal. */
export type Source = { readonly id: number; readonly sessions: Map<number, number>; readonly progress: Progress }

/** Records of one line and the capture that they came from; items stand in order of arrival. */
export type Item = { readonly source: Source; readonly outputs: readonly Output[] }

/** What a capture is opened with. */
export type CaptureFacts = {
  readonly uuid: string
  readonly port: string
  readonly location: string | null
  readonly baud: number
  readonly parser: string
  readonly opened: number
}

/** The one writer of `telemetry.db`. Each call is one transaction: when it returns, its rows survive a power cut. */
export type BatchWriter = {
  open(facts: CaptureFacts): Source
  write(items: readonly Item[], sources: Iterable<Source>): void
}

const idRow = z.object({ id: z.number() })

/** The store must have nobody else who writes. */
export const createBatchWriter = (store: Store): BatchWriter => {
  const series = createKnownSeries()
  const templates = createKnownTemplates()

  const writeOne = (tx: WriteHandle, session: number, output: Output, points: PointRow[]): void => {
    if (output.type === 'point') {
      const { device, sample, t, seq, tDev } = output
      points.push({ series: series.find(tx, device, sample), t, seq, session, tDev, value: sample.value })
    } else if (output.type === 'event') {
      const { template, arguments: values } = templates.find(tx, output.event.text)
      const { severity, code } = output.event
      const { t, seq, tDev, line, encoding } = output
      tx.run(insertEvent, t, session, seq, tDev, severity, code, template, values, encoding, line)
    } else writeRare(tx, session, output)
  }

  const writeAll = (tx: WriteHandle, items: readonly Item[], sources: Iterable<Source>): void => {
    const points: PointRow[] = []
    const heard = new Map<number, number>()
    const minutes = createRecordMinutes()
    for (const { source, outputs } of items) {
      for (const output of outputs) {
        const session = sessionOf(tx, source, output)
        heard.set(session, output.t)
        minutes.add(session, output)
        writeOne(tx, session, output, points)
      }
    }
    writePoints(tx, points)
    minutes.write(tx)
    for (const [session, t] of heard) tx.run(updateHeard, t, session)
    for (const source of sources) writeProgress(tx, source)
  }

  return {
    open: (facts) => ({
      id: store.transact((tx) => insertCapture(tx, facts)),
      sessions: new Map(),
      progress: noProgress(),
    }),
    write(items, sources) {
      try {
        store.transact((tx) => writeAll(tx, items, sources))
      } catch (error) {
        series.forget()
        templates.forget()
        throw error
      }
    },
  }
}

const noProgress = (): Progress => ({
  bytes: 0,
  droppedBytes: 0,
  framingErrors: 0,
  lines: 0,
  parsedLines: 0,
  records: 0,
  clockSteps: 0,
})

const insertCapture = (tx: WriteHandle, facts: CaptureFacts): number => {
  const { uuid, port, location, baud, parser, opened } = facts
  const sql = 'INSERT INTO capture (uuid, port, location, baud, parser, opened) VALUES (?, ?, ?, ?, ?, ?) RETURNING id'
  return idRow.parse(tx.get(sql, uuid, port, location, baud, parser, opened)).id
}

const insertEvent = `INSERT INTO event (t_host, session, seq, t_dev, severity, code, template, arguments, encoding, line)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const insertSession = `INSERT INTO session
(uuid, capture, device, serial, model, hardware, firmware, build, kind, boot_reason, boots, started, last_heard)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
const updateSession = `UPDATE session SET device = ?, serial = ?, model = ?, hardware = ?, firmware = ?, build = ?,
kind = ?, boot_reason = ?, boots = ? WHERE id = ?`
const updateHeard = 'UPDATE session SET last_heard = max(last_heard, ?) WHERE id = ?'
const insertCrash = `INSERT INTO crash (kind, reason, frames, fingerprint, t_host, session, seq, t_dev)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const updateCrash = `UPDATE crash SET kind = ?, reason = ?, frames = ?, fingerprint = ?
WHERE t_host = ? AND session = ? AND seq = ?`
const insertLine = 'INSERT INTO line (t_host, session, seq, encoding, whole, text) VALUES (?, ?, ?, ?, ?, ?)'

const factsOf = ({ identity, kind, reason, boots }: SessionFacts): SqlValue[] => {
  const { device, serial = null, model = null, hardware = null, firmware = null, build = null } = identity
  return [device, serial, model, hardware, firmware, build, kind, reason, boots ?? null]
}

/** The row of the record's session; made here when the record opens it. */
const sessionOf = (tx: WriteHandle, source: Source, output: Output): number => {
  if (output.type === 'session-open') {
    const row = tx.get(insertSession, newId(), source.id, ...factsOf(output), output.t, output.t)
    source.sessions.set(output.session, idRow.parse(row).id)
  }
  const id = source.sessions.get(output.session)
  if (id === undefined) throw new AirlockError('internal', { what: 'a record without its session' })
  return id
}

type Rare = Exclude<Output, { type: 'point' | 'event' }>

const writeRare = (tx: WriteHandle, session: number, output: Rare): void => {
  switch (output.type) {
    case 'session-open':
      return
    case 'session-facts':
      tx.run(updateSession, ...factsOf(output), session)
      return
    case 'session-close':
      tx.run('UPDATE session SET ended = ?, end_reason = ? WHERE id = ?', output.t, output.reason, session)
      return
    case 'crash': {
      const { t, seq, tDev } = output
      tx.run(insertCrash, ...crashOf(output), t, session, seq, tDev)
      return
    }
    case 'crash-more':
      tx.run(updateCrash, ...crashOf(output), output.t, session, output.seq)
      return
    case 'line': {
      const { t, seq, encoding, whole, text } = output
      tx.run(insertLine, t, session, seq, encoding, whole ? 1 : 0, text)
    }
  }
}

const crashOf = ({ crash }: Extract<Rare, { type: 'crash' | 'crash-more' }>): SqlValue[] => [
  crash.kind,
  crash.reason,
  JSON.stringify(crash.frames),
  crash.fingerprint,
]

const updateCapture = `UPDATE capture SET bytes = ?, dropped_bytes = ?, framing_errors = ?, lines = ?, parsed_lines = ?,
records = ?, clock_steps = ?, closed = ?, end_reason = ?, sha256 = ? WHERE id = ?`

const writeProgress = (tx: WriteHandle, { id, progress }: Source): void => {
  const { bytes, droppedBytes, framingErrors, lines, parsedLines, records, clockSteps, closed } = progress
  const end = [closed?.t ?? null, closed?.reason ?? null, closed?.sha256 ?? null]
  tx.run(updateCapture, bytes, droppedBytes, framingErrors, lines, parsedLines, records, clockSteps, ...end, id)
}
