// SPDX-License-Identifier: Apache-2.0
import { randomBytes, randomUUID } from 'node:crypto'

/** Random version-4 UUID, lower case: the identity of whatever crosses the gap or is audited. */
export const newId = (): string => randomUUID()

/** `n` random bytes from the operating system. */
export const randomOctets = (n: number): Uint8Array => randomBytes(n)
