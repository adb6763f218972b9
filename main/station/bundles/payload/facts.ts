// SPDX-License-Identifier: Apache-2.0
import { bytes } from '../../../../shared/units.ts'

/** Where a payload's bytes are: a staged file, the vault's copy, a file of the team. Reads short only at its end. */
export type PayloadSource = { readonly size: number; read(offset: number, length: number): Uint8Array }

/** What a payload says of itself; what its format does not tell is absent. Sizes and addresses in bytes. */
export type PayloadFacts = {
  readonly version?: string
  readonly securityCounter?: number
  /** UUIDs of vendor and device class (MCUboot), lower-case hex. */
  readonly vendor?: string
  readonly deviceClass?: string
  readonly encrypted?: boolean
  /** Whether the image's own hash was there and is right; false: it cannot be checked here. */
  readonly hashChecked?: boolean
  /** Chip (ESP) or family (UF2) that the image is made for, as its number. */
  readonly target?: number
  /** Bytes at addresses, neighbours joined. */
  readonly ranges?: readonly { readonly address: number; readonly length: number }[]
}

/** `what`: a short word for the first fault, in the format's own terms. */
export type ParsedPayload =
  | { readonly ok: true; readonly facts: PayloadFacts }
  | { readonly ok: false; readonly what: string }

/** Largest payload that is looked into as a whole, bytes; of a larger one only what stands at fixed places is read. */
export const wholeLimit = bytes(64 * 1_048_576)
