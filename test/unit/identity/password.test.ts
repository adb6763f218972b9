// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword, isOutdated, scryptCost } from '../../../main/station/identity/password.ts'
import { brokenRules } from '../../../shared/password-rules.ts'

const low = { N: 1024, r: 8, p: 1 }

describe('brokenRules', () => {
  it.each([
    ['Kupfer-Esel-17', undefined],
    ['vier lange nasse esel', undefined],
    ['🦊🦊Fuchs-und-Hase', undefined],
    ['', 'length'],
    ['Short-1a', 'length'],
    ['alllowercase', 'kinds'],
    ['aaaaaaaaaaaaaaaa', 'common'],
    ['Password1234!', 'common'],
    ['Airlock-Admin-1', 'common'],
    ['Xx-Theo-Lang-99', 'login'],
    ['Kupfer\u0000Esel-17', 'characters'],
    ['Kupfer\nEsel-17', 'characters'],
    ['Kupfer-Esel-\ud800', 'characters'],
    [`Ab1-${'x'.repeat(1_000_000)}`, 'characters'],
  ])('judges %j', (password, fault) => {
    expect(brokenRules(password, 'theo')[0]).toBe(fault)
  })
})

describe('checkPassword', () => {
  it('accepts the password and nothing else', async () => {
    const credential = await hashPassword('Kupfer-Esel-17', low)
    expect(await checkPassword(credential, 'Kupfer-Esel-17', low)).toBe(true)
    expect(await checkPassword(credential, 'Kupfer-Esel-18', low)).toBe(false)
    expect(await checkPassword(undefined, 'Kupfer-Esel-17', low)).toBe(false)
  })

  it('does the same work when nobody has the login', async () => {
    const cost = { N: 2 ** 14, r: 8, p: 1 }
    const credential = await hashPassword('Kupfer-Esel-17', cost)
    const time = async (known: typeof credential | undefined): Promise<number> => {
      const start = process.hrtime.bigint()
      for (let i = 0; i < 5; i += 1) await checkPassword(known, 'wrong', cost)
      return Number(process.hrtime.bigint() - start)
    }
    const [known, unknown] = [await time(credential), await time(undefined)]
    expect(unknown / known).toBeGreaterThan(0.3)
    expect(known / unknown).toBeGreaterThan(0.3)
  })

  it('accepts no credential below the least cost, whatever its hash', async () => {
    const credential = await hashPassword('Kupfer-Esel-17', { ...low, N: 512 })
    expect(await checkPassword(credential, 'Kupfer-Esel-17', low)).toBe(false)
  })

  it('works with the cost of a station, which is never below N=2^17, r=8, p=1', async () => {
    expect(scryptCost).toEqual({ N: 131_072, r: 8, p: 1 })
    const credential = await hashPassword('Kupfer-Esel-17', scryptCost)
    expect(await checkPassword(credential, 'Kupfer-Esel-17', scryptCost)).toBe(true)
    expect(isOutdated(credential, scryptCost)).toBe(false)
    expect(isOutdated(credential, { ...scryptCost, N: 2 ** 18 })).toBe(true)
  })

  it('salts: one password has two hashes', async () => {
    const [a, b] = [await hashPassword('Kupfer-Esel-17', low), await hashPassword('Kupfer-Esel-17', low)]
    expect(a.hash).not.toBe(b.hash)
  })
})
