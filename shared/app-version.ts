// SPDX-License-Identifier: Apache-2.0
/** The version of this Airlock, as bundles compare it with `importerMin` and the log names it. */
export const appVersion = '0.1.0'
