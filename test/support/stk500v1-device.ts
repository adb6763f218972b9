// SPDX-License-Identifier: Apache-2.0
/**
 * An ATmega328P with Optiboot as a transport, in virtual time: commands, missing checksums, the watchdog that starts
 * the application after a wrong command or a second of silence, deafness after a reset, and a page write that takes time.
 * Faults are counted on the bytes of either direction from when they were ordered.
 */
import { FlashError } from '../../main/station/devices/flash-error.ts'
import type { OpenPort } from '../../main/station/devices/port-owner.ts'
import type { PortIdentity, Transport } from '../../main/station/devices/transport.ts'
import type { testClock } from './clock.ts'

export type LineFault = {
  readonly at: number
  readonly do: 'lose' | 'flip' | 'reset' | 'watchdog' | 'power' | 'unplug'
}

const pageBytes = 128
const byteMs = 10_000 / 115_200
const pageWriteMs = 4

export type ScriptedBoard = {
  readonly flash: Uint8Array
  readonly open: OpenPort
  /** Where it is now. */
  readonly port: PortIdentity
  readonly plugged: () => boolean
  /** Pages that were erased and written, in order. */
  readonly writes: number[]
  /** Orders faults: bytes are counted from now. */
  toDevice(...faults: LineFault[]): void
  fromDevice(...faults: LineFault[]): void
  /** Bits of a cell that no write can set right. */
  stick(address: number, mask: number): void
  /** Plugs it in again, without further faults; in another socket where one is named. */
  replug(path?: string, locationId?: string): void
  unplug(): void
  /** Speeds that the port was set to after it was opened, in order. */
  readonly speeds: number[]
  /** How often the loader was entered. */
  readonly entries: () => number
}

/** What the application prints at its start; undefined while flash holds none. */
type Application = (flash: Uint8Array) => string | undefined

