// SPDX-License-Identifier: Apache-2.0
/** What a bundle carries beside its image, as people see it. */
import { expect, it } from 'vitest'
import { openApp } from '../shell/open-app.ts'
import { importFile, makeBundle, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage } from './look.ts'

const notes = `# Dosing controller 2.0.0

Fixes the **double dose** after a power cut. See [the report](https://evil.example/track) and ![plan](https://evil.example/p.png).

<script>globalThis.stolen = true</script>
<img src="https://evil.example/x.png" onerror="globalThis.stolen = true">

| part | before | after |
|---|---|---|
| valve | 3 s | 1 s |

- first
- second with \`code\`
`

it('shows images and evidence, and runs, loads and follows nothing of them', { timeout: 120_000 }, async () => {
  const world = await makeWorld(tempFolder())
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: [],
    passphrase: 'a passphrase for tests',
  })
  const { page } = app
  page.setDefaultTimeout(15_000)
  const asked: string[] = []
  page.on('request', (request) => void asked.push(request.url()))
  const { technician } = await setUp(app.station, world)
  const vex = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [{ vulnerability: 'CVE-2026-7', status: 'fixed' }],
  }
  await makeBundle(world, {
    name: 'with-evidence',
    evidence: {
      'notes.md': { type: 'release-notes', content: notes },
      'sbom.json': {
        type: 'cyclonedx-sbom',
        content: JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'newlib', version: '4.4.0' }] }),
      },
      'vex.json': { type: 'vex', content: JSON.stringify(vex) },
    },
  })
  expect((await importFile(technician, 'with-evidence.airfw')).verdict).toMatchObject({ verdict: 'accepted' })

  await page.getByLabel('User name').fill('technician')
  await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').getByRole('button', { name: 'Bundles' }).click()
  await page.getByRole('button', { name: 'Contents and evidence…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('heading', { name: 'application' }).waitFor()
  for (const name of ['Release notes', 'Parts list', 'Known weaknesses']) {
    await dialog.getByRole('button', { name: `Show ${name}` }).click()
    await dialog.getByRole('button', { name: `Show ${name}` }).waitFor({ state: 'detached' })
  }
  await dialog.getByRole('cell', { name: 'newlib' }).waitFor()
  await dialog.getByRole('cell', { name: 'CVE-2026-7' }).waitFor()
  await dialog.getByRole('cell', { name: 'valve' }).waitFor()
  expect(await dialog.getByText('<script>globalThis.stolen = true</script>').count()).toBe(1)
  expect(await dialog.locator('a, img, script').count()).toBe(0)
  expect(await page.evaluate(() => Reflect.get(globalThis, 'stolen') as unknown)).toBe(undefined)
  expect(asked.filter((url) => !url.startsWith('https://airlock.invalid/'))).toEqual([])
  await expectGoodPage(page, 'bundle-contents')
})
