// SPDX-License-Identifier: Apache-2.0
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import type { Bytes } from '../../../shared/units.ts'
import type { Check } from '../../../shared/verdict.ts'

/** What flashing needs to know of imported bundles. `id` is the SHA-256 of a bundle's manifest. */
export type FirmwareSource = {
  /** The signed manifest of an accepted bundle. Errors: `not-found`, `payload.digest`. */
  manifest(id: string): FirmwareManifest
  /** What may have changed since the import: recall list, counters of the policy. The first that says no, or undefined. */
  objection(id: string): Check | undefined
  /** A payload, hashed again as it was read. Errors: `payload.digest`. */
  read(sha256: string, limit: Bytes): Uint8Array
}
