// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  bundleEntries,
  edited,
  firmwareManifest,
  goodBundle,
  memoryFile,
  noise,
  openTrusted,
  put,
  tarOf,
  withHeader,
  type RawEntry,
} from '../../support/bundle.ts'

const app = 'payload/app.hex'
const data = 'payload/data.bin'
const qa = 'manifest.json.qa.p7s'
const good = goodBundle()
const filled = Buffer.concat([good, new Uint8Array(10_240 - (good.length % 10_240))])
const one = (name: string, content: Uint8Array = Buffer.from('x')): RawEntry => ({ name, content })
/** Where an entry's header begins in the good bundle. */
const offsetOf = (name: string): number => Buffer.from(good).indexOf(`${name}\0`)

const cut = (length: number) => () => good.subarray(0, length)
const flipped = (offset: number) => () => good.with(offset, (good[offset] ?? 0) ^ 1)
/** The good bundle with some entries in place of `count` ones from `index`. */
const spliced =
  (index: number, count: number, ...entries: RawEntry[]) =>
  () =>
    edited((list) => list.toSpliced(index, count, ...entries))
/** The good bundle's entries by their numbers: 0 manifest, 1 qa, 2 release, 3 app, 4 data, 5 evidence. */
const ordered =
  (...numbers: number[]) =>
  () =>
    edited((list) => numbers.flatMap((n) => list.slice(n, n + 1)))
const padded = (name: string) => () =>
  edited((list) =>
    list.map((entry) =>
      entry.name === name ? { ...entry, padding: noise(512 - (entry.content.length % 512)) } : entry,
    ),
  )
const signatures = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...bundleEntries()[1]!, name: `manifest.json.qa.${n + 1}.p7s` }))

const swapped = () => {
  const contents = { 'payload/a': noise(600), 'payload/b': noise(600).reverse() }
  const list = bundleEntries(firmwareManifest({}, contents), contents)
  return tarOf(list.with(3, { ...list[4]!, name: 'payload/a' }).with(4, { ...list[3]!, name: 'payload/b' }))
}

