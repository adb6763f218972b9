// SPDX-License-Identifier: Apache-2.0
/** The station's certificate through the window: asked for, refused when it is another's, taken when it is this one's. */
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openApp } from '../shell/open-app.ts'
import { cli, issueOnStick, makeWorld, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf } from './hands.ts'
import { englishOn } from './language-checks.ts'
import { expectGoodPage, picture } from './look.ts'

/** What people and files are called: the same in every language. */
const data = /plant-north|STICK|Castellanos|UTC/

it.each(['en', 'de'] as const)(
  'a certificate is asked for and taken, in %s',
  { timeout: 180_000 },
  async (language) => {
    const world = await makeWorld(tempFolder())
    const app = await openApp({
      data: world.data,
      drives: [world.stick],
      ports: [],
      passphrase: 'a passphrase for tests',
      locale: language === 'de' ? 'de-DE' : 'en-GB',
    })
    onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
    const { officer } = await setUp(app.station, world)
    const hands = handsOf(app.page, language)
    const { page } = hands
    page.setDefaultTimeout(20_000)
    const look = async (name: string): Promise<void> => {
      await expectGoodPage(page, `${name}-${language}`)
      if (language === 'de') expect(await englishOn(page, data)).toEqual([])
    }
    await hands.signIn('admin')
    await hands.open('station')
    const { words } = await officer.call('enrolment.look', {})
    await page.getByText(words.join(' ')).waitFor()
    await hands.press('enrol.request')
    const shown = page.getByRole('status').filter({ hasText: '.airreq' })
    await shown.waitFor()
    const { drives } = await officer.call('media.list', {})
    const request = drives[0]?.files.find(({ kind }) => kind === 'request')?.name ?? ''
    expect((await cli('enrol', 'inspect', join(world.stick, request))).answer).toMatchObject({ words })
    const own = await issueOnStick(world, request)

    const strangers = join(world.folder, 'strangers')
    await cli('trust', 'init', strangers)
    renameSync(join(world.stick, own), join(world.stick, 'own.cert.airtrust'))
    const other = await issueOnStick({ ...world, keys: strangers }, request)
    await hands.press('enrol.install', { name: other, drive: 'STICK' })
    const alert = page.getByRole('alert').filter({ hasText: other })
    await alert.waitFor()
    expect(await alert.innerText()).toContain('AL-2104')
    await look('enrolment-refused')
    expect(await officer.call('station.status', {})).toMatchObject({ enrolled: false })

    await hands.press('enrol.install', { name: 'own.cert.airtrust', drive: 'STICK' })
    await hands.text('station.enrolledGood').waitFor()
    await alert.waitFor({ state: 'detached' })
    await look('enrolment-taken')
  },
)
