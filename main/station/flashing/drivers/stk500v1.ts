// SPDX-License-Identifier: Apache-2.0
/**
 * STK500v1 (Atmel AVR061) as Optiboot speaks it. The protocol has no checksum: a reply says that the loader is in
 * step, never that the bytes were right. A command that does not end in CRC_EOP makes Optiboot start the application
 * by its watchdog, and from there only a reset leads back.
 */
import { millis, type Millis } from '../../../../shared/units.ts'
import type { Clock } from '../../platform/clock.ts'
import { FlashError } from '../../devices/flash-error.ts'
import type { DeviceProfile } from '../../devices/profile.ts'
import type { Transport } from '../../devices/transport.ts'
import type { FlashDriver } from './driver.ts'

const eop = 0x20
const inSync = 0x14
const ok = 0x10
const command = { getSync: 0x30, getParameter: 0x41, leave: 0x51, load: 0x55, program: 0x64, read: 0x74, sign: 0x75 }
const parameter = { major: 0x81, minor: 0x82 }
const flashMemory = 0x46

/** Optiboot blinks before it listens, and its UART holds three bytes: a request sent earlier is lost in part. */
const startUp = millis(100)
/** The one request after start-up may wait for the end of the blinking. */
const firstAnswer = millis(800)
/** Beyond the time on the wire: adapters hold back up to 16 ms, a busy machine more; a lost byte costs this once. */
const patience = 400
/** A line is silent when nothing came for so long; then what the device still sent is here and can be dropped. */
const silence = millis(30)
/** A loader that misses up to so many bytes of a command gets them; beyond that a reset is quicker. */
const fillers = 6
const fillerAnswer = millis(40)

const wireMs = (octets: number, baud: number): number => (octets * 10_000) / baud
const loadAddress = (address: number): number[] => {
  const word = address >> 1
  return [command.load, word & 0xff, word >> 8, eop]
}
const block = (kind: number, length: number): number[] => [kind, length >> 8, length & 0xff, flashMemory]

type Exchange = {
  /** Sends one request and gives what stands between INSYNC and OK. */
  readonly ask: (t: Transport, request: readonly number[], payload: number, within: Millis) => Promise<Uint8Array>
  /** LOAD_ADDRESS and a page command in one write: two round trips become one. The loader's buffer takes no more. */
  readonly askAt: (t: Transport, address: number, page: readonly number[], payload: number) => Promise<Uint8Array>
}

const exchange = ({ baud, pageWriteMs }: DeviceProfile['loader']): Exchange => ({
  async ask(t, request, payload, within) {
    t.discardInput()
    await t.write(Uint8Array.from(request))
    const reply = await t.read(payload + 2, within)
    if (reply[0] !== inSync) throw new FlashError('out-of-sync', { got: reply })
    if (reply[payload + 1] !== ok) throw new FlashError(payload === 0 ? 'nack' : 'out-of-sync', { got: reply })
    return reply.subarray(1, payload + 1)
  },
  async askAt(t, address, page, payload) {
    const request = [...loadAddress(address), ...page, eop]
    const within = millis(Math.ceil(patience + 2 * wireMs(request.length + payload + 4, baud) + pageWriteMs))
    t.discardInput()
    await t.write(Uint8Array.from(request))
    const reply = await t.read(payload + 4, within)
    const framed = reply[0] === inSync && reply[1] === ok && reply[2] === inSync && reply[payload + 3] === ok
    if (!framed) throw new FlashError('out-of-sync', { at: address, got: reply })
    return reply.subarray(3, payload + 3)
  },
})

/** A driver for the boards of one profile. */
export const createStk500v1 = ({ loader }: DeviceProfile, clock: Clock): FlashDriver => {
  const { ask, askAt } = exchange(loader)
  const short = millis(Math.ceil(patience + wireMs(16, loader.baud)))
  const pageMs = wireMs(loader.pageBytes + 13, loader.baud)

  const timed = async (
    t: Transport,
    request: number[],
    payload: number,
  ): Promise<{ reply: Uint8Array; ms: number }> => {
    const from = clock.monotonic()
    const reply = await ask(t, request, payload, short)
    const ms = Number(clock.monotonic() - from) / 1e6 - wireMs(request.length + payload + 2, loader.baud)
    return { reply, ms: Math.max(0, ms) }
  }
  const signature = async (t: Transport): Promise<{ hex: string; ms: number }> => {
    const { reply, ms } = await timed(t, [command.sign, eop], 3)
    return { hex: Buffer.from(reply).toString('hex'), ms }
  }

  return {
    protocol: 'stk500v1',
    unitBytes: loader.pageBytes,
    flashBytes: loader.flashBytes,
    cost: { write: pageMs + loader.pageWriteMs, read: pageMs },

    async enter(t) {
      await clock.sleep(startUp)
      await ask(t, [command.getSync, eop], 0, firstAnswer)
      const major = await timed(t, [command.getParameter, parameter.major, eop], 1)
      const minor = await timed(t, [command.getParameter, parameter.minor, eop], 1)
      let chip = await signature(t)
      // One flipped bit on the line must not condemn the right chip.
      if (chip.hex !== loader.signature) chip = await signature(t)
      if (chip.hex !== loader.signature)
        throw new FlashError('wrong-device', {}, { wanted: loader.signature, found: chip.hex })
      return {
        signature: chip.hex,
        loader: `${major.reply[0]}.${minor.reply[0]}`,
        roundTripMs: Math.min(major.ms, minor.ms, chip.ms),
      }
    },

    async write(t, address, data) {
      await askAt(t, address, [...block(command.program, data.length), ...data], 0)
    },

    async read(t, address, length) {
      return askAt(t, address, block(command.read, length), length)
    },

    async resync(t) {
      await clock.sleep(silence)
      for (let sent = 0; sent < fillers; sent += 1) {
        try {
          // A lone CRC_EOP ends whatever command the loader is still waiting for; two in a row are answered.
          await ask(t, [eop], 0, fillerAnswer)
          await ask(t, [command.getSync, eop], 0, short)
          return true
        } catch (error) {
          if (!(error instanceof FlashError && error.retryable)) throw error
        }
      }
      return false
    },

    async leave(t) {
      await ask(t, [command.leave, eop], 0, short)
    },
  }
}
