// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { millis, type Baud } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import { FlashError } from './flash-error.ts'
import type { PortIdentity, Transport } from './transport.ts'

/** Opens a port; in the station `openSerial`, in tests a board in the same process. */
export type OpenPort = (port: PortIdentity, speed: Baud) => Promise<Transport>

/** The right to use one port. It ends with `release` or `handOver`; using it afterwards is a fault of the program. */
export type PortLease = {
  readonly port: PortIdentity
  readonly owner: string
  /** The open port; another one after `reset` where the port has no modem lines. */
  transport(): Transport
  /** Resets the device: by DTR and RTS, or by closing and opening where the port has no lines. */
  reset(): Promise<Transport>
  /** Gives the still open port to another owner: no byte is lost in between. */
  handOver(owner: string): PortLease
  release(): Promise<void>
}

/** Who uses which port. */
export type PortOwners = {
  /** Opens the port for `owner`. Errors: FlashError port-busy while somebody has it, and those of the opener. */
  take(port: PortIdentity, speed: Baud, owner: string): Promise<PortLease>
  ownerOf(path: string): string | undefined
}

/** How long the lines stay low: the capacitor at a board's reset pin wants some 10 ms, slow adapters need more. */
const lineLow = millis(100)

/** One owner per port, in this process; other programs are kept out by the port's lock. */
export const createPortOwners = (open: OpenPort, clock: Clock): PortOwners => {
  const owners = new Map<string, string>()

  const lease = (port: PortIdentity, speed: Baud, owner: string, first: Transport): PortLease => {
    let transport = first
    let ended = false
    const mine = (): void => {
      if (ended) throw new AirlockError('internal', { what: 'a port was used after it was given away', owner })
    }
    return {
      port,
      owner,
      transport() {
        mine()
        return transport
      },
      async reset() {
        mine()
        if (await transport.setLines({ dtr: false, rts: false })) {
          await clock.sleep(lineLow)
          transport.discardInput()
          await transport.setLines({ dtr: true, rts: true })
          return transport
        }
        await transport.close()
        transport = await open(port, speed)
        return transport
      },
      handOver(to) {
        mine()
        ended = true
        owners.set(port.path, to)
        return lease(port, speed, to, transport)
      },
      async release() {
        mine()
        ended = true
        try {
          await transport.close()
        } finally {
          owners.delete(port.path)
        }
      },
    }
  }

  return {
    async take(port, speed, owner) {
      const holder = owners.get(port.path)
      if (holder !== undefined) throw new FlashError('port-busy', {}, { port: port.path, owner: holder })
      owners.set(port.path, owner)
      try {
        return lease(port, speed, owner, await open(port, speed))
      } catch (error) {
        owners.delete(port.path)
        throw error
      }
    },
    ownerOf: (path) => owners.get(path),
  }
}
