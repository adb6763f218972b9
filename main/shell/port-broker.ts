// SPDX-License-Identifier: Apache-2.0
import type { Port } from '../../shared/rpc/port.ts'

/** Hands the one page its one port. */
export type PortBroker = {
  /** The page is there: it gets a port, unless it asked for one already. */
  loaded(): void
  /** The page asks for a port: the one before is closed. */
  asked(): void
  /** The page goes (reload, crash, close): its port is closed at once. */
  left(): void
  /** A station is there again: a page that waits gets its port. */
  started(): void
}

/** Asked while no station runs, the broker remembers, and hands the port out when one does. */
export const createPortBroker = (connect: () => Port | undefined, give: (port: Port) => void): PortBroker => {
  let own: Port | undefined
  let waiting = false

  const left = (): void => {
    waiting = false
    own?.close()
    own = undefined
  }
  const asked = (): void => {
    left()
    const port = connect()
    own = port
    waiting = port === undefined
    port?.onClose(() => {
      if (own === port) own = undefined
    })
    if (port !== undefined) give(port)
  }
  return {
    asked,
    left,
    loaded() {
      if (own === undefined) asked()
    },
    started() {
      if (waiting) asked()
    },
  }
}