const rows: [row: number, what: string, content: () => Uint8Array, code: string][] = [
  [1, 'an empty file', cut(0), 'container.empty'],
  [2, 'random bytes', () => noise(8192), 'container.not-ustar'],
  [2, 'zeros only', () => new Uint8Array(4096), 'container.not-ustar'],
  [3, 'a cut in the first header', cut(200), 'container.truncated'],
  [4, 'a cut in the manifest', cut(600), 'container.truncated'],
  [4, 'a cut in the padding of the manifest', cut(offsetOf(qa) - 1), 'container.truncated'],
  [4, 'a cut in a signature', cut(offsetOf(qa) + 600), 'container.truncated'],
  [5, 'a cut in a payload', cut(offsetOf(data) + 600), 'container.truncated'],
  [5, 'a cut in the header of a payload', cut(offsetOf(data) + 100), 'container.truncated'],
  [6, 'no end blocks', cut(good.length - 1024), 'container.no-end'],
  [6, 'one end block', cut(good.length - 512), 'container.no-end'],
  [6, 'a second end block that is not zero', flipped(good.length - 1), 'container.no-end'],
  [7, '4 KiB behind the end', () => Buffer.concat([good, noise(4096)]), 'container.trailing-data'],
  [7, 'a byte in the zeros behind the end', () => filled.with(filled.length - 1, 1), 'container.trailing-data'],
  [7, 'a byte in the padding of a payload', padded(data), 'container.trailing-data'],
  [7, 'a byte in the padding of a signature', padded(qa), 'container.trailing-data'],
  [8, 'zeros to no whole record', () => Buffer.concat([good, new Uint8Array(512)]), 'container.length'],
  [19, 'names that differ by case', spliced(6, 0, one('payload/DATA.bin')), 'container.duplicate-name'],
  [20, 'an entry twice', spliced(6, 0, one(app)), 'container.duplicate-name'],
  [21, 'a second manifest', spliced(6, 0, one('manifest.json')), 'container.order'],
  [22, 'a payload before the manifest', spliced(0, 0, one('payload/first')), 'container.order'],
  [22, 'a signature before the manifest', ordered(1, 0, 2, 3, 4, 5), 'container.order'],
  [23, 'a payload between manifest and signatures', ordered(0, 3, 1, 2, 4, 5), 'sig.missing'],
  [23, 'a signature behind a payload', ordered(0, 1, 3, 2, 4, 5), 'container.order'],
  [23, 'signatures that are not sorted', ordered(0, 2, 1, 3, 4, 5), 'container.order'],
  [23, 'an ML-DSA file alone', spliced(3, 0, one('manifest.json.root.mldsa87.sig')), 'container.order'],
  [23, 'an ML-DSA file before a CMS file', spliced(2, 0, one('manifest.json.qa.mldsa87.sig')), 'container.order'],
  [24, 'an entry that is not listed', spliced(6, 0, one('payload/extra')), 'payload.unlisted'],
  [
    24,
    'a listed entry renamed',
    spliced(5, 1, one('evidence/sbom.txt', bundleEntries()[5]!.content)),
    'payload.unlisted',
  ],
  [25, 'a listed entry that is not there', ordered(0, 1, 2, 4, 5), 'payload.missing'],
  [25, 'no contents at all', ordered(0, 1, 2), 'payload.missing'],
  [26, 'payloads in another order', ordered(0, 1, 2, 4, 3, 5), 'container.order'],
  [26, 'payloads in another order, and a wrong length', ordered(0, 1, 2, 5, 3, 4), 'container.order'],
  [27, 'a manifest over 1 MiB', () => tarOf([one('manifest.json', noise(1_048_577))]), 'limit.manifest-size'],
  [28, 'a signature over 64 KiB', spliced(1, 1, one(qa, noise(65_537))), 'limit.signature-size'],
  [29, 'nine CMS files', spliced(1, 1, ...signatures(8)), 'limit.entries'],
  [
    29,
    'sixty-five entries',
    spliced(6, 0, ...Array.from({ length: 59 }, (_, n) => one(`payload/x${n}`))),
    'limit.entries',
  ],
  [31, 'a header that says more', () => withHeader(app, (b) => put(b, 124, '00000077777\0')), 'payload.size'],
  [31, 'a payload that is longer than listed', spliced(3, 1, one(app, noise(5000))), 'payload.size'],
  [34, 'a gzipped bundle', () => gzipSync(good), 'container.not-ustar'],
  [39, 'no signature', ordered(0, 3, 4, 5), 'sig.missing'],
  [39, 'a manifest and nothing else', ordered(0), 'sig.missing'],
  [40, 'an empty signature', spliced(1, 1, one(qa, new Uint8Array(0))), 'sig.parse'],
  [41, 'random bytes as a signature', spliced(1, 1, one(qa, noise(900))), 'sig.parse'],
  [63, 'one bit of the manifest changed', flipped(520), 'sig.digest'],
  [
    64,
    "another bundle's signature",
    spliced(1, 1, bundleEntries(firmwareManifest({ version: '9.9.9' }))[1]!),
    'sig.digest',
  ],
  [87, 'a junk signature beside good ones', spliced(2, 0, one('manifest.json.recall.p7s', noise(300))), 'sig.parse'],
  [115, 'one bit of a payload changed', flipped(offsetOf(data) + 600), 'payload.digest'],
  [116, 'two payloads of equal size swapped', swapped, 'payload.digest'],
  [117, 'one bit of a piece of evidence changed', flipped(offsetOf('evidence/sbom.json') + 515), 'evidence.mismatch'],
]

describe('what is wrong with the container', () => {
  it.each(rows)('row %i: refuses %s', async (_row, _what, content, code) => {
    const { verdict } = await openTrusted(memoryFile(content()))
    expect(verdict).toMatchObject({ verdict: 'refused', code })
  })
})

describe('a good container', () => {
  it('is accepted as it is', async () => {
    expect((await openTrusted(memoryFile(good))).verdict.verdict).toBe('accepted')
  })

  it("is accepted with GNU tar's zeros to a whole record", async () => {
    expect((await openTrusted(memoryFile(filled))).verdict.verdict).toBe('accepted')
  })
})
