// SPDX-License-Identifier: Apache-2.0
/** Row 33 of docs/formats/refusals.md: sizes that do not fit 31 or 32 bits. The files are sparse, so only reading costs. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../main/station/bundles/open-file.ts'
import { verifyBundle } from '../../main/station/bundles/verify.ts'
import { bundleEntries, firmwareManifest, tarOf } from '../support/bundle.ts'
import { headerBlock } from '../../main/station/bundles/envelope/header.ts'
import { testPki } from '../support/pki.ts'
import { soakFactor } from '../support/soak.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** Zeros, and their SHA-256 as `head -c SIZE /dev/zero | sha256sum` gives it. */
const zeros = {
  'over 2 GiB': {
    size: 2 ** 31 + 4096,
    sha256: 'd702231a97a4e742e747bd3fdc81d8d1b604378660d5fc38934b865ca2a9d6d1',
  },
  'over 4 GiB': {
    size: 2 ** 32 + 4096,
    sha256: '5bc8222d078b1d6dab4a1d75403860f91afffe8a6944d469e496f553d296be3d',
  },
} as const
const path = 'payload/disk.bin'
const { policy } = testPki()
const large = { ...policy, limits: { ...policy.limits, maxBundleBytes: 2 ** 33 } }

/** A signed bundle whose one payload is a hole of `size` bytes, with `last` as its last byte. */
const holeBundle = (what: keyof typeof zeros, last: number): string => {
  const { size, sha256 } = zeros[what]
  const [payload] = firmwareManifest().payloads
  const manifest = firmwareManifest({ payloads: [{ ...payload, path, size, sha256 }], evidence: [] })
  const head = tarOf(bundleEntries(manifest, {}), new Uint8Array(headerBlock(path, size)))
  const file = join(tempFolder(), 'large.airfw')
  const fd = openSync(file, 'wx')
  writeSync(fd, head)
  ftruncateSync(fd, head.length + size + 1024)
  writeSync(fd, Uint8Array.of(last), 0, 1, head.length + size - 1)
  closeSync(fd)
  return file
}

const judged = async (file: string) => {
  const opened = openFile(file)
  if (!opened.ok) throw new Error(opened.code)
  const now = Date.parse('2026-06-01T12:00:00Z')
  const state = { now, lastSignedTime: now, lastAuditTime: now, importer: '0.1.0', counters: {}, imported: [] }
  try {
    const { verdict } = await verifyBundle(opened.value, { policy: large, state: { ...state, freeBytes: 2 ** 40 } })
    return verdict
  } finally {
    opened.value.close()
  }
}

/** Reading 4 GiB takes a minute where two cores are shared: at length in the campaign. */
const sizes = soakFactor > 1 ? (['over 2 GiB', 'over 4 GiB'] as const) : (['over 2 GiB'] as const)

describe('a payload', { timeout: 600_000 }, () => {
  it.each(sizes)('row 33: %s is refused when its last byte changed', async (what) => {
    expect(await judged(holeBundle(what, 1))).toMatchObject({ verdict: 'refused', code: 'payload.digest' })
  })

  it.each(sizes)('%s is accepted when every byte is right', async (what) => {
    expect(await judged(holeBundle(what, 0))).toMatchObject({ verdict: 'accepted' })
  })
})
