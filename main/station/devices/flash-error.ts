// SPDX-License-Identifier: Apache-2.0
import { AirlockError, type ErrorDetails } from '../../../shared/errors.ts'
import type { Fault } from './transport.ts'

/** Where in the device's memory it happened, and what should have stood there. */
export type FaultPlace = {
  /** Byte address in the device. */
  readonly at?: number
  readonly expected?: Uint8Array
  readonly got?: Uint8Array
}

/** Faults of the line: the same step may be tried again. The others end the work. */
const passing: readonly Fault[] = ['timeout', 'out-of-sync', 'nack']

const hex = (octets: Uint8Array | undefined): string | undefined =>
  octets === undefined ? undefined : Buffer.from(octets.subarray(0, 8)).toString('hex')

/** A fault between station and device, with the code `flash.<fault>`; address and bytes are in its details (at most 8 bytes, hex). */
export class FlashError extends AirlockError {
  readonly fault: Fault
  readonly place: FaultPlace
  /** Whether repeating the step can help. */
  readonly retryable: boolean

  constructor(fault: Fault, place: FaultPlace = {}, details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    const [expected, got] = [hex(place.expected), hex(place.got)]
    super(
      `flash.${fault}`,
      {
        ...details,
        ...(place.at === undefined ? {} : { at: place.at }),
        ...(expected === undefined ? {} : { expected }),
        ...(got === undefined ? {} : { got }),
      },
      options,
    )
    this.fault = fault
    this.place = place
    this.retryable = passing.includes(fault)
  }
}
