// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openVault } from '../../../main/station/bundles/vault.ts'
import { evidenceHandlers } from '../../../main/station/evidence-handlers.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import type { FirmwarePayload } from '../../../shared/formats/firmware.ts'
import { firmwareManifest, sha256 } from '../../support/bundle.ts'
import { espImage, uf2Block } from '../../support/images.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const MiB = 1_048_576

/** 4096 records that fill 64 KiB, as Intel HEX. */
const hexImage = (): Uint8Array => {
  const rows = Array.from({ length: 4096 }, (_, n) => {
    const octets = Buffer.concat([Buffer.of(16, n >> 4, (n << 4) & 0xff, 0), Buffer.alloc(16)])
    const sum = octets.reduce((total, octet) => total + octet, 0)
    return `:${Buffer.concat([octets, Buffer.of(-sum & 0xff)]).toString('hex')}\n`
  })
  return Buffer.from(`${rows.join('')}:00000001FF\n`)
}

/** A station that has imported these images, each as its format says. */
const withImages = (images: Readonly<Partial<Record<FirmwarePayload['format'], Uint8Array>>>) => {
  const folder = tempFolder()
  const vault = openVault(join(folder, 'vault'))
  const store = openStore(join(folder, 'station.db'), stationMigrations)
  const payloads = Object.entries(images).map(([format, content]) => {
    writeFileSync(join(folder, 'vault', 'contents', sha256(content)), content)
    const listed = { path: `payload/${format}.bin`, size: content.length, sha256: sha256(content) }
    return { ...listed, component: format, format, driver: 'stk500v1', options: {} }
  })
  const manifest = canonicalBytes(firmwareManifest({ payloads, evidence: [] }))
  const id = sha256(manifest)
  store.transact((tx) => {
    const row =
      "INSERT INTO bundle VALUES (?, 'b', 'acme', 'pump', 'production', '2.0.0', 3, 1, 0, ?, 'f', 'm', 0, 'p')"
    tx.run(row, id, manifest)
  })
  const contents = () =>
    evidenceHandlers({ store, vault })['bundles.contents'](
      { id },
      { portId: 'p', session: undefined, role: undefined },
      new AbortController().signal,
    )
  return { contents }
}

/** The answer, and how often something else had its turn before it came. */
const turnsDuring = async <T>(work: () => T | Promise<T>): Promise<{ answer: T; turns: number }> => {
  let [turns, over] = [0, false]
  const turn = (): void => {
    turns += 1
    if (!over) setImmediate(turn)
  }
  setImmediate(turn)
  const answer = await work()
  over = true
  return { answer, turns }
}

describe('looking into an imported bundle', () => {
  it.each([
    // What is read, and what is looked through: in steps of 128 KiB, 1024 blocks, 1024 lines.
    ['bin', () => new Uint8Array(4 * MiB), 32, {}],
    ['esp-image', () => espImage([[0x4000_0000, new Uint8Array(2 * MiB)]]), 48, { hashChecked: true }],
    ['uf2', () => Buffer.concat(Array.from({ length: 4096 }, (_, n) => uf2Block(n, 4096, n * 256))), 20, {}],
    ['ihex', hexImage, 6, { ranges: [{ address: 0, length: 65_536 }] }],
  ] as const)('lets the ports have their turn again and again (%s)', async (format, image, least, facts) => {
    const { contents } = withImages({ [format]: image() })
    const { answer, turns } = await turnsDuring(contents)
    expect(answer.payloads).toMatchObject([{ format, fault: null, facts }])
    expect(turns).toBeGreaterThanOrEqual(least)
  })
})
