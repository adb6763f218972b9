// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { canonicalBytes } from '../../shared/formats/canonical-json.ts'
import { firmwareSchema, type FirmwareManifest } from '../../shared/formats/firmware.ts'
import { bytes } from '../../shared/units.ts'
import { checksumOf, headerBlock, paddingOf } from '../../main/station/bundles/envelope/header.ts'
import { openEnvelope, type Opening, type Outcome } from '../../main/station/bundles/open-envelope.ts'
import type { OpenFile } from '../../main/station/bundles/envelope/tape.ts'
import type { FileReader } from '../../main/station/platform/files.ts'
import type { SignatureRole } from '../../main/station/trust/roles.ts'
import { signManifest, type Holder } from './pki.ts'

/** Lower-case hex SHA-256. */
export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')

/** Contents of the test bundle: path → bytes, payloads first. */
export type Contents = Readonly<Record<string, Uint8Array>>
const text = (value: string): Uint8Array => new TextEncoder().encode(value)

export const testContents: Contents = {
  'payload/app.hex': text(':020000040000FA\n:00000001FF\n'.repeat(40)),
  'payload/data.bin': Uint8Array.from({ length: 1300 }, (_, n) => n % 251),
  'evidence/sbom.json': text('{"bomFormat":"CycloneDX"}'),
}

/** The manifest that fits `contents`, with `changes` on top. */
export const firmwareManifest = (changes: object = {}, contents: Contents = testContents): FirmwareManifest => {
  const listed = (folder: string) =>
    Object.entries(contents)
      .filter(([path]) => path.startsWith(folder))
      .map(([path, content]) => ({ path, size: content.length, sha256: sha256(content) }))
  return firmwareSchema.parse({
    kind: 'airlock.firmware',
    schema: 1,
    bundleId: '3f2c9c1e-8a54-4a5b-9d43-0a8f4f1d2b6c',
    vendor: 'acme',
    product: 'pump',
    channel: 'production',
    version: '2.0.0',
    securityCounter: 3,
    releasedAt: '2026-06-01T09:00:00Z',
    expires: '2027-06-01T00:00:00Z',
    policyMin: 1,
    importerMin: '0.1.0',
    source: { repository: 'pump-firmware', commit: 'c0ffee', build: '17', builder: 'ci' },
    compat: [{ model: 'pump-controller', hardware: ['a', 'b'] }],
    payloads: listed('payload/').map((item, n) => ({
      ...item,
      component: `part-${n}`,
      format: 'bin',
      driver: 'stk500v1',
      options: {},
    })),
    evidence: listed('evidence/').map((item) => ({ ...item, type: 'cyclonedx-sbom' })),
    ...changes,
  })
}

/** One entry as it lies in a file: header and content may be anything. */
export type RawEntry = { name: string; content: Uint8Array; header?: Uint8Array; padding?: Uint8Array }

/** A header with `patch` written over it and the checksum made right again. */
export const patchedHeader = (name: string, size: number, patch: (block: Uint8Array) => void): Uint8Array => {
  const block = headerBlock(name, size)
  patch(block)
  block.set(text(checksumOf(block)), 148)
  return block
}

/** Entries of a good production bundle, in order: manifest, signatures, contents. */
export const bundleEntries = (
  manifest: unknown = firmwareManifest(),
  contents: Contents = testContents,
  signers: readonly (readonly [SignatureRole, Holder | SignatureRole])[] = [
    ['qa', 'qa'],
    ['release', 'release'],
  ],
): RawEntry[] => {
  const document = manifest instanceof Uint8Array ? manifest : canonicalBytes(manifest)
  return [
    { name: 'manifest.json', content: document },
    ...signers.map(([role, holder], n) => ({
      name: `manifest.json.${role}.${signers[n + 1]?.[0] === role ? '1.' : signers[n - 1]?.[0] === role ? '2.' : ''}p7s`,
      content: signManifest(document, holder),
    })),
    ...Object.entries(contents).map(([name, content]) => ({ name, content })),
  ]
}

/** The file that entries make, ended by `end` (two zero blocks). Nothing is checked: tests write broken ones. */
export const tarOf = (entries: readonly RawEntry[], end = new Uint8Array(1024)): Uint8Array =>
  Buffer.concat([
    ...entries.flatMap(({ name, content, header, padding }) => [
      header ?? headerBlock(name, content.length),
      content,
      padding ?? new Uint8Array(paddingOf(content.length)),
    ]),
    end,
  ])

/** A good bundle. */
export const goodBundle = (): Uint8Array => tarOf(bundleEntries())

/** A file in memory that notes every read, and can lie about its size. */
export const memoryFile = (
  content: Uint8Array,
  size = content.length,
): FileReader & { reads: { position: number; length: number }[] } => {
  const reads: { position: number; length: number }[] = []
  return {
    size: bytes(size),
    reads,
    read(position, length) {
      const chunk = content.subarray(position, position + length)
      reads.push({ position, length: chunk.length })
      return chunk
    },
    close: () => undefined,
  }
}

/** Judges bytes as a firmware bundle whose signers are all trusted: what is left is the container. */
export const openTrusted = (
  file: OpenFile,
  changes: Partial<Opening<FirmwareManifest>> = {},
): Promise<Outcome<FirmwareManifest>> =>
  openEnvelope(file, {
    kind: 'airlock.firmware',
    schema: firmwareSchema,
    roles: ['release', 'qa'],
    maxBytes: 2 ** 32,
    judgeSigner: () => undefined,
    contents: ({ payloads, evidence }) => [...payloads, ...evidence],
    questions: () => [],
    ...changes,
  })

/** The good bundle's entries, edited. */
export const edited = (edit: (list: RawEntry[]) => RawEntry[]): Uint8Array => tarOf(edit(bundleEntries()))

/** The good bundle with one entry's header made anew. */
export const withHeader = (name: string, patch: (block: Uint8Array) => void): Uint8Array =>
  edited((list) =>
    list.map((entry) =>
      entry.name === name ? { ...entry, header: patchedHeader(name, entry.content.length, patch) } : entry,
    ),
  )

/** Writes text (one byte a character) or bytes over a block. */
export const put = (block: Uint8Array, offset: number, value: string | number[]): void =>
  block.set(typeof value === 'string' ? Buffer.from(value, 'latin1') : value, offset)

/** Bytes that are never zero and look like nothing. */
export const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => (n * 7919 + 13) % 251 || 1)