export const stk500v1Board = (
  clock: ReturnType<typeof testClock>,
  {
    application = () => undefined,
    modemLines = true,
    signature = [0x1e, 0x95, 0x0f],
    usbSerial,
    path = '/dev/ttyTEST0',
    locationId = '1-1',
  }: {
    path?: string
    locationId?: string
    application?: Application
    modemLines?: boolean
    signature?: readonly number[]
    usbSerial?: string
  } = {},
): ScriptedBoard => {
  let port: PortIdentity = {
    path,
    vendorId: '2341',
    productId: '0043',
    locationId,
    ...(usbSerial === undefined ? {} : { usbSerial }),
  }
  const flash = new Uint8Array(32_768).fill(0xff)
  const stuck = new Map<number, number>()
  const writes: number[] = []
  const speeds: number[] = []
  let orders: { toDevice: LineFault[]; fromDevice: LineFault[] } = { toDevice: [], fromDevice: [] }
  const counted = { toDevice: 0, fromDevice: 0 }
  let mode: 'loader' | 'application' | 'dead' | 'unplugged' = 'application'
  let loader: Generator<undefined, void, number> | undefined
  let deafUntil = 0
  let early: number[] = []
  let lastByte = 0
  let entries = 0
  let output: number[] = []
  let sink: ((chunk: Uint8Array) => void) | undefined
  let gone: ((why: Error) => void)[] = []
  const now = (): number => Number(clock.monotonic()) / 1e6

  const fault = (direction: 'toDevice' | 'fromDevice'): LineFault['do'] | undefined => {
    const count = counted[direction]++
    return orders[direction].find(({ at }) => at === count)?.do
  }
  const send = (...octets: number[]): void => {
    const sent = octets.flatMap((octet) => {
      const hit = fault('fromDevice')
      return hit === 'lose' ? [] : [hit === 'flip' ? octet ^ 0x10 : octet]
    })
    if (sink === undefined) output.push(...sent)
    else sink(Uint8Array.from(sent))
  }
  const boot = (): void => {
    mode = 'application'
    const banner = application(flash)
    if (banner !== undefined) send(...new TextEncoder().encode(banner))
  }
  const watchdog = (): void => {
    loader = undefined
    boot()
  }

  function* end(): Generator<undefined, boolean, number> {
    if ((yield undefined) === 0x20) {
      send(0x14)
      return true
    }
    watchdog()
    return false
  }

  function* optiboot(): Generator<undefined, void, number> {
    let address = 0
    for (;;) {
      const command = yield undefined
      if (command === 0x41) {
        const which = yield undefined
        if (!(yield* end())) return
        send(which === 0x81 ? 4 : which === 0x82 ? 4 : 3)
      } else if (command === 0x55) {
        const low = yield undefined
        address = (low | ((yield undefined) << 8)) << 1
        if (!(yield* end())) return
      } else if (command === 0x64) {
        yield undefined
        const length = yield undefined
        yield undefined
        const page: number[] = []
        while (page.length < length) page.push(yield undefined)
        if (!(yield* end())) return
        program(address & 0x7fff, page)
      } else if (command === 0x74) {
        yield undefined
        const length = yield undefined
        yield undefined
        if (!(yield* end())) return
        send(...flash.slice(address, address + length))
      } else if (command === 0x75) {
        if (!(yield* end())) return
        send(...signature)
      } else if (command === 0x51) {
        if (!(yield* end())) return
        send(0x10)
        return watchdog()
      } else if (!(yield* end())) return
      send(0x10)
    }
  }

  const program = (address: number, page: readonly number[]): void => {
    const start = address - (address % pageBytes)
    writes.push(start)
    clock.advance(pageWriteMs)
    flash.fill(0xff, start, start + pageBytes)
    // The page buffer is indexed by the low address bits only: what starts in mid-page wraps around in it.
    for (const [index, octet] of page.entries()) flash[start + ((address + index) % pageBytes)] = octet
    for (const [at, mask] of stuck) flash[at] = (flash[at] ?? 0) | mask
  }

  const reset = (): void => {
    if (mode === 'dead' || mode === 'unplugged') return
    mode = 'loader'
    entries += 1
    output = []
    early = []
    loader = optiboot()
    loader.next()
    deafUntil = now() + 65
    lastByte = deafUntil
  }
  const feed = (octet: number): void => {
    lastByte = now()
    loader?.next(octet)
  }
  /** What time has done since somebody looked. */
  const settle = (): void => {
    if (mode !== 'loader') return
    if (now() >= deafUntil && early.length > 0) {
      const waiting = early
      early = []
      for (const octet of waiting) feed(octet)
    }
    if (mode === 'loader' && now() - lastByte > 1000) watchdog()
  }
  const unplug = (): void => {
    mode = 'unplugged'
    const why = new FlashError('unplugged')
    const listeners = gone
    gone = []
    for (const listener of listeners) listener(why)
  }
  const act = (hit: LineFault['do'] | undefined, octet: number): void => {
    if (hit === 'lose') return
    if (hit === 'reset') return reset()
    if (hit === 'watchdog') return watchdog()
    if (hit === 'power') {
      mode = 'dead'
      loader = undefined
      return
    }
    if (hit === 'unplug') return unplug()
    if (mode !== 'loader') return
    if (now() < deafUntil) early = early.length < 3 ? [...early, octet] : early
    else feed(hit === 'flip' ? octet ^ 0x10 : octet)
  }

  const open = async (): Promise<Transport> => {
    if (mode === 'unplugged') throw new FlashError('unplugged', {}, { port: port.path })
    reset()
    let closed = false
    const alive = (): void => {
      if (closed || mode === 'unplugged') throw new FlashError('unplugged', {}, { port: port.path })
    }
    return {
      port,
      caps: { modemLines, parity: modemLines, baudChange: true },
      async write(data) {
        alive()
        settle()
        for (const octet of data) {
          act(fault('toDevice'), octet)
        }
        clock.advance(Math.round(data.length * byteMs))
        alive()
      },
      async read(length, within) {
        alive()
        settle()
        if (output.length < length) {
          clock.advance(within)
          settle()
          alive()
        } else clock.advance(Math.round(length * byteMs))
        if (output.length < length) throw new FlashError('timeout', { got: Uint8Array.from(output) })
        return Uint8Array.from(output.splice(0, length))
      },
      async setLines(lines) {
        if (!modemLines) return false
        if (lines.dtr === true) reset()
        return true
      },
      async setBaud(speed) {
        alive()
        speeds.push(speed)
      },
      discardInput() {
        settle()
        output = []
      },
      stream(to) {
        sink = to
        if (output.length > 0) to(Uint8Array.from(output.splice(0)))
        return () => {
          sink = undefined
        }
      },
      onGone(listener) {
        gone.push(listener)
      },
      async close() {
        closed = true
        sink = undefined
      },
    }
  }

  const order = (direction: 'toDevice' | 'fromDevice', faults: LineFault[]): void => {
    orders = { ...orders, [direction]: faults }
    counted[direction] = 0
  }
  return {
    flash,
    get port() {
      return port
    },
    plugged: () => mode !== 'unplugged',
    unplug,
    writes,
    speeds,
    open,
    toDevice: (...faults) => order('toDevice', faults),
    fromDevice: (...faults) => order('fromDevice', faults),
    stick: (address, mask) => void stuck.set(address, mask),
    replug(to = port.path, socket = port.locationId) {
      port = { ...port, path: to, ...(socket === undefined ? {} : { locationId: socket }) }
      mode = 'application'
      orders = { toDevice: [], fromDevice: [] }
    },
    entries: () => entries,
  }
}
