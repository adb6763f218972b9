// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Store } from '../store/open.ts'
import { createBatchWriter } from './batch-writer.ts'
import { openCapture, type Capture, type CaptureRequest } from './capture.ts'
import type { DeviceIdOf } from './collector-state.ts'
import { drawChart, type Chart } from './chart.ts'
import { countRecords, type Counts, type Span } from './counts.ts'
import { collectedOf, countOfDevice, wasHeard, type Collected } from './device-records.ts'
import { createHostTime } from './host-time.ts'
import { createIngestQueue } from './ingest-queue.ts'
import { readRecords, type RawRecord } from './records.ts'
import { recoverCaptures, type Recovered } from './recover.ts'
import { listSeries, listSessions, type SeriesRow, type SessionRow } from './sessions.ts'
import type { TailLine } from './recent-lines.ts'
import { readDeviceTail, readTail, type TailRow } from './tail.ts'

/** What the telemetry part works with; `store` is `telemetry.db`, opened with `telemetryMigrations`. */
export type TelemetryParts = {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** The registry's id of a device that tells model and serial; without one, the serial number as printed stands. */
  readonly deviceIdOf?: DeviceIdOf
  /** Whether the disk has room for records; what comes while it has none is counted as dropped. */
  readonly hasRoom?: () => boolean
}

/** Captures of many ports into one file, and the questions that are asked of it. */
export type Telemetry = {
  /** Once at start, before the first capture: what a killed station left open is closed as `interrupted`. */
  recoverCaptures(): Recovered
  openCapture(request: CaptureRequest): Capture
  /** All that was pushed to any capture is on disk when it returns. */
  flush(): void
  counts(span: Span): Counts
  /** What was collected of one device in all, in a span, and whether it was heard in one. */
  collected(device: string): Collected | undefined
  countOf(device: string, span: Span): number
  wasHeard(device: string, span: Span): boolean
  sessions(ask: Span & { device?: string }): SessionRow[]
  seriesOf(device: string): SeriesRow[]
  chart(ask: Span & { series: number; buckets: number }): Chart
  /** The newest log lines, oldest first. */
  tail(limit: number): TailRow[]
  /** The newest readable lines of one device from before a time, oldest first. */
  tailOf(ask: { device: string; before: number; limit: number }): TailLine[]
  /** What an export starts from; flush before. */
  records(from: number, to: number): Iterable<RawRecord>
  /** Closes open captures (`closed`) and stops; the store stays the caller's. */
  close(): void
}

/** The one writer of a telemetry store: two on one file would interrupt each other's captures. */
export const createTelemetry = (given: TelemetryParts): Telemetry => {
  const { store, clock, log, deviceIdOf = () => undefined, hasRoom } = given
  const writer = createBatchWriter(store)
  const queue = createIngestQueue(writer, log, undefined, hasRoom)
  const parts = { writer, queue, deviceIdOf, time: createHostTime(clock) }
  const open = new Set<Capture>()
  const { read } = store
  return {
    recoverCaptures: () => recoverCaptures(store),
    openCapture(request) {
      const capture = openCapture({ ...parts, onClose: () => open.delete(capture) }, request)
      open.add(capture)
      return capture
    },
    flush: () => queue.flush(),
    counts: (span) => countRecords(read, span),
    collected: (device) => collectedOf(read, device),
    countOf: (device, span) => countOfDevice(read, device, span),
    wasHeard: (device, span) => wasHeard(read, device, span),
    sessions: (ask) => listSessions(read, ask),
    seriesOf: (device) => listSeries(read, device),
    chart: (ask) => drawChart(read, ask),
    tail: (limit) => readTail(read, limit),
    tailOf: (ask) => readDeviceTail(read, ask),
    records: (from, to) => readRecords(read, { from, to }),
    close() {
      for (const capture of open) capture.close('closed')
      queue.stop()
    },
  }
}
