// SPDX-License-Identifier: Apache-2.0
import { SerialPort } from 'serialport'
import { AirlockError } from '../../../shared/errors.ts'
import type { Baud } from '../../../shared/units.ts'
import { factsOf, mayBeTerminal, mayUse, realPath } from '../platform/files.ts'
import { FlashError } from './flash-error.ts'
import { createInbox } from './inbox.ts'
import type { PortIdentity, Transport } from './transport.ts'

/** Node-style callback as a promise. */
const asked = (ask: (done: (error: Error | null | undefined) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    ask((error) => (error ? reject(error) : resolve()))
  })

/** serialport names no codes when an open fails, so the port itself is asked why. */
const whyNotOpened = (path: string, cause: unknown): AirlockError => {
  const facts = factsOf(path)
  if (facts === undefined) return new FlashError('unplugged', {}, { port: path }, { cause })
  const kind = facts.kind === 'link' ? factsOf(realPath(path))?.kind : facts.kind
  if (kind !== 'other' || !mayBeTerminal(path)) return new AirlockError('port.not-serial', { port: path }, { cause })
  return new FlashError(mayUse(path) ? 'port-busy' : 'port-denied', {}, { port: path }, { cause })
}

/** A pseudo-terminal refuses the question; the answer itself does not matter. */
const hasModemLines = (serial: SerialPort): Promise<boolean> =>
  new Promise((resolve) => {
    serial.get((error) => resolve(error === null))
  })

/**
 * Opens a serial port, locked against other programs that lock.
 * Errors: FlashError unplugged (nothing at the path), port-busy, port-denied; `port.not-serial` for what is no port.
 */
export const openSerial = async (port: PortIdentity, speed: Baud): Promise<Transport> => {
  const serial = new SerialPort({ path: port.path, baudRate: speed, autoOpen: false, lock: true })
  const inbox = createInbox()
  const listeners = new Set<(why: Error) => void>()
  const lines = { dtr: true, rts: true }
  let gone: Error | undefined
  let closing = false

  const lose = (cause: unknown): void => {
    if (gone !== undefined) return
    gone = new FlashError('unplugged', {}, { port: port.path }, { cause })
    inbox.fail(gone)
    if (!closing) for (const listener of listeners) listener(gone)
  }
  const alive = (): void => {
    if (gone !== undefined) throw gone
  }

  serial.on('data', (chunk: Uint8Array) => inbox.push(chunk))
  serial.on('close', lose)
  serial.on('error', lose)
  try {
    await asked((done) => serial.open(done))
  } catch (error) {
    throw whyNotOpened(port.path, error)
  }
  const modemLines = await hasModemLines(serial)

  return {
    port,
    caps: { modemLines, parity: modemLines, baudChange: true },
    async write(data) {
      alive()
      try {
        await asked((done) => serial.write(data, done))
      } catch (error) {
        lose(error)
        alive()
      }
    },
    read: (length, within, signal) => inbox.read(length, within, signal),
    async setLines(change) {
      if (!modemLines) return false
      alive()
      // serialport sets every line at each call: those that were not named keep their state.
      Object.assign(lines, change)
      await asked((done) => serial.set({ ...lines }, done))
      return true
    },
    async setBaud(baudRate) {
      alive()
      await asked((done) => serial.update({ baudRate }, done))
    },
    discardInput: () => inbox.discard(),
    stream: (sink) => inbox.stream(sink),
    onGone(listener) {
      if (gone !== undefined && !closing) listener(gone)
      else listeners.add(listener)
    },
    async close() {
      closing = true
      if (serial.isOpen) await asked((done) => serial.close(done))
    },
  }
}
