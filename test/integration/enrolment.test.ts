// SPDX-License-Identifier: Apache-2.0
/** A station without a window asks for its certificate by one command, and signs archives when it came back. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startStation } from '../../main/cli/station/start-station.ts'
import { cli, issueOnStick, makeWorld, passwords, setUp, signIn, startWorld, stickOf } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

it('asks by a command for a certificate, and takes it', { timeout: 120_000 }, async () => {
  const world = await makeWorld(tempFolder())
  const { data, stick, folder } = world
  const passphrase = 'a passphrase for tests'
  const first = await startStation({ data, drives: [stick], ports: [], passphrase })
  await setUp(first, world)
  await first.stop()
  const [phrase, password] = [join(folder, 'passphrase'), join(folder, 'password')]
  writeFileSync(phrase, passphrase)
  writeFileSync(password, passwords.admin)
  const words = ['--data', data, '--passphrase-file', phrase, '--drive', stick, '--password-file', password, '--as']
  expect(await cli('enrol', 'request', ...words, 'nobody')).toMatchObject({ code: 1 })
  const { code, answer } = await cli('enrol', 'request', ...words, 'admin')
  expect(code).toBe(0)
  const asked = answer as { name: string; words: string[] }
  const shown = await cli('enrol', 'inspect', join(stick, asked.name))
  expect(shown.answer).toMatchObject({ verdict: 'accepted', site: 'plant-north', words: asked.words })
  const name = await issueOnStick(world, asked.name)
  const admin = await signIn(await startWorld(world), 'admin')
  const installed = await admin.call('enrolment.install', { driveId: await stickOf(admin), name })
  expect(installed.verdict.verdict).toBe('accepted')
  expect(await admin.call('station.status', {})).toMatchObject({ enrolled: true, interrupted: [] })
})
