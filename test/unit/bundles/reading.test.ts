// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openReader } from '../../../main/station/platform/files.ts'
import {
  bundleEntries,
  edited,
  firmwareManifest,
  goodBundle,
  memoryFile,
  noise,
  openTrusted,
  sha256,
  tarOf,
  testContents,
} from '../../support/bundle.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const good = goodBundle()
const contentStart = Buffer.from(good).indexOf('payload/app.hex\0') + 512
const endOf = ({ position, length }: { position: number; length: number }): number => position + length

describe('reading an envelope', () => {
  it('is one pass: positions only grow and no byte is read twice', async () => {
    const file = memoryFile(good)
    await openTrusted(file)
    expect(file.reads[0]?.position).toBe(0)
    expect(file.reads.slice(1).map(({ position }) => position)).toEqual(file.reads.slice(0, -1).map(endOf))
    expect(endOf(file.reads.at(-1)!)).toBe(good.length)
  })

  it('gives the contents to the sink, in order and whole', async () => {
    const taken: Record<string, Uint8Array[]> = {}
    const ended: string[] = []
    await openTrusted(memoryFile(good), {
      sink: ({ path }) => ({
        write: (chunk) => void (taken[path] ??= []).push(chunk),
        end: () => void ended.push(path),
      }),
    })
    expect(ended).toEqual(Object.keys(testContents))
    expect(ended.map((path) => sha256(Buffer.concat(taken[path]!)))).toEqual(Object.values(testContents).map(sha256))
  })

  it('passes a content of many chunks through two pieces of memory', async () => {
    const content = { 'payload/app.bin': noise(2_500_000) }
    const path = join(tempFolder(), 'large.airfw')
    writeFileSync(path, tarOf(bundleEntries(firmwareManifest({}, content), content)))
    const file = openReader(path)
    const memory = new Set<ArrayBufferLike>()
    const copies: Uint8Array[] = []
    const write = (chunk: Uint8Array): void => {
      memory.add(chunk.buffer)
      copies.push(new Uint8Array(chunk))
    }
    const { verdict } = await openTrusted(file, { sink: () => ({ write, end: () => undefined }) })
    file.close()
    expect(verdict.verdict).toBe('accepted')
    expect(copies.length).toBeGreaterThan(2)
    expect(memory.size).toBe(2)
    expect(sha256(Buffer.concat(copies))).toBe(sha256(content['payload/app.bin']))
  })

  it('never ends a content whose digest is wrong', async () => {
    const ended: string[] = []
    const bad = good.with(contentStart + 3, 0x21)
    await openTrusted(memoryFile(bad), {
      sink: ({ path }) => ({ write: () => undefined, end: () => void ended.push(path) }),
    })
    expect(ended).toEqual([])
  })

  it('reports progress up to the sum of the contents', async () => {
    const seen: number[] = []
    await openTrusted(memoryFile(good), { progress: (done, total) => seen.push(done / total) })
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('lets other work run between the chunks', async () => {
    let turns = 0
    let ran = 0
    const reading = openTrusted(memoryFile(good), { progress: () => void setImmediate(() => (turns += 1)) })
    reading.then(() => (ran = turns)).catch(() => undefined)
    await reading
    expect(ran).toBeGreaterThan(0)
  })
})

describe('what is read before a refusal', () => {
  it('is nothing of a file that is over the limit', async () => {
    const file = memoryFile(good)
    const { verdict } = await openTrusted(file, { maxBytes: good.length - 1 })
    expect(verdict.code).toBe('limit.total-size')
    expect(file.reads).toEqual([])
  })

  it('is no content byte while a signature is bad', async () => {
    const bad = edited((list) => list.with(1, { ...list[1]!, content: noise(300) }))
    const file = memoryFile(bad)
    await openTrusted(file)
    expect(endOf(file.reads.at(-1)!)).toBe(Buffer.from(bad).indexOf('payload/app.hex\0') + 512)
  })

  it('is headers only, behind the signatures, when the length is wrong', async () => {
    const file = memoryFile(Buffer.concat([good, noise(1000)]))
    await openTrusted(file)
    const behind = file.reads.filter(({ position }) => position >= contentStart && position < good.length - 1024)
    expect(behind.map(({ length }) => length)).toEqual([512, 512])
  })

  it('is what the digest of the outcome covers: headers, manifest and signatures', async () => {
    const { read } = await openTrusted(memoryFile(good), { judgeSigner: () => ({ code: 'trust.unknown-signer' }) })
    expect(read).toEqual({ sha256: sha256(good.subarray(0, contentStart)), bytes: contentStart })
  })
})

describe('when reading fails', () => {
  it('refuses with medium.io when the file ends before its size', async () => {
    const { verdict } = await openTrusted(memoryFile(good.subarray(0, 2000), good.length))
    expect(verdict.code).toBe('medium.io')
  })

  it('refuses with medium.io when the drive is pulled in the middle of a payload', async () => {
    const file = memoryFile(good)
    const pulled = {
      ...file,
      read: (position: number, length: number) => {
        if (position >= contentStart) throw Object.assign(new Error('i/o error'), { code: 'EIO' })
        return file.read(position, length)
      },
    }
    const { verdict, cause } = await openTrusted(pulled)
    expect(verdict).toMatchObject({ verdict: 'refused', code: 'medium.io' })
    expect(cause).toBeDefined()
  })

  it('refuses with internal when a question throws something unexpected', async () => {
    const { verdict, cause } = await openTrusted(memoryFile(good), {
      judgeSigner: () => {
        throw new TypeError('a mistake')
      },
    })
    expect(verdict).toMatchObject({ verdict: 'refused', code: 'internal' })
    expect(cause).toBeInstanceOf(TypeError)
  })

  it('stops when it is cancelled', async () => {
    const abort = new AbortController()
    const reading = openTrusted(memoryFile(good), { signal: abort.signal, progress: () => abort.abort() })
    await expect(reading).rejects.toMatchObject({ code: 'call.cancelled' })
  })
})
