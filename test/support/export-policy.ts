// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { readPolicy, type LoadedPolicy } from '../../main/station/exports/sanitize/policy.ts'
import { siteKeysOf } from '../../main/station/exports/site-keys.ts'

/** The policy that Airlock comes with. */
export const defaultPolicy = (): LoadedPolicy =>
  readPolicy(readFileSync('resources/policies/default-sanitization.json'))

/** Keys of a site that is always the same. */
export const testKeys = siteKeysOf(new Uint8Array(32).fill(7))
