// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import type { Device } from '../devices/registry.ts'

/** A job's word that the device with this serial number is at its port. */
export type Claim = {
  /** Before the first page. Errors: `device.twin` when another port has claimed the same device since. */
  hold(): void
  end(): void
}

/** Which device is being worked on by which job: one device cannot be at two ports. */
export type Claims = {
  /** Errors: `device.twin` while another job has the device; that one is not begun either. */
  claim(device: Device, port: string): Claim
}

type Held = { readonly port: string; twin: string | undefined }

/** Claims of one station. */
export const createClaims = (): Claims => {
  const held = new Map<string, Held>()
  const twins = (serial: string, ports: readonly string[]): AirlockError =>
    new AirlockError('device.twin', { serial, ports: ports.join(', ') })
  return {
    claim({ id, serial }, port) {
      const other = held.get(id)
      if (other !== undefined) {
        other.twin = port
        throw twins(serial, [other.port, port])
      }
      const own: Held = { port, twin: undefined }
      held.set(id, own)
      return {
        hold() {
          if (own.twin !== undefined) throw twins(serial, [port, own.twin])
        },
        end: () => void held.delete(id),
      }
    },
  }
}
