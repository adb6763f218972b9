// SPDX-License-Identifier: Apache-2.0
/**
 * A drive that fails as it is told to: the kernel's FUSE protocol (include/uapi/linux/fuse.h, 7.31) over a folder, spoken
 * by the test itself. Nothing in this process may touch the mounted folder synchronously: it would wait for itself.
 */
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { pullOut } from './mounts.ts'

/** What goes wrong with a read or write that touches this byte of a file or one behind it. */
export type Fault = {
  readonly on: 'read' | 'write'
  readonly from: number
  /** A name of the system's for an error; no answer at all; less than was asked; nothing more; another byte. */
  readonly act: 'EIO' | 'ENODEV' | 'ENOSPC' | 'hang' | 'short' | 'end' | 'other'
}

export type FuseDrive = {
  readonly path: string
  /** Undefined: the drive is in order. */
  fault: Fault | undefined
  /** Resolves when the first question has been left without an answer. */
  readonly hung: Promise<void>
  /** How many questions wait for an answer. */
  readonly owed: () => number
  /** Fails all questions that were left without an answer, as a system does when it has given a drive up. */
  giveUp(): void
}

const op = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  setattr: 4,
  unlink: 10,
  rename: 12,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  fsyncdir: 30,
  create: 35,
  interrupt: 36,
  batchForget: 42,
  rename2: 45,
} as const

const words = (...values: readonly (readonly [size: 4 | 8, value: number])[]): Buffer => {
  const out = Buffer.alloc(values.reduce((sum, [size]) => sum + size, 0))
  let at = 0
  for (const [size, value] of values) {
    if (size === 4) out.writeUInt32LE(value, at)
    else out.writeBigUInt64LE(BigInt(value), at)
    at += size
  }
  return out
}

const attributes = (node: number, stat: fs.Stats): Buffer => {
  const seconds = Math.floor(stat.mtimeMs / 1000)
  const times = [8, seconds] as const
  const rest = [0, 0, 0, stat.mode, 1, 0, 0, 0, 4096, 0].map((value) => [4, value] as const)
  return words([8, node], [8, stat.size], [8, Math.ceil(stat.size / 512)], times, times, times, ...rest)
}

/** Never to be cached: every question comes here. */
const entry = (node: number, stat: fs.Stats): Buffer =>
  Buffer.concat([words([8, node], [8, 0], [8, 0], [8, 0], [4, 0], [4, 0]), attributes(node, stat)])
/** FOPEN_DIRECT_IO: what is read is what was asked for, each time anew. */
const openAnswer = words([8, 0], [4, 1], [4, 0])

class Failure extends Error {
  readonly number: number
  constructor(name: keyof typeof constants.errno) {
    super(name)
    this.number = constants.errno[name]
  }
}

type Question = { readonly code: number; readonly node: number; readonly body: Buffer }
const textOf = (body: Buffer): string => body.subarray(0, body.indexOf(0)).toString()

