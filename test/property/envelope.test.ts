// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isErrorCode } from '../../shared/error-codes.ts'
import type { Verdict } from '../../shared/verdict.ts'
import { checksumOf, headerBlock, parseHeader } from '../../main/station/bundles/envelope/header.ts'
import { startSequence } from '../../main/station/bundles/envelope/sequence.ts'
import { entryOf, writeEnvelope } from '../../main/station/bundles/envelope/writer.ts'
import { bundleEntries, firmwareManifest, goodBundle, tarOf, testContents } from '../support/bundle.ts'
import { judge, judgeBytes } from '../support/judge.ts'
import { makeHolder, roleOf, testPki } from '../support/pki.ts'

const good = goodBundle()
const verdictOf = (content: Uint8Array): Promise<Verdict> => judgeBytes(content)

/** Refused, by a code of the catalogue that is no fault of ours. */
const isCoded = ({ verdict, code }: Verdict): boolean =>
  verdict === 'refused' && code !== undefined && isErrorCode(code) && code !== 'internal'

/** Bytes that mean nothing (docs/formats/envelope.md, clause 2.6): owner's names and device numbers. */
const isFree = (offset: number): boolean => {
  const inBlock = offset % 512
  return inBlock >= 265 && inBlock < 345
}

describe('flips', () => {
  it('of any byte are refused by a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (offset, mask) => {
        const verdict = await verdictOf(good.with(offset, (good[offset] ?? 0) ^ mask))
        expect(isCoded(verdict)).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it.each(['pinned keys', 'a pinned CA'])(
    'of every byte of manifest and signatures are refused by a code, with %s',
    async (how) => {
      const pki = testPki()
      const ca = makeHolder('ca')
      const byCa = { ...pki.policy, roles: { ...pki.policy.roles, release: roleOf([], [ca]), qa: roleOf([], [ca]) } }
      const issued = [
        ['qa', makeHolder('qa', { issuer: ca })],
        ['release', makeHolder('release', { issuer: ca })],
      ] as const
      const [policy, signers] = how === 'a pinned CA' ? [byCa, issued] : [pki.policy, undefined]
      const content = Buffer.from(tarOf(bundleEntries(firmwareManifest(), testContents, signers)))
      expect((await judgeBytes(content, policy)).verdict).toBe('accepted')
      for (let offset = 0; offset < content.indexOf('payload/app.hex\0'); offset += 1) {
        const verdict = await judgeBytes(content.with(offset, (content[offset] ?? 0) ^ (1 << (offset % 8))), policy)
        expect([offset, isCoded(verdict)]).toEqual([offset, true])
      }
    },
  )

  it('of every bit of a header are refused, even under a right checksum, but where the format reads nothing', () => {
    const block = headerBlock('payload/app.hex', 1120)
    const accepted = new Set<number>()
    for (let bit = 0; bit < 4096; bit += 1) {
      const offset = bit >> 3
      const bad = block.with(offset, (block[offset] ?? 0) ^ (1 << (bit % 8)))
      if (offset < 148 || offset >= 156) bad.set(Buffer.from(checksumOf(bad)), 148)
      const header = parseHeader(bad)
      const same = header.ok && header.value.name === 'payload/app.hex' && header.value.size === 1120
      if (same) accepted.add(offset)
    }
    const numbers = [...accepted].filter((offset) => !isFree(offset))
    // Mode, owner and time: another octal digit is another number that nobody reads. The size's last byte: NUL or space.
    expect(numbers.every((offset) => (offset >= 100 && offset < 148) || offset === 135)).toBe(true)
  })
})

describe('cuts', () => {
  it('at every border of 512 bytes, and one byte on each side, are refused by a code', async () => {
    for (let border = 0; border <= good.length; border += 512) {
      for (const length of [border - 1, border, border + 1]) {
        if (length < 0 || length >= good.length) continue
        expect([length, isCoded(await verdictOf(good.subarray(0, length)))]).toEqual([length, true])
      }
    }
  })

  it('of anything that is added are refused by a code, but for whole records of zeros', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), async (more) => {
        expect(isCoded(await verdictOf(Buffer.concat([good, more])))).toBe(true)
      }),
    )
  })
})

describe('bytes that were never a bundle', () => {
  it('are refused by a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (content) => {
        expect(isCoded(await verdictOf(content))).toBe(true)
      }),
    )
  })

  it('are never a header, and raise nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 512, maxLength: 512 }), (block) => {
        expect(parseHeader(block).ok).toBe(false)
      }),
    )
  })

  it('are refused by a code as a manifest that is well signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (document) => {
        expect(isCoded(await judge({ document }))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  it('are refused by a code as JSON that is well signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        expect(isCoded(await judge({ document: Buffer.from(text) }))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('names', () => {
  it('that a sequence takes hold nothing but what the rule names', () => {
    const pieces = fc.constantFrom(
      'manifest.json',
      'payload/',
      'evidence/',
      '.',
      '..',
      '/',
      'a',
      'A',
      ' ',
      '\0',
      'con',
      '.p7s',
      '.qa',
      '.1',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
        const sequence = startSequence(true)
        sequence.judge({ name: 'manifest.json', size: 1 })
        const judged = sequence.judge({ name: parts.join(''), size: 1 })
        if (judged.ok) {
          expect(judged.value.name).toMatch(
            /^(?:(?:payload|evidence)\/[a-z0-9._-]{1,64}|manifest\.json\.[a-z-]+(?:\.[1-8])?\.p7s)$/,
          )
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('what the writer makes', () => {
  it('is what the reader takes, whatever the contents are', async () => {
    const size = fc.constantFrom(1, 511, 512, 513, 1024, 5000)
    await fc.assert(
      fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 5 }), async (sizes) => {
        const contents = Object.fromEntries(sizes.map((length, n) => [`payload/p${n}`, new Uint8Array(length).fill(n)]))
        const entries = bundleEntries(firmwareManifest({}, contents), contents)
        const written = Buffer.concat([...writeEnvelope(entries.map(({ name, content }) => entryOf(name, content)))])
        expect(written).toEqual(tarOf(entries))
        expect((await verdictOf(written)).verdict).toBe('accepted')
      }),
      { numRuns: 30 },
    )
  })

  it('is the same for the same entries', () => {
    const entries = bundleEntries().map(({ name, content }) => entryOf(name, content))
    expect(Buffer.concat([...writeEnvelope(entries)])).toEqual(Buffer.concat([...writeEnvelope(entries)]))
  })
})
