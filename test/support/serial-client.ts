// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events'
import { SerialPort } from 'serialport'
import { onTestFinished } from 'vitest'

/** A plain client of a serial port for tests of what is at its other end: no protocol, no recovery. */
export const serialClient = async (path: string) => {
  const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false })
  let received = Buffer.alloc(0)
  let gone = false
  const changed = new EventTarget()
  const notify = () => changed.dispatchEvent(new Event('change'))
  port.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    notify()
  })
  port.on('close', () => {
    gone = true
    notify()
  })
  port.open()
  await once(port, 'open')
  const close = async () => {
    if (gone) return
    port.close()
    await once(port, 'close')
  }
  onTestFinished(close)

  /** Waits until `test` says yes to everything received and not taken yet; false after `within` ms or when the port is gone. */
  const until = (test: (bytes: Buffer) => boolean, within: number): Promise<boolean> =>
    new Promise((resolve) => {
      const finish = (answer: boolean) => {
        clearTimeout(timer)
        changed.removeEventListener('change', check)
        resolve(answer)
      }
      const timer = setTimeout(() => finish(false), within)
      const check = () => {
        if (test(received)) finish(true)
        else if (gone) finish(false)
      }
      changed.addEventListener('change', check)
      check()
    })

  return {
    write: (...bytes: number[]) => port.write(Buffer.from(bytes)),
    until,
    /** Exactly `length` bytes, or what there is after `within` ms. */
    take: async (length: number, within = 10_000): Promise<Buffer> => {
      await until((bytes) => bytes.length >= length, within)
      const taken = received.subarray(0, length)
      received = received.subarray(length)
      return taken
    },
    /** Whole lines received so far. */
    lines: (): string[] => received.toString('latin1').split('\r\n').slice(0, -1),
    gone: (within: number) => until(() => gone, within).then(() => gone),
    close,
  }
}
