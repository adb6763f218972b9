// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../shared/error-codes.ts'
import { codeOfExit } from '../../shared/host/exit-codes.ts'
import { hostContract, type HostContract } from '../../shared/host/host.ts'
import { multiplex, type Channel } from '../../shared/rpc/envelope.ts'
import type { Port } from '../../shared/rpc/port.ts'
import { serve, type Handlers } from '../../shared/rpc/server.ts'

/** A station's process, as its host sees it. */
export type StationChild = Channel & {
  onExit(listener: (code: number | null) => void): void
  /** Asks it to end in good order, or ends it at once. */
  end(how: 'orderly' | 'now'): void
}

/** What the keeper needs of its surroundings. */
export type KeeperGround = {
  readonly start: () => StationChild
  readonly host: Handlers<HostContract, undefined>
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  readonly after: (ms: number, then: () => void) => void
  /** A station process is there; it may still be opening, messages wait. */
  readonly onStarted: () => void
  /** The station ended though nobody asked it to; another one follows by itself. */
  readonly onLost: (code: ErrorCode) => void
}

/** Keeps one station running. */
export type StationKeeper = {
  /** A new port to the station, or undefined while there is none. */
  readonly connect: () => Port | undefined
  /** Ends the station in good order and starts no other; resolves when its process is gone. */
  readonly stop: () => Promise<void>
}

const limits = {
  /** First wait before another start, ms; each further one doubles. */
  firstWait: 250,
  /** The longest wait, ms: a station that cannot open tries twice a minute. */
  longestWait: 30_000,
  /** A station that ran this long, ms, is not one that cannot start: waiting begins anew. */
  steady: 60_000,
  /** How long an orderly end may take, ms: the station itself gives its work 15 s. */
  orderlyEnd: 30_000,
}

/** Milliseconds before the next start, after so many that did not last. */
export const waitBefore = (failures: number): number =>
  Math.min(limits.longestWait, limits.firstWait * 2 ** Math.max(0, failures - 1))

/** Starts a station, and again whenever it ends, with waits that grow; serves its questions to the host. */
export const keepStation = ({ start, host, now, after, onStarted, onLost }: KeeperGround): StationKeeper => {
  let line: ReturnType<typeof multiplex> | undefined
  let child: StationChild | undefined
  let failures = 0
  let stopping = false
  let gone = (): void => undefined

  const run = (): void => {
    if (stopping) return
    const since = now()
    const own = start()
    child = own
    // Registered first: when the ports close, whoever asks for another one already finds no station.
    own.onExit((code) => ended(code, now() - since))
    line = multiplex(own, (port) => port.close())
    serve(hostContract, host, line.host, {
      gate: () => undefined,
      limits: { inFlight: 16, perSecond: 100, weight: 65_536 },
      now,
      onFault: () => undefined,
    })
    onStarted()
  }
  const ended = (code: number | null, ranFor: number): void => {
    line = undefined
    child = undefined
    gone()
    if (stopping) return
    failures = ranFor >= limits.steady ? 1 : failures + 1
    after(waitBefore(failures), run)
    // A signal gives no exit code: that is a station that was lost.
    onLost(code === null ? 'station.lost' : codeOfExit(code))
  }
  run()
  return {
    connect: () => line?.open(),
    stop() {
      stopping = true
      const last = child
      if (last === undefined) return Promise.resolve()
      return new Promise((resolve) => {
        gone = resolve
        last.end('orderly')
        after(limits.orderlyEnd, () => {
          if (child === last) last.end('now')
        })
      })
    },
  }
}
