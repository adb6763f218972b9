// SPDX-License-Identifier: Apache-2.0
/** A station's request and its certificate: no flip, cut or mutation is taken, and each gets a code. */
import { describe, expect, it } from 'vitest'
import { isErrorCode } from '../../shared/error-codes.ts'
import type { Verdict } from '../../shared/verdict.ts'
import { readHead } from '../../main/station/bundles/envelope/head.ts'
import { startSequence } from '../../main/station/bundles/envelope/sequence.ts'
import { startTape } from '../../main/station/bundles/envelope/tape.ts'
import { makeCertificateRequest, readCertificateRequest } from '../../main/station/trust/certificate-request.ts'
import { memoryFile } from '../support/bundle.ts'
import { fileOf, judgeEither, kinds, newStation } from '../support/enrolment.ts'
import { fuzz, mutants } from '../support/fuzz.ts'

const timeout = 7_200_000

/** Refused, by a code of the catalogue that is no fault of ours. */
const isCoded = ({ verdict, code }: Verdict): boolean =>
  verdict === 'refused' && code !== undefined && isErrorCode(code) && code !== 'internal'

const digestIn = async (file: Uint8Array): Promise<string | undefined> => {
  const head = await readHead(startTape(memoryFile(file)), startSequence())
  return head.ok ? head.value.manifestDigest : undefined
}

describe.each(kinds)('a %s', (kind, manifest, signers) => {
  const good = fileOf(manifest(), signers())

  it('is refused by a code with any byte flipped', { timeout }, async () => {
    expect((await judgeEither(kind, good)).verdict).toBe('accepted')
    for (let offset = 0; offset < good.length; offset += 1) {
      const verdict = await judgeEither(kind, good.with(offset, (good[offset] ?? 0) ^ (1 << (offset % 8))))
      expect([offset, isCoded(verdict)]).toEqual([offset, true])
    }
  })

  it('is refused by a code when it is cut at a border of 512 bytes, or beside one', async () => {
    for (let border = 0; border <= good.length; border += 512)
      for (const length of [border - 1, border, border + 1])
        if (length >= 0 && length < good.length)
          expect([length, isCoded(await judgeEither(kind, good.subarray(0, length)))]).toEqual([length, true])
  })

  it('is refused as a mutant, or it says what was signed', { timeout }, () =>
    fuzz(`${kind} file`, 200, mutants(good), async (file) => {
      const verdict = await judgeEither(kind, file)
      if (verdict.verdict === 'accepted') expect(await digestIn(file)).toBe(await digestIn(good))
      else expect(isCoded(verdict)).toBe(true)
      return verdict.code ?? verdict.verdict
    }),
  )
})

describe('a PKCS#10 request', () => {
  const { key, spki } = newStation()
  const good = makeCertificateRequest('a station', key, 'station')

  it('is of the key that signed it, or none', { timeout }, () =>
    fuzz('PKCS#10', 500, mutants(good), (der) => {
      const asked = readCertificateRequest(der)
      if (asked !== undefined) expect(asked.spki).toBe(spki)
      return asked === undefined ? 'none' : 'read'
    }),
  )

  it('is none with any bit flipped', () => {
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const changed = good.with(bit >> 3, (good[bit >> 3] ?? 0) ^ (1 << (bit & 7)))
      expect([bit, readCertificateRequest(changed)]).toEqual([bit, undefined])
    }
  })
})
