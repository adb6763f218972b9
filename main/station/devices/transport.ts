// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Baud, Millis } from '../../../shared/units.ts'

/** Who a port is, as far as the operating system tells. Identity is `usbSerial` or `locationId`, never `path`. */
export const portIdentitySchema = z.strictObject({
  path: z.string(),
  vendorId: z.string().exactOptional(),
  productId: z.string().exactOptional(),
  usbSerial: z.string().exactOptional(),
  locationId: z.string().exactOptional(),
  /** Which plugging-in this is, where the system tells: another one after the plug was pulled. Says nothing else. */
  plug: z.string().exactOptional(),
})
export type PortIdentity = Readonly<z.infer<typeof portIdentitySchema>>

/** What went wrong between a driver and a device. Each maps to the code `flash.<fault>`. */
export type Fault =
  | 'timeout'
  | 'out-of-sync'
  | 'nack'
  | 'verify'
  | 'unplugged'
  | 'port-busy'
  | 'port-denied'
  | 'wrong-device'
  | 'image-too-big'
  | 'protected'
  | 'cancelled'

/** Bytes only: a serial port, or an in-process board in tests. One owner per port. */
export type Transport = {
  readonly port: PortIdentity
  /** What the port can really do; a pseudo-terminal has no modem lines and no parity. */
  readonly caps: { readonly modemLines: boolean; readonly parity: boolean; readonly baudChange: boolean }
  write(data: Uint8Array): Promise<void>
  /**
   * Exactly `length` bytes, or FlashError timeout when they are not there `within` ms of the call: then none of them
   * is taken. One reader at a time; an aborted signal rejects with its reason.
   */
  read(length: number, within: Millis, signal?: AbortSignal): Promise<Uint8Array>
  /** False where the port has no modem lines; never throws for that. */
  setLines(lines: { dtr?: boolean; rts?: boolean }): Promise<boolean>
  setBaud(speed: Baud): Promise<void>
  /** Drops what has arrived and was not read. */
  discardInput(): void
  /** Hands every byte from now on (and what waits unread) to `sink` until the returned function is called: telemetry. */
  stream(sink: (chunk: Uint8Array) => void): () => void
  /** Called once when the port is gone (unplugged, closed by the system); at once when it is gone already. */
  onGone(listener: (why: Error) => void): void
  close(): Promise<void>
}
