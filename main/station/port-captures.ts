// SPDX-License-Identifier: Apache-2.0
import type { PortLease } from './devices/port-owner.ts'
import type { Log } from './platform/log.ts'
import type { Capture, CaptureRequest } from './telemetry/capture.ts'
import type { Telemetry } from './telemetry/telemetry.ts'

/** Ports whose bytes go to telemetry; each lease belongs to its capture until it stops. */
export type PortCaptures = {
  /**
   * Listens on an open port; `seen` is what came before, so that the boot banner is part of the session. Errors: those of
   * the store; the port is let go of then.
   */
  start(lease: PortLease, facts: Omit<CaptureRequest, 'portPath' | 'locationId'>, seen?: Uint8Array): Promise<void>
  /** Ends the capture of a port; the port is free when it resolves. Nothing happens when there is none. */
  stop(path: string): Promise<void>
  isOpen(path: string): boolean
  /** The capture in which a device speaks now, by the serial number that it tells or was flashed under. */
  of(device: string): Capture | undefined
  stopAll(): Promise<void>
}

type Open = { readonly lease: PortLease; readonly capture: Capture; readonly unhook: () => void; over?: Promise<void> }

/** Captures by port over the one telemetry writer. */
export const createPortCaptures = ({ telemetry, log }: { telemetry: Telemetry; log: Log }): PortCaptures => {
  const open = new Map<string, Open>()

  const close = async (path: string, { capture, lease, unhook }: Open, reason: 'closed' | 'unplugged') => {
    unhook()
    try {
      capture.close(reason)
    } finally {
      // What the disk did not take stays queued; the port is let go of all the same.
      await lease.release().finally(() => open.delete(path))
    }
  }
  /** Who comes while it ends waits for the same end: an unplug and a person may both want it. */
  const end = async (path: string, reason: 'closed' | 'unplugged'): Promise<void> => {
    const found = open.get(path)
    if (found !== undefined) await (found.over ??= close(path, found, reason))
  }
  /** For an end that nobody waits for. */
  const endAlone = (path: string, reason: 'closed' | 'unplugged'): Promise<void> =>
    end(path, reason).catch((error: unknown) => log.error('capture.end', error, { port: path }))

  return {
    async start(lease, facts, seen) {
      const { path, locationId } = lease.port
      try {
        const capture = telemetry.openCapture({
          ...facts,
          portPath: path,
          ...(locationId === undefined ? {} : { locationId }),
        })
        if (seen !== undefined) capture.push(seen)
        const transport = lease.transport()
        open.set(path, { lease, capture, unhook: transport.stream((chunk) => capture.push(chunk)) })
        transport.onGone(() => void endAlone(path, 'unplugged'))
      } catch (error) {
        await lease.release()
        throw error
      }
    },
    stop: (path) => end(path, 'closed'),
    of: (device) =>
      [...open.values()].find(({ capture, over }) => over === undefined && capture.stats().identity.device === device)
        ?.capture,
    isOpen: (path) => open.has(path) && open.get(path)?.over === undefined,
    async stopAll() {
      for (const path of open.keys()) await endAlone(path, 'closed')
    },
  }
}
