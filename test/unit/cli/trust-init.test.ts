// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { expect, it } from 'vitest'
import { airlock } from '../../support/airlock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const sanitizationOf = async (folder: string): Promise<string> => {
  const { out } = await airlock('trust', 'inspect', join(folder, 'policy-1.airtrust'), '--json')
  return (JSON.parse(out) as { policy: { sanitization: string } }).policy.sanitization
}

it('takes no recipient that nobody could decrypt for, and makes nothing', async () => {
  const folder = join(tempFolder(), 'keys')
  const recipient = await identityToRecipient(await generateIdentity())
  const mistyped = recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'))
  for (const word of ['bogus', mistyped]) {
    const { code, err } = await airlock('trust', 'init', folder, '--recipient', word)
    expect(code).toBe(2)
    expect(err).toContain(`recipient=${word}`)
  }
  expect(existsSync(folder)).toBe(false)
})

it('says when a policy lets no export out, and only then', async () => {
  const folder = tempFolder()
  const recipient = await identityToRecipient(await generateIdentity())
  const without = await airlock('trust', 'init', join(folder, 'without'))
  expect([without.code, without.err]).toEqual([0, 'no recipient: this policy lets no export out\n'])
  const made = await airlock('trust', 'init', join(folder, 'with'), '--recipient', recipient)
  expect([made.code, made.err]).toEqual([0, ''])
})

it('allows the shipped sanitization policy unless another one is named', async () => {
  const folder = tempFolder()
  await airlock('trust', 'init', join(folder, 'shipped'))
  const shipped = readFileSync('resources/policies/default-sanitization.json')
  expect(await sanitizationOf(join(folder, 'shipped'))).toBe(createHash('sha256').update(shipped).digest('hex'))
  await airlock('trust', 'init', join(folder, 'own'), '--sanitization', 'ab'.repeat(32))
  expect(await sanitizationOf(join(folder, 'own'))).toBe('ab'.repeat(32))
})
