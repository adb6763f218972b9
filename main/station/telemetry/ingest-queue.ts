// SPDX-License-Identifier: Apache-2.0
import type { Log } from '../platform/log.ts'
import type { BatchWriter, Item, Source } from './batch-writer.ts'

/** Longest time a record waits for its commit, ms. */
const batchTime = 250
/** Records in one commit: few enough that the event loop is held for some ten milliseconds only. */
const batchRecords = 4000
/** Records that may wait while the disk refuses to take them; about a minute of 64 busy ports. */
const queueRecords = 200_000

/** Records on their way to the disk, of all captures together: one commit serves them all. */
export type IngestQueue = {
  /** True while there is no room, here or on the disk: the caller drops what it has and counts it. */
  readonly full: boolean
  add(item: Item): void
  /** Commits all that waits. When it returns, everything that was added before is on disk. Throws what the store throws. */
  flush(): void
  /** Gives up waiting; what was not flushed is lost. */
  stop(): void
}

/** A commit that fails keeps its records for the next attempt; one that returns has acknowledged them. */
export const createIngestQueue = (
  writer: BatchWriter,
  log: Log,
  limit = queueRecords,
  hasRoom: () => boolean = () => true,
): IngestQueue => {
  let items: Item[] = []
  let waiting = 0
  let timer: NodeJS.Timeout | undefined
  let failed = false
  const changed = new Set<Source>()

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (items.length === 0 && changed.size === 0) return
    failed = true
    try {
      writer.write(items, changed)
      items = []
      waiting = 0
      changed.clear()
      failed = false
    } finally {
      if (failed) arm()
    }
  }

  /** The boundary of the unattended commit: the next one tries again, and the queue's limit bounds the wait. */
  const attempt = (): void => {
    try {
      flush()
    } catch (error) {
      log.error('telemetry.commit', error, { waiting })
    }
  }

  const arm = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      attempt()
    }, batchTime)
  }

  return {
    get full() {
      return waiting >= limit || !hasRoom()
    },
    add(item) {
      items.push(item)
      waiting += item.outputs.length
      changed.add(item.source)
      if (waiting >= batchRecords && !failed) attempt()
      else arm()
    },
    flush,
    stop: () => clearTimeout(timer),
  }
}
