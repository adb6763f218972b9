// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stageCopy } from '../../../main/station/bundles/staged-copy.ts'
import { createFile, type FileWriter } from '../../../main/station/platform/files.ts'

const mebibyte = 1_048_576

describe('a content on its way onto the disk', () => {
  let folder: string
  let path: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'airlock-test-'))
    path = join(folder, 'copy')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** The real file, some of whose steps are done otherwise. */
  const file = (otherwise: (real: FileWriter) => Partial<FileWriter>): FileWriter => {
    const real = createFile(path)
    return { ...real, ...otherwise(real) }
  }

  it('holds the chunks in order, however long each is', async () => {
    const copy = stageCopy(createFile(path))
    for (const text of ['a', 'longer than that', '', 'b']) await copy.write(Buffer.from(text))
    await copy.finish()
    expect(readFileSync(path, 'utf8')).toBe('alonger than thatb')
  })

  it('fails when the system gives back something else or less', async () => {
    const other = stageCopy(file(() => ({ readBack: (_, room) => Promise.resolve(room.fill(1)) })))
    await expect(other.write(Buffer.from('two'))).rejects.toMatchObject({ code: 'storage.io' })
    await other.abandon()
    rmSync(path)
    const less = stageCopy(file(() => ({ readBack: () => Promise.resolve(Buffer.from('tw')) })))
    await expect(less.write(Buffer.from('two'))).rejects.toMatchObject({ code: 'storage.io' })
    await less.abandon()
  })

  it('says at the end what an earlier sync said, although the last one is fine', async () => {
    let syncs = 0
    const flush = (real: FileWriter) => () => ((syncs += 1) === 1 ? Promise.reject(new Error('EIO')) : real.flush())
    const copy = stageCopy(file((real) => ({ flush: flush(real) })))
    for (let count = 0; count < 40; count += 1) await copy.write(Buffer.alloc(mebibyte))
    await expect(copy.finish()).rejects.toMatchObject({ code: 'storage.io' })
    await copy.abandon()
  })

  it('is closed only when nothing is under way any more', async () => {
    const steps: string[] = []
    let go: () => void = () => undefined
    const slow = new Promise<void>((resolve) => (go = resolve))
    const copy = stageCopy(
      file((real) => ({
        append: async (chunk) => {
          await slow
          await real.append(chunk)
          steps.push('written')
        },
        close: () => {
          steps.push('closed')
          real.close()
        },
      })),
    )
    const writing = copy.write(Buffer.from('late'))
    const leaving = copy.abandon()
    go()
    await Promise.all([writing, leaving])
    expect(steps).toEqual(['written', 'closed'])
  })
})
