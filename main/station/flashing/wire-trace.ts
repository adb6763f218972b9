// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../platform/clock.ts'
import type { Transport } from '../devices/transport.ts'

/** The last bytes of both directions: what an engineer wants to see of a job that failed. */
export type WireTrace = {
  /** The same transport, with everything that passes written down. */
  watch(transport: Transport): Transport
  /** One line a transfer: milliseconds since the trace began, `>` to the device or `<` from it, hex. */
  text(): string
}

type Entry = { readonly ms: number; readonly direction: '>' | '<'; readonly data: Uint8Array }

/** Keeps the newest `capacity` bytes of payload. */
export const createWireTrace = (clock: Clock, capacity = 16_384): WireTrace => {
  const began = clock.monotonic()
  const entries: Entry[] = []
  let held = 0
  const add = (direction: Entry['direction'], data: Uint8Array): void => {
    entries.push({ ms: Number(clock.monotonic() - began) / 1e6, direction, data })
    held += data.length
    while (held > capacity) held -= entries.shift()?.data.length ?? held
  }
  return {
    watch: (transport) => ({
      ...transport,
      async write(data) {
        add('>', data)
        await transport.write(data)
      },
      async read(length, within, signal) {
        const data = await transport.read(length, within, signal)
        add('<', data)
        return data
      },
      stream: (sink) =>
        transport.stream((chunk) => {
          add('<', chunk)
          sink(chunk)
        }),
    }),
    text: () =>
      entries
        .map(({ ms, direction, data }) => `${ms.toFixed(1)} ${direction} ${Buffer.from(data).toString('hex')}\n`)
        .join(''),
  }
}
