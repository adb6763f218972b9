// SPDX-License-Identifier: Apache-2.0
/** In step with one boot loader: recovery of a single step, with a bounded budget, above any driver. */
import type { Baud } from '../../../shared/units.ts'
import { FlashError } from '../devices/flash-error.ts'
import type { PortLease } from '../devices/port-owner.ts'
import type { Fault, Transport } from '../devices/transport.ts'
import type { FlashDriver, LoaderFacts } from './drivers/driver.ts'
import type { WireTrace } from './wire-trace.ts'

/** A fault that was got over. `at` is a byte address; -1 while entering or leaving the loader. */
export type Recovery = { readonly fault: Fault; readonly at: number; readonly attempt: number }

export type LoaderSession = {
  readonly driver: FlashDriver
  readonly recoveries: readonly Recovery[]
  /** Into the loader of a port that was just opened, which resets most boards; more resets follow where it did not. */
  enter(): Promise<LoaderFacts>
  /** Into the loader by a reset, although the application runs. */
  reenter(): Promise<LoaderFacts>
  /** One step at a byte address, repeated after a fault of the line: back in step first, by a reset when nothing else helps. */
  step<T>(at: number, work: (transport: Transport) => Promise<T>): Promise<T>
  /** Starts the application; the port has its speed then. */
  leave(): Promise<void>
  /** The port as it is open now, with what passes written down. */
  transport(): Transport
  /** Counts a fault that was found and can be mended. Errors: that fault, when the budget is spent. */
  note(fault: Fault, at: number, attempt: number): void
  /** The line's latency as far as it is known, ms. */
  roundTripMs(): number
}

/** A unit that fails five times is no accident; sixty faults in one job are a bad line. */
const perUnit = 4
const perJob = 60
/** A board that does not answer after so many resets is without power. */
const resets = 3

/** A session on one port, which it does not close. Errors of every step: FlashError; cancelled between steps. */
export const createLoaderSession = ({
  lease,
  driver,
  trace,
  speeds,
  signal,
  onRecovery,
  recoveries = [],
}: {
  readonly lease: PortLease
  readonly driver: FlashDriver
  readonly trace: WireTrace
  readonly speeds: { readonly loader: Baud; readonly application: Baud }
  readonly signal: AbortSignal
  readonly onRecovery: (recovery: Recovery) => void
  /** Faults that were got over earlier in the same job: they count in its budget, and new ones join them. */
  readonly recoveries?: Recovery[]
}): LoaderSession => {
  let transport = trace.watch(lease.transport())
  let roundTrip = 1

  const note = (fault: Fault, at: number, attempt: number): void => {
    if (recoveries.length >= perJob) throw new FlashError(fault, { at }, { recoveries: recoveries.length })
    const recovery = { fault, at, attempt }
    recoveries.push(recovery)
    onRecovery(recovery)
  }

  const goOn = (): void => {
    if (signal.aborted) throw new FlashError('cancelled', {}, {}, { cause: signal.reason })
  }

  const enter = async (resetFirst: boolean): Promise<LoaderFacts> => {
    for (let attempt = 1; ; attempt += 1) {
      goOn()
      try {
        if (resetFirst || attempt > 1) transport = trace.watch(await lease.reset())
        if (speeds.loader !== speeds.application) await transport.setBaud(speeds.loader)
        const facts = await driver.enter(transport)
        roundTrip = facts.roundTripMs
        return facts
      } catch (error) {
        if (!(error instanceof FlashError && error.retryable) || attempt === resets) throw error
        note(error.fault, -1, attempt)
      }
    }
  }

  const step = async <T>(at: number, work: (t: Transport) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      goOn()
      try {
        return await work(transport)
      } catch (error) {
        if (!(error instanceof FlashError && error.retryable) || attempt > perUnit) throw error
        note(error.fault, at, attempt)
        if (!(await driver.resync(transport))) await enter(true)
      }
    }
  }

  return {
    driver,
    recoveries,
    enter: () => enter(false),
    reenter: () => enter(true),
    step,
    async leave() {
      await step(-1, (t) => driver.leave(t))
      if (speeds.loader !== speeds.application) await transport.setBaud(speeds.application)
    },
    transport: () => transport,
    note,
    roundTripMs: () => roundTrip,
  }
}
