// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { newId } from '../platform/ids.ts'
import type { BatchWriter } from './batch-writer.ts'
import type { DeviceIdOf } from './collector-state.ts'
import { closeCollector, collect, openCollector, type Step } from './collector.ts'
import { parser } from './decode.ts'
import { createSplitter, type Line } from './framing.ts'
import type { HostTime } from './host-time.ts'
import type { IngestQueue } from './ingest-queue.ts'
import type { EndReason, Identity } from './output.ts'
import type { SessionKind } from './reading.ts'
import { createRecentLines, type RecentLines } from './recent-lines.ts'

/** What is known of a port when a capture is opened on it. */
export type CaptureRequest = {
  readonly portPath: string
  /** Where the port is plugged in; stands for the device until its serial number is known. */
  readonly locationId?: string
  readonly baud: number
  readonly device?: {
    readonly id: string
    readonly serial?: string
    readonly model?: string
    readonly hardware?: string
  }
  readonly firmware?: { readonly version: string; readonly build?: string }
  /** What the first start is, whatever cause the device tells: `update` where a flash job hands the port over. */
  readonly expect?: SessionKind
  /** Called at every banner in which the device tells who it is or what it runs; never for what was only assumed. */
  readonly onIdentity?: (identity: Identity) => void
}

/** Figures of a capture so far. */
export type CaptureStats = {
  readonly bytes: number
  /** Bytes that came while the disk took nothing and the queue was full: they are lost, and this says so. */
  readonly droppedBytes: number
  /** Lines that were not UTF-8, too long, or cut off. They are kept. */
  readonly framingErrors: number
  readonly lines: number
  readonly parsedLines: number
  /** Share of lines that were understood, percent with one decimal. */
  readonly parsedPercent: number
  /** Records so far: `seq` runs from 0 to one less. */
  readonly records: number
  readonly sessions: number
  readonly identity: Identity
  readonly clockSteps: number
}

/** One open port being listened to. */
export type Capture = {
  /** UUID. */
  readonly id: string
  /** When it was opened, ms UTC. */
  readonly opened: number
  /** What was heard last, up to a quarter of a second ahead of the disk. */
  readonly recent: RecentLines
  /** Takes bytes as they come; never throws for what is in them, never waits for the disk. */
  push(chunk: Uint8Array): void
  /** When it returns, all that was pushed is on disk, but for a line that has no end yet. Throws what the store throws. */
  flush(): void
  /** Ends session and capture, durably. Bytes that come later are counted nowhere. */
  close(reason: EndReason): void
  stats(): CaptureStats
}

/** What a capture works with. */
export type CaptureParts = {
  readonly writer: BatchWriter
  readonly queue: IngestQueue
  readonly time: HostTime
  readonly deviceIdOf: DeviceIdOf
  readonly onClose: () => void
}

/** Opens a capture: its row is on disk when this returns. */
export const openCapture = (
  { writer, queue, time, deviceIdOf, onClose }: CaptureParts,
  request: CaptureRequest,
): Capture => {
  const id = newId()
  const opened = time.now()
  const { expect } = request
  const location = request.locationId ?? null
  const source = writer.open({ uuid: id, port: request.portPath, location, baud: request.baud, parser, opened })
  const { progress } = source
  const splitter = createSplitter()
  const hash = createHash('sha256')
  const recent = createRecentLines()
  const stepsBefore = time.steps
  let state = openCollector(identityOf(request), opened, { ...(expect === undefined ? {} : { expect }), deviceIdOf })

  const follow = (step: Step): void => {
    const { serial } = state.identity
    state = step.state
    if (serial !== undefined && serial !== state.identity.serial) recent.forget()
    progress.records = state.seq
    progress.clockSteps = time.steps - stepsBefore
    queue.add({ source, outputs: step.outputs })
    if (step.told) request.onIdentity?.(state.identity)
  }
  const hear = (lines: readonly Line[], t: number): void => {
    for (const line of lines) {
      const step = collect(state, line, t)
      progress.lines += 1
      if (step.parsed) progress.parsedLines += 1
      if (!line.whole || line.encoding !== 'utf-8') progress.framingErrors += 1
      follow(step)
      recent.add(t, line.text, eventOf(step))
    }
  }
  const drop = (chunk: Uint8Array): void => {
    progress.droppedBytes += chunk.length
    hear(splitter.cut(), time.now())
  }

  return {
    id,
    opened,
    recent,
    push(chunk) {
      if (progress.closed !== undefined) return
      if (queue.full) return drop(chunk)
      hash.update(chunk)
      progress.bytes += chunk.length
      hear(splitter.push(chunk), time.now())
    },
    flush() {
      queue.flush()
    },
    close(reason) {
      if (progress.closed !== undefined) return
      const t = time.now()
      hear(splitter.cut(), t)
      progress.closed = { t, reason, sha256: hash.digest('hex') }
      follow(closeCollector(state, t, reason))
      onClose()
      queue.flush()
    },
    stats: () => ({
      ...progress,
      parsedPercent: progress.lines === 0 ? 100 : Math.floor((progress.parsedLines / progress.lines) * 1000) / 10,
      sessions: state.sessions,
      identity: state.identity,
    }),
  }
}

const eventOf = ({ outputs }: Step) => outputs.find((output) => output.type === 'event')?.event

const identityOf = ({ portPath, locationId, device, firmware }: CaptureRequest): Identity => {
  const { id, ...body } = device ?? { id: `port:${locationId ?? portPath}` }
  const build = firmware?.build
  return {
    device: id,
    ...body,
    ...(firmware === undefined ? {} : { firmware: firmware.version }),
    ...(build === undefined ? {} : { build }),
  }
}
