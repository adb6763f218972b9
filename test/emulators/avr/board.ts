// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type AvrVersion, buildAvr } from './build.ts'

export type BoardOptions = {
  /** Holds flash.bin, eeprom.bin and the port's link; what is there is kept. Default: a new folder, gone after stop. */
  folder?: string
  /** The stable path of the port, a symbolic link to the pseudo-terminal. Default: `tty` in the folder. */
  link?: string
  /** What a new board already runs. Default: nothing but the boot loader. */
  firmware?: AvrVersion
  /** Written into a new board's EEPROM. Defaults: DC-0042-7Q, rev-c. At most 16 and 8 characters. */
  serial?: string
  hardware?: string
  /** Opening the port resets the board, as DTR does. Default: true. */
  autoReset?: boolean
  /** 115 200 baud, page and start-up times. Default: true. The processor always keeps real time. */
  paced?: boolean
  /** Unplugging the port does not take the power away. Default: false. */
  selfPowered?: boolean
  /** The adapter holds bytes to the host until it has 62 or this time has passed. Default: 0. */
  latencyMs?: number
}

export type FaultPlace = 'rx' | 'tx' | 'page'
export type FaultAction = 'drop' | 'flip' | 'reset' | 'power-off' | 'unplug'

const eventSchema = z.looseObject({ event: z.string() })
export type BoardEvent = z.infer<typeof eventSchema>

const statusSchema = z.object({
  powered: z.boolean(),
  plugged: z.boolean(),
  client: z.boolean(),
  pc: z.number(),
  loader: z.boolean(),
  resets: z.number(),
  rx: z.number(),
  tx: z.number(),
  pages: z.number(),
  erases: z.number(),
  overruns: z.number(),
  slippedMs: z.number(),
})
/** Counts are since the start: bytes received and sent, pages written and erased, bytes lost in the UART. */
export type BoardStatus = z.infer<typeof statusSchema>

export type Board = {
  /** The stable path to open; it is not there while the board is unplugged. */
  readonly pty: string
  readonly pid: number
  readonly folder: string
  /** Everything the board has said, oldest first. */
  readonly events: readonly BoardEvent[]
  /** The first event of this name from position `from` on, now or later. Rejects when the board ends first. */
  waitFor(name: string, from?: number): Promise<BoardEvent>
  /** Any command line of the board; rejects when the board refuses it. */
  send(line: string): Promise<void>
  reset(): Promise<void>
  power(on: boolean): Promise<void>
  unplug(): Promise<void>
  plug(): Promise<void>
  /**
   * After `after` more bytes (or page writes) the next one is lost, has a bit flipped, or the board is reset, loses
   * power or is unplugged; with `page`, in the middle of writing it.
   */
  fault(place: FaultPlace, after: number, action: FaultAction, bit?: number): Promise<void>
  /** Turns one bit over where it stands, or makes it a worn cell that reads as 0 whatever is written. */
  damageFlash(how: 'flip' | 'stick', address: number, bit: number): Promise<void>
  /** All 32 KiB as they are now. */
  readFlash(): Buffer
  /** How often the application has started in the board's life, as it counts in EEPROM. */
  boots(): number
  status(): Promise<BoardStatus>
  stop(): Promise<void>
}

const flashBytes = 32_768
const eepromBytes = 1024
const loaderAt = 0x7e00
const bootCountAt = 32

const newFlash = (loader: Buffer, image: Buffer): Buffer => {
  const flash = Buffer.alloc(flashBytes, 0xff)
  image.copy(flash)
  loader.copy(flash, loaderAt)
  return flash
}

const newEeprom = (serial: string, hardware: string): Buffer => {
  const eeprom = Buffer.alloc(eepromBytes, 0xff)
  if (serial.length > 16 || hardware.length > 8) throw new Error('serial ≤ 16 and hardware ≤ 8 characters')
  eeprom.write(serial.padEnd(16, '\0'), 0, 'latin1')
  eeprom.write(hardware.padEnd(8, '\0'), 16, 'latin1')
  eeprom.writeUInt32LE(0, bootCountAt)
  return eeprom
}

