// SPDX-License-Identifier: Apache-2.0
import { isErrorCode, type ErrorCode } from '../error-codes.ts'

/** sysexits: EX_SOFTWARE is a fault of our own. */
const fault = 70

/** Why a station ended before it served anybody, as its exit code: whoever started it has no other answer to read. */
const exitCodes: Partial<Record<ErrorCode, number>> = {
  internal: fault,
  // sysexits: EX_TEMPFAIL says "in use, try later".
  'station.already-running': 75,
  'audit.key': 80,
  'audit.unreadable': 81,
  'audit.changed': 82,
  'audit.truncated': 83,
  'audit.rolled-back': 84,
  'audit.forked': 85,
  'storage.full': 90,
  'storage.io': 91,
  'storage.busy': 92,
  'storage.schema': 93,
  'station.self-test': 94,
  'station.enrolment': 95,
}

/** The exit code that says this code; what has none of its own is `internal`. */
export const exitCodeOf = (code: ErrorCode): number => exitCodes[code] ?? fault

/** The code that an exit code says; `station.lost` for every other end, such as a signal. */
export const codeOfExit = (exit: number | string): ErrorCode =>
  Object.keys(exitCodes)
    .filter(isErrorCode)
    .find((code) => exitCodes[code] === exit) ?? 'station.lost'