/** The files of a folder by numbers; 1 is the folder. */
const folderFiles = (root: string, room: { readonly fault: () => Fault | undefined }) => {
  const names = ['', '']
  const pathOf = (node: number): string => join(root, names[node] ?? '')
  const nodeOf = (name: string): number => {
    const known = names.indexOf(name, 2)
    return known > 0 ? known : names.push(name) - 1
  }
  const look = (name: string): Buffer => entry(nodeOf(name), fs.lstatSync(join(root, name)))
  const failing = (on: Fault['on'], offset: number, size: number): Fault | undefined => {
    const fault = room.fault()
    if (fault?.on !== on || offset + size <= fault.from) return undefined
    if (fault.act === 'EIO' || fault.act === 'ENODEV' || fault.act === 'ENOSPC') throw new Failure(fault.act)
    return fault
  }
  const readSome = ({ node, body }: Question): Buffer => {
    const [offset, wanted] = [Number(body.readBigUInt64LE(8)), body.readUInt32LE(16)]
    const fault = failing('read', offset, wanted)
    if (fault?.act === 'end') return Buffer.alloc(0)
    const size = fault?.act === 'short' ? Math.min(wanted, 777) : wanted
    const room = Buffer.alloc(size)
    const file = fs.openSync(pathOf(node), 'r')
    const found = room.subarray(0, fs.readSync(file, room, 0, size, offset))
    fs.closeSync(file)
    const at = (fault?.from ?? 0) - offset
    if (fault?.act === 'other' && at >= 0 && at < found.length) found[at] = (found[at] ?? 0) ^ 1
    return found
  }
  const writeSome = ({ node, body }: Question): Buffer => {
    const [offset, size] = [Number(body.readBigUInt64LE(8)), body.readUInt32LE(16)]
    failing('write', offset, size)
    const file = fs.openSync(pathOf(node), 'r+')
    fs.writeSync(file, body, 40, size, offset)
    fs.closeSync(file)
    return words([4, size], [4, 0])
  }
  const list = ({ body }: Question): Buffer => {
    const from = Number(body.readBigUInt64LE(8))
    const found = fs.readdirSync(root).flatMap((name, index) => {
      if (index < from) return []
      const text = Buffer.from(name)
      const head = words([8, nodeOf(name)], [8, index + 1], [4, text.length], [4, 0])
      return [Buffer.concat([head, text, Buffer.alloc(-text.length & 7)])]
    })
    // No folder here fills an answer.
    return Buffer.concat(found)
  }
  const move = (node: number, pair: Buffer): Buffer => {
    const from = textOf(pair)
    fs.renameSync(join(root, from), join(root, textOf(pair.subarray(Buffer.byteLength(from) + 1))))
    return Buffer.alloc(node - node)
  }
  const statOf = (node: number): Buffer =>
    Buffer.concat([words([8, 0], [4, 0], [4, 0]), attributes(node, fs.lstatSync(pathOf(node)))])
  const answers: Readonly<Record<number, (question: Question) => Buffer>> = {
    [op.init]: () =>
      // 1 << 5: writes of more than a page.
      Buffer.concat([words([4, 7], [4, 31], [4, 0], [4, 32], [4, 0], [4, 131_072], [4, 1]), Buffer.alloc(36)]),
    [op.lookup]: ({ body }) => look(textOf(body)),
    [op.getattr]: ({ node }) => statOf(node),
    [op.setattr]: ({ node }) => statOf(node),
    [op.open]: () => openAnswer,
    [op.opendir]: () => openAnswer,
    [op.readdir]: list,
    [op.read]: readSome,
    [op.write]: writeSome,
    [op.create]: ({ body }) => {
      const name = textOf(body.subarray(16))
      fs.writeFileSync(join(root, name), '', { flag: 'wx', mode: 0o600 })
      return Buffer.concat([look(name), openAnswer])
    },
    [op.unlink]: ({ body }) => {
      fs.unlinkSync(join(root, textOf(body)))
      return Buffer.alloc(0)
    },
    [op.rename]: ({ node, body }) => move(node, body.subarray(8)),
    [op.rename2]: ({ node, body }) => move(node, body.subarray(16)),
    [op.statfs]: () => {
      const { blocks, bfree, bavail, bsize } = fs.statfsSync(root)
      const counts = [blocks, bfree, bavail, 1000, 1000].map((value) => [8, value] as const)
      return Buffer.concat([words(...counts, [4, bsize], [4, 255], [4, bsize]), Buffer.alloc(28)])
    },
  }
  return (question: Question): Buffer | 'hang' => {
    const { code, body } = question
    const fault = room.fault()
    const on = { [op.read]: 'read', [op.write]: 'write' }[code]
    if (fault?.act === 'hang' && fault.on === on)
      if (Number(body.readBigUInt64LE(8)) + body.readUInt32LE(16) > fault.from) return 'hang'
    const quiet: readonly number[] = [op.release, op.releasedir, op.flush, op.fsync, op.fsyncdir]
    const answer = quiet.includes(code) ? () => Buffer.alloc(0) : answers[code]
    if (answer === undefined) throw new Failure('ENOSYS')
    return answer(question)
  }
}

const readLater = promisify(fs.read)

const errnoOf = (error: unknown): number => {
  if (error instanceof Failure) return error.number
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? -error.errno : 5
}

/** Plugs a folder in as a drive of this name; pulled out as any other one. */
export const plugInFuse = (stick: string, media: string, name: string): FuseDrive => {
  const path = join(media, name)
  fs.mkdirSync(path, { recursive: true })
  const fuse = fs.openSync('/dev/fuse', 'r+')
  const mounting = ['-i', '-t', 'fuse', '-o', 'fd=3,rootmode=40000,user_id=0,group_id=0', name, path]
  execFileSync('mount', mounting, { stdio: ['ignore', 'ignore', 'inherit', fuse] })
  const owed = new Set<bigint>()
  const { promise: hung, resolve } = Promise.withResolvers<void>()
  const say = (unique: bigint, error: number, body: Buffer): void => {
    const head = Buffer.alloc(16)
    head.writeUInt32LE(16 + body.length)
    head.writeInt32LE(-error, 4)
    head.writeBigUInt64LE(unique, 8)
    try {
      fs.writeSync(fuse, Buffer.concat([head, body]))
    } catch {
      // Who asked is gone, and does not wait for the answer.
    }
  }
  const drive: FuseDrive = {
    path,
    fault: undefined,
    hung,
    owed: () => owed.size,
    giveUp() {
      for (const unique of owed) say(unique, constants.errno.EIO, Buffer.alloc(0))
      owed.clear()
    },
  }
  const answer = folderFiles(stick, { fault: () => drive.fault })
  const serveOne = (message: Buffer): void => {
    const [code, unique, node] = [message.readUInt32LE(4), message.readBigUInt64LE(8), message.readBigUInt64LE(16)]
    if (code === op.forget || code === op.batchForget || code === op.interrupt) return
    try {
      const said = answer({ code, node: Number(node), body: message.subarray(40) })
      if (said === 'hang') {
        owed.add(unique)
        return resolve()
      }
      say(unique, 0, said)
    } catch (error) {
      say(unique, errnoOf(error), Buffer.alloc(0))
    }
  }
  const serve = async (): Promise<void> => {
    const room = Buffer.alloc(1_048_576)
    for (;;) {
      const { bytesRead } = await readLater(fuse, room, 0, room.length, null)
      serveOne(room.subarray(0, bytesRead))
    }
  }
  // ENODEV: unmounted, and nobody uses it any more.
  void serve().catch(() => fs.closeSync(fuse))
  onTestFinished(() => {
    drive.giveUp()
    pullOut(path)
  })
  return drive
}
