// SPDX-License-Identifier: Apache-2.0
/** What the set-up does with a drive that was not made for this site alone. */
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage } from './look.ts'
import { newSite, openGround } from './walk/ground.ts'
import { readPolicy, setUpStates } from './walk/set-up-states.ts'

it('asks which trust policy is meant where there are several, and compares the words of that one', async () => {
  const site = await newSite()
  const other = await makeWorld(tempFolder())
  copyFileSync(other.policy, join(site.world.stick, 'another-site.airtrust'))
  const ground = await openGround(site, 'en')
  const { hands, app } = ground
  const { page } = app
  for (const { name, reach } of setUpStates) {
    await reach(ground)
    if (name === 'set-up-trust') break
  }
  await readPolicy(ground, 'admin')
  const which = page.getByLabel('Trust policy', { exact: true })
  await which.waitFor()
  const choices = await which.getByRole('option').allTextContents()
  expect(choices).toEqual(['Choose a file', 'another-site.airtrust · STICK', 'policy-1.airtrust · STICK'])
  await expectGoodPage(page, 'set-up-which-policy')
  await which.selectOption('policy-1.airtrust · STICK')
  await hands.press('setUp.readChosen')
  await page.getByText('policy-1.airtrust').waitFor()
  for (const [place, word] of site.world.words.entries()) {
    const field = page.getByLabel(hands.say('setUp.word', { position: place + 1 }), { exact: true })
    if ((await field.count()) > 0) await field.fill(word)
  }
  await hands.press('setUp.confirmWords')
  await page.getByText('First person has compared').waitFor()
  // The second person is asked for their name first, and chooses by themselves.
  await page.getByLabel('User name').waitFor()
  expect(await which.count()).toBe(0)
  await app.close()
}, 180_000)
