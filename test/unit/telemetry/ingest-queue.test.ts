// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Log } from '../../../main/station/platform/log.ts'
import { telemetryMigrations } from '../../../main/station/store/migrations/telemetry.ts'
import { openStore, type Store } from '../../../main/station/store/open.ts'
import { createBatchWriter } from '../../../main/station/telemetry/batch-writer.ts'
import { openCapture } from '../../../main/station/telemetry/capture.ts'
import { createHostTime } from '../../../main/station/telemetry/host-time.ts'
import { createIngestQueue } from '../../../main/station/telemetry/ingest-queue.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A real store whose commits can be made to fail, as on a full disk. */
const setUp = (limit: number) => {
  const real = openStore(join(tempFolder(), 'telemetry.db'), telemetryMigrations)
  onTestFinished(() => real.close())
  const disk = { full: false }
  const store: Store = {
    ...real,
    transact: (work) =>
      real.transact((tx) => {
        const result = work(tx)
        if (disk.full) throw new Error('disk full')
        return result
      }),
  }
  const errors: string[] = []
  const log: Log = { info: () => undefined, error: (event) => errors.push(event) }
  const writer = createBatchWriter(store)
  const queue = createIngestQueue(writer, log, limit)
  onTestFinished(() => queue.stop())
  const parts = {
    writer,
    queue,
    time: createHostTime(testClock()),
    deviceIdOf: () => undefined,
    onClose: () => undefined,
  }
  const capture = openCapture(parts, { portPath: '/dev/x', baud: 9600 })
  const values = () =>
    real.read.all('SELECT value FROM point ORDER BY seq').map((row) => (row as { value: number }).value)
  return { disk, queue, capture, errors, values, real }
}

describe('the queue in front of the disk', () => {
  it('keeps records through a failed commit and stores them once', () => {
    const { disk, capture, values } = setUp(100)
    disk.full = true
    capture.push(Buffer.from('{"a":1}\n{"msg":"m"}\n'))
    expect(() => capture.flush()).toThrow('disk full')
    disk.full = false
    capture.push(Buffer.from('{"a":2}\n'))
    capture.flush()
    capture.flush()
    expect(values()).toEqual([1, 2])
  })

  it('tries again by itself and says why it waits', async () => {
    const { disk, capture, errors, values } = setUp(100)
    disk.full = true
    capture.push(Buffer.from('{"a":1}\n'))
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    disk.full = false
    await expect.poll(values).toEqual([1])
    expect(new Set(errors)).toEqual(new Set(['telemetry.commit']))
  })

  it('drops and counts what comes while it is full, and reads on behind the next line end', () => {
    const { disk, capture, values, real } = setUp(3)
    disk.full = true
    capture.push(Buffer.from('{"a":1}\n{"a":2}\n{"a":3'))
    expect(() => capture.flush()).toThrow('disk full')
    capture.push(Buffer.from('4}\n{"a":5}\n{"a":6'))
    disk.full = false
    capture.flush()
    capture.push(Buffer.from('7}\n{"a":8}\n'))
    capture.flush()
    expect(values()).toEqual([1, 2, 8])
    expect(real.read.all('SELECT text, whole FROM line ORDER BY seq')).toEqual([
      { text: '{"a":3', whole: 0 },
      { text: '7}', whole: 1 },
    ])
    expect(capture.stats()).toMatchObject({ droppedBytes: 17, records: 5 })
    expect(real.read.get('SELECT dropped_bytes, records FROM capture')).toEqual({ dropped_bytes: 17, records: 5 })
  })
})
