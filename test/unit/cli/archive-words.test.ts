// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { airlock } from '../../support/airlock.ts'
import { makeRecipient, makeStation, writeTrust } from '../../support/archive.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const team = async () => {
  const folder = tempFolder()
  const recipient = await makeRecipient()
  const trust = writeTrust(folder, recipient)
  return { at: (name: string) => join(folder, name), recipient, trust }
}

it('says which archive was verified', async () => {
  const { at, recipient, trust } = await team()
  await makeStation(recipient.recipient).write(at('a'), { points: [] })
  const { code, out } = await airlock('archive', 'verify', at('a'), '--policy', trust.policy)
  expect([code, out]).toEqual([0, `${at('a')}: accepted\n`])
})

it('says what a refusal means', async () => {
  const { at, trust } = await team()
  writeFileSync(at('a'), 'not an archive'.repeat(100))
  const { code, out } = await airlock('archive', 'verify', at('a'), '--policy', trust.policy)
  expect(code).toBe(1)
  expect(out).toContain(`${at('a')}: refused: container.not-ustar\n\nAL-2121 container.not-ustar: `)
})

it('says what it means that no key fits, and which file holds none', async () => {
  const { at, trust } = await team()
  const stranger = await makeRecipient()
  await makeStation(stranger.recipient).write(at('a'), { points: [] })
  const words = ['archive', 'import', at('a'), '--lake', at('lake'), '--policy', trust.policy, '--identity']
  const closed = await airlock(...words, trust.identity)
  expect(closed.code).toBe(1)
  expect(closed.out).toContain('AL-4112 archive.decrypt: ')
  const keyless = await airlock(...words, trust.policy)
  expect(keyless.code).toBe(2)
  expect(keyless.err).toContain(`${trust.policy}.\nThe reason: it holds no age identity`)
})
