// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import { FlashError } from '../devices/flash-error.ts'
import { placeOf, type PortLister } from '../devices/ports.ts'
import type { PortIdentity } from '../devices/transport.ts'
import type { Clock } from '../platform/clock.ts'

/** How often somebody may pull the plug in one job before it gives up. */
export const mostReplugs = 10
/** Long enough to find the other end of a cable; a job that waits keeps its place in the line. */
const waits = millis(120_000)
const lookEvery = millis(250)

/** Whether a fault may be over when the plug is in again: right after that, the system may still be setting the port's rights. */
export const isLoosePlug = (error: unknown, again: boolean): boolean =>
  error instanceof FlashError &&
  (error.fault === 'unplugged' || (again && (error.fault === 'port-denied' || error.fault === 'port-busy')))

/**
 * Waits until the device with the same USB serial number is plugged in again, in whatever socket. Undefined when it is
 * not, in time; a port without a serial number is never waited for, because nobody could tell. Errors: FlashError cancelled.
 */
export const awaitReplug = async (
  { ports, clock }: { readonly ports: PortLister; readonly clock: Clock },
  lost: PortIdentity,
  signal: AbortSignal,
): Promise<PortIdentity | undefined> => {
  if (lost.usbSerial === undefined) return undefined
  const place = placeOf(lost)
  const end = clock.monotonic() + BigInt(waits) * 1_000_000n
  while (clock.monotonic() < end) {
    await clock.sleep(lookEvery)
    if (signal.aborted) throw new FlashError('cancelled', {}, {}, { cause: signal.reason })
    const found = (await ports()).filter((port) => placeOf(port) === place)
    const [back, twin] = found
    if (twin !== undefined)
      throw new AirlockError('device.twin', {
        serial: lost.usbSerial,
        ports: found.map(({ path }) => path).join(', '),
      })
    if (back !== undefined) return back
  }
  return undefined
}
