// SPDX-License-Identifier: Apache-2.0
/** The version of this Airlock, as bundles compare it with `importerMin` and the log names it. */
export const appVersion = '0.1.0'

/** When this version was made, milliseconds UTC: a computer whose clock is before it has lost its time. */
export const builtAt = Date.UTC(2026, 10, 1)
