// SPDX-License-Identifier: Apache-2.0
/** Trusted keys: what each role sees, what a drive brings, and what that does to bundles that are here already. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { cli, passwords } from '../support/station.ts'
import { putTrust, recallOf } from '../support/trust-files.ts'
import { handsOf, pressAgain } from './hands.ts'
import { expectGoodPage } from './look.ts'
import { openSite } from './site.ts'

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const read = (page: Page) => page.getByRole('button', { name: 'Read trust files from STICK' })

describe('the trusted keys', () => {
  it(
    'are seen with owner and state; a new policy shows what it changes and needs a second signature, a recall waits for none (ux 67)',
    { timeout: 300_000 },
    async () => {
      const { page, people, world } = await openSite({ ports: [] })
      const hands = handsOf(page, 'en')
      await hands.signIn('technician')
      await hands.open('keys')
      await page.getByText('Trust policy 1 is in force until').waitFor()
      const release = section(page, 'Release')
      await release.getByText('Trusted', { exact: true }).waitFor()
      await release.getByText('by 1 bundle').waitFor()
      await release.getByText('What its withdrawal would stop').click()
      await release.getByText('dosing-controller 2.0.0').waitFor()
      await section(page, 'Recalled bundles').getByText('No recall list came to this station yet.').waitFor()
      await expectGoodPage(page, 'keys')

      // The root of the team withdraws the release key of now; another one is in the same step.
      const fresh = join(world.folder, 'new-keys')
      await cli('trust', 'init', fresh)
      const [cert, file] = [join(fresh, 'release.cert.pem'), join(world.stick, 'policy-2.airtrust')]
      const old = join(world.keys, 'release.cert.pem')
      const step = ['--add', `release=${cert}`, '--revoke', `${old}=laptop lost`, '--counter', 'dosing-controller=2']
      await cli('trust', 'rotate', world.policy, '--out', file, ...step)
      const root = ['--key', join(world.keys, 'root-1.key.pem'), '--cert', join(world.keys, 'root-1.cert.pem')]
      await cli('bundle', 'sign', file, '--role', 'root', ...root)
      await read(page).click()
      const brought = section(page, 'What the drive brought')
      await brought.getByText('1 policy step waits for a second signature.').waitFor()
      const waits = section(page, 'Trust policy 2 waits for a second signature')
      const seesChanges = async (): Promise<void> => {
        await waits.getByText('From policy 1 to policy 2:').waitFor()
        await waits.getByText(/^Release: key [0-9A-F ]{14} added$/).waitFor()
        await waits.getByText(/^Release: key [0-9A-F ]{14} removed$/).waitFor()
        await waits.getByText(/^Key [0-9A-F ]{14} withdrawn: laptop lost$/).waitFor()
        await waits.getByText('Least security counter of dosing-controller: – → 2').waitFor()
      }
      await seesChanges()
      await waits.getByText('You brought it: somebody else signs.').waitFor()
      expect(await waits.getByRole('button').count()).toBe(0)
      // What it takes away waits for nobody; what it gives does.
      await section(page, 'Withdrawn keys').getByText('laptop lost').waitFor()
      await release.getByText('Withdrawn', { exact: true }).waitFor()
      expect(await release.getByRole('listitem').filter({ hasText: 'Trusted' }).count()).toBe(0)
      await page.getByText('Trust policy 1 is in force until').waitFor()
      await expectGoodPage(page, 'keys-brought')
      await hands.signOut()

      const { bundles } = await people.officer.call('bundles.list', {})
      const bundle = bundles[0]?.id ?? ''
      await putTrust(world, 'recall-1', recallOf(1, { bundle }), [[world.keys, 'recall', 'recall']])
      await hands.signIn('officer')
      await hands.open('keys')
      await read(page).click()
      const recalled = section(page, 'Recalled bundles')
      await recalled.getByText('Concerns here: dosing-controller 2.0.0').waitFor()
      await recalled.getByText('the pump stops').waitFor()
      await page
        .locator('.rail')
        .getByRole('button', { name: /^Trusted keys 1 / })
        .waitFor()
      await seesChanges()
      await waits.getByText('Priya Singh').waitFor()
      await waits.getByLabel('Reason').fill('compared with the letter')
      await waits.getByLabel('Password', { exact: true }).fill(passwords.officer)
      await expectGoodPage(page, 'keys-recalled')
      await waits.getByRole('button', { name: 'Sign policy 2' }).click()
      await page.getByText('Trust policy 2 is in force until').waitFor()
      await release.getByText('Trusted', { exact: true }).waitFor()
      await expectGoodPage(page, 'keys-signed')
      await hands.open('bundles')
      await page.getByRole('cell', { name: 'Withdrawn' }).waitFor()
      const details = page.getByRole('complementary')
      await details.getByText('Recall R-1: the pump stops').waitFor()
      await details.getByText('Use instead: 2.0.1').waitFor()
      await details.getByText('Withdrawn: do not use it').waitFor()
      await expectGoodPage(page, 'bundles-withdrawn')
      await hands.signOut()

      // The one who is at the bench is told before anything is pressed, and the station says the same.
      await hands.signIn('technician')
      const update = hands.page.locator('.panel-foot .btn.primary')
      await page.getByText('The bundle was withdrawn. Choose another one.').waitFor()
      expect(await update.getAttribute('aria-disabled')).toBe('true')
      await page.getByText('Recall R-1: the pump stops').waitFor()
      await page.getByText('Withdrawn: do not use it').waitFor()
      expect(await page.getByText('Verified bundle').count()).toBe(0)
      await expectGoodPage(page, 'bench-withdrawn')
    },
  )

  it(
    'can be looked at by an auditor, who brings nothing; a file that is refused changes nothing and says why',
    { timeout: 240_000 },
    async () => {
      const { page, people, world } = await openSite({})
      const hands = handsOf(page, 'en')
      const auditor = { login: 'auditor', name: 'Kim Osei', password: 'Chosen-Harbor-31', roles: ['auditor' as const] }
      await people.admin.call('people.create', auditor)
      await hands.heading('signIn.title').waitFor()
      await hands.fill('person.login', auditor.login)
      await hands.fill('person.password', auditor.password)
      await hands.press('signIn.signIn')
      await hands.open('keys')
      await page.getByText('Your role can look at the keys only.').waitFor()
      expect(await read(page).getAttribute('aria-disabled')).toBe('true')
      await section(page, 'Release').getByText('Trusted', { exact: true }).waitFor()
      await expectGoodPage(page, 'keys-auditor')
      await hands.signOut()

      // A list that the release key signed is none: only the recall role may recall.
      const bad = await putTrust(
        world,
        'recall-1',
        recallOf(1, { belowCounter: { product: 'dosing-controller', counter: 9 } }),
        [[world.keys, 'release', 'release']],
      )
      await hands.signIn('admin')
      await hands.open('keys')
      await read(page).click()
      const brought = section(page, 'What the drive brought')
      await brought
        .getByText(
          /^recall-1\.airtrust: This trust file was not taken\. .*\(AL-\d{4}\) What was in force stays in force\./,
        )
        .waitFor()
      await brought.getByText('1 file was refused.').waitFor()
      expect(await brought.textContent()).not.toMatch(/bundle|Nothing new/)
      await section(page, 'Recalled bundles').getByText('No recall list came to this station yet.').waitFor()
      await expectGoodPage(page, 'keys-refused')
      rmSync(bad)
      await pressAgain(read(page))
      await brought.getByText('Nothing new on this drive.').waitFor()
    },
  )
})
