// SPDX-License-Identifier: Apache-2.0
/** How the page says what went wrong, for every code that there is. */
import { expect, it, onTestFinished } from 'vitest'
import { errorCodes, isErrorCode } from '../../shared/error-codes.ts'
import { AirlockError } from '../../shared/errors.ts'
import { openApp } from '../shell/open-app.ts'
import { refuseWith } from '../shell/overlay.ts'
import { makeWorld, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf } from './hands.ts'
import { expectGoodPage, picture } from './look.ts'

/** The only code that tells what the system said: it is for the command line, where the path is the person's own. */
const forTheCommandLine = 'file.unusable'
const raw = 'TypeError: x is not a function at collect (exports.ts:12:3)'

it(
  'shows the raw text of a fault in closed details only, whatever its code (ux 70)',
  { timeout: 240_000 },
  async () => {
    const world = await makeWorld(tempFolder())
    const app = await openApp({ data: world.data, drives: [world.stick], ports: [], passphrase: 'a passphrase' })
    onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
    const { page } = app
    const { overlay } = app.observed
    page.setDefaultTimeout(15_000)
    await setUp(app.station, world)
    const hands = handsOf(page, 'en')
    await hands.signIn('technician')
    const alert = page.getByRole('alert')
    const codes = Object.keys(errorCodes).filter(isErrorCode)
    // What ends the session or the station's answers leaves the page; those have screens of their own.
    const shown = codes.filter((code) => !/^(session|person)\./.test(code) && code !== forTheCommandLine)
    expect(shown.length).toBeGreaterThan(100)
    for (const code of shown) {
      refuseWith(
        overlay,
        'trust.look',
        new AirlockError(code, { cause: raw, message: raw, stack: raw, error: raw, why: raw }),
      )
      await hands.open('keys')
      await alert.getByText(code, { exact: true }).waitFor({ state: 'attached' })
      expect(await page.locator('body').innerText(), code).not.toContain('TypeError')
      await hands.open('bundles')
    }
    await hands.open('keys')
    await expectGoodPage(page, 'fault')
    await alert.getByText('Details').click()
    await alert.getByText(`cause: ${raw}`).waitFor()
  },
)
