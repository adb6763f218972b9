// SPDX-License-Identifier: Apache-2.0
import type { Capture, CaptureRequest } from './telemetry/capture.ts'
import type { Telemetry } from './telemetry/telemetry.ts'
import type { PortLease } from './devices/port-owner.ts'

/** Ports whose bytes go to telemetry; each lease belongs to its capture until it stops. */
export type PortCaptures = {
  /** Listens on an open port; `seen` is what came before, so that the boot banner is part of the session. */
  start(lease: PortLease, facts: Omit<CaptureRequest, 'portPath' | 'locationId'>, seen?: Uint8Array): void
  /** Ends the capture of a port and lets go of it; nothing happens when there is none. */
  stop(path: string): Promise<void>
  isOpen(path: string): boolean
  stopAll(): Promise<void>
}

type Open = { readonly lease: PortLease; readonly capture: Capture; readonly unhook: () => void }

/** Captures by port over the one telemetry writer. */
export const createPortCaptures = (telemetry: Telemetry): PortCaptures => {
  const open = new Map<string, Open>()

  const end = async (path: string, reason: 'closed' | 'unplugged'): Promise<void> => {
    const found = open.get(path)
    if (found === undefined) return
    open.delete(path)
    found.unhook()
    try {
      found.capture.close(reason)
    } finally {
      // What the disk did not take stays queued; the port is let go of all the same.
      await found.lease.release()
    }
  }

  return {
    start(lease, facts, seen) {
      const { path, locationId } = lease.port
      const capture = telemetry.openCapture({
        ...facts,
        portPath: path,
        ...(locationId === undefined ? {} : { locationId }),
      })
      if (seen !== undefined) capture.push(seen)
      const transport = lease.transport()
      const unhook = transport.stream((chunk) => capture.push(chunk))
      open.set(path, { lease, capture, unhook })
      transport.onGone(() => void end(path, 'unplugged'))
    },
    stop: (path) => end(path, 'closed'),
    isOpen: (path) => open.has(path),
    async stopAll() {
      for (const path of open.keys()) await end(path, 'closed')
    },
  }
}
