// SPDX-License-Identifier: Apache-2.0
/** What a decoder makes of one line: values only, no time, no identity of the port. */

/** How a session's boot came about; `unknown` where nobody told. */
export const sessionKinds = ['cold', 'watchdog', 'brownout', 'panic', 'software', 'update', 'unknown'] as const
export type SessionKind = (typeof sessionKinds)[number]

/** What stopped the firmware. */
export const crashKinds = ['assert', 'hardfault', 'panic', 'watchdog', 'coredump'] as const
export type CrashKind = (typeof crashKinds)[number]

/** `counter` only grows until a restart (cumulative), `state` is 0/1 per state, the rest are gauges. */
export const seriesKinds = ['gauge', 'counter', 'state'] as const
export type SeriesKind = (typeof seriesKinds)[number]

/** One number of one series. `labels` is canonical JSON text, `unit` UCUM or empty. */
export type Sample = {
  readonly name: string
  readonly labels: string
  readonly kind: SeriesKind
  readonly unit: string
  readonly value: number
}

/** A log message. `severity` is OpenTelemetry's 1–24, `code` a module, tag or event name or empty. */
export type LogEvent = { readonly severity: number; readonly code: string; readonly text: string }

/** What a device says of itself when it starts. `stage`: 0 ROM, 1 boot loader, 2 operating system, 3 application. */
export type Boot = {
  readonly stage: 0 | 1 | 2 | 3
  readonly kind: SessionKind
  /** The cause in the device's own words. */
  readonly reason: string
  readonly model?: string
  readonly serial?: string
  readonly hardware?: string
  readonly firmware?: string
  readonly build?: string
  /** The device's own count of starts. */
  readonly boots?: number
}

/**
 * One line of a crash dump. Without `kind` it only adds to a crash that was seen just before.
 * Of several lines the highest `rank` names the crash: an assertion says more than the fault that follows it.
 */
export type CrashLine = {
  readonly rank: number
  /** Told after the restart, of the run before: it completes the crash that the start gave away. */
  readonly past?: true
  readonly kind?: CrashKind
  readonly reason?: string
  /** Program addresses, innermost first. */
  readonly frames?: readonly string[]
}

/** All that one line says. */
export type Reading = {
  /** The device's own time in milliseconds, as told. */
  readonly tDev?: number
  /** True where `tDev` counts from the start of the device: going back means a restart. */
  readonly sinceBoot?: boolean
  readonly samples: readonly Sample[]
  readonly event?: LogEvent
  readonly boot?: Boot
  readonly crash?: CrashLine
}

/** Labels as canonical JSON text (RFC 8785 for strings): keys sorted by code units. */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))))

/** No labels. */
export const noLabels = '{}'
