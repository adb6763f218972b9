// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { logKeyOf, type LogKey } from '../../main/station/audit/keys.ts'
import type { AuditEntry } from '../../main/station/audit/entry.ts'

/** A station for measurements. */
export const benchStation = 'c0ffee00-0000-4000-8000-0000000000be'
export const benchKey = (): LogKey => logKeyOf(originOf(benchStation, 1), generateKeyPairSync('ed25519').privateKey)
export const benchFolder = (): string => mkdtempSync(join(tmpdir(), 'airlock-bench-'))

/** An entry of the size that a flash step has. */
export const benchEntry = (n: number): AuditEntry => ({
  actor: { uid: '7e1c9a52-3f6b-4d0e-9b1a-2c5d8e7f0a11', login: 'ada', name: 'Ada Okafor', role: 'technician' },
  session: '51d6f0a7-8c2e-4b9d-a3f4-6e0b7c1d2a99',
  action: 'flash.start',
  object: { type: 'device', id: `dev-${n % 500}` },
  outcome: 'ok',
  after: { page: n % 256, of: 256, version: '2.4.1' },
  corr: `0b9d4f0e-4bb6-4a1c-9d5c-${String(n >> 6).padStart(12, '0')}`,
})

/** Seconds that work takes. */
export const seconds = async (work: () => unknown): Promise<number> => {
  const start = process.hrtime.bigint()
  await work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** The value below which this share of a sorted list lies. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