const keepOr = (path: string, content: () => Buffer): string => {
  if (!existsSync(path)) writeFileSync(path, content())
  return path
}

const flags = (options: BoardOptions): string[] => [
  ...(options.autoReset === false ? ['--no-auto-reset'] : []),
  ...(options.paced === false ? ['--unpaced'] : []),
  ...(options.selfPowered === true ? ['--self-powered'] : []),
]

/** The board's voice: its events in order, and who waits for which. */
const listen = (child: ChildProcess) => {
  const events: BoardEvent[] = []
  const waiting = new Set<() => void>()
  const wake = () => [...waiting].forEach((check) => check())
  let ended = false
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  child.once('close', () => {
    ended = true
    wake()
  })
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      events.push(eventSchema.parse(JSON.parse(line)))
      wake()
    })
  const find = (test: (event: BoardEvent) => boolean, from: number): Promise<BoardEvent> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const found = events.slice(from).find(test)
        if (!found && !ended) return
        waiting.delete(check)
        if (found) resolve(found)
        else reject(new Error(`the board ended: ${complaint}`))
      }
      waiting.add(check)
      check()
    })
  return { events, find, ended: () => ended }
}

/** Starts an emulated ATmega328P with Optiboot behind a pseudo-terminal, in its own process. It dies with its parent. */
export const startBoard = async (options: BoardOptions = {}): Promise<Board> => {
  const built = await buildAvr()
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'airlock-board-'))
  mkdirSync(folder, { recursive: true })
  const link = options.link ?? join(folder, 'tty')
  const image = () => (options.firmware ? readFileSync(built.firmware[options.firmware].bin) : Buffer.alloc(0))
  const flash = keepOr(join(folder, 'flash.bin'), () => newFlash(readFileSync(built.optiboot), image()))
  const eeprom = keepOr(join(folder, 'eeprom.bin'), () =>
    newEeprom(options.serial ?? 'DC-0042-7Q', options.hardware ?? 'rev-c'),
  )
  const places = ['--flash', flash, '--eeprom', eeprom, '--link', link]
  const latency = ['--latency', String(options.latencyMs ?? 0)]
  const child = spawn(built.board, [...places, ...latency, ...flags(options)], { stdio: ['pipe', 'pipe', 'pipe'] })
  // A command to a board that has ended fails by its missing answer; the broken pipe itself says nothing more.
  child.stdin.on('error', () => undefined)
  const { events, find, ended } = listen(child)
  await find((event) => event.event === 'ready', 0)

  let turn: Promise<unknown> = Promise.resolve()
  /** One command at a time: the answer to a line is the first ok or refused after it. */
  const send = (line: string): Promise<void> => {
    const answer = turn.then(async () => {
      const from = events.length
      child.stdin.write(`${line}\n`)
      const { event } = await find((e) => e.event === 'ok' || e.event === 'refused', from)
      if (event === 'refused') throw new Error(`the board refused: ${line}`)
    })
    turn = answer.catch(() => undefined)
    return answer
  }

  return {
    pty: link,
    pid: child.pid ?? 0,
    folder,
    events,
    waitFor: (name, from = 0) => find((event) => event.event === name, from),
    send,
    reset: () => send('reset'),
    power: (on) => send(`power ${on ? 'on' : 'off'}`),
    unplug: () => send('unplug'),
    plug: () => send('plug'),
    fault: (place, after, action, bit = 0) => send(`fault ${place} ${after} ${action} ${bit}`),
    damageFlash: (how, address, bit) => send(`flash ${how} ${address} ${bit}`),
    readFlash: () => readFileSync(flash),
    boots: () => readFileSync(eeprom).readUInt32LE(bootCountAt),
    status: async () => {
      const from = events.length
      await send('status')
      return statusSchema.parse(events.slice(from).findLast((event) => event.event === 'status'))
    },
    stop: async () => {
      if (!ended()) {
        const closed = new Promise((resolve) => child.once('close', resolve))
        const late = setTimeout(() => child.kill('SIGKILL'), 2000)
        child.stdin.end()
        await closed
        clearTimeout(late)
      }
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
