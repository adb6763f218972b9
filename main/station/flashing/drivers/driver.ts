// SPDX-License-Identifier: Apache-2.0
import type { Transport } from '../../devices/transport.ts'

/** What a boot loader says of its chip and itself, and how long an answer takes on this line. */
export type LoaderFacts = {
  /** Lower-case hex. */
  readonly signature: string
  /** Major.minor. */
  readonly loader: string
  /** Shortest answer less its time on the wire, ms: the adapter's latency. */
  readonly roundTripMs: number
}

/**
 * One protocol: single steps over a transport, with deadlines and no memory of the job. Which steps, in which order,
 * and what after a fault, is the runner's. A unit (page, sector, block) is the step of recovery and progress.
 * Every step throws FlashError; those that are retryable leave the loader out of step at worst.
 */
export type FlashDriver = {
  readonly protocol: 'stk500v1'
  readonly unitBytes: number
  readonly flashBytes: number
  /** After a reset: in step with the loader, chip checked. Errors: wrong-device, timeout, out-of-sync. */
  enter(transport: Transport): Promise<LoaderFacts>
  write(transport: Transport, address: number, data: Uint8Array): Promise<void>
  read(transport: Transport, address: number, length: number): Promise<Uint8Array>
  /** Gets back in step without a reset; false when only a reset can help. */
  resync(transport: Transport): Promise<boolean>
  /** Starts the application. */
  leave(transport: Transport): Promise<void>
  /** Milliseconds of a unit by the protocol's constants, without the adapter's latency. */
  readonly cost: { readonly write: number; readonly read: number }
}
