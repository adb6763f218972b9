// SPDX-License-Identifier: Apache-2.0
/** The station of the walk, and the app over it in one language. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Client } from '../../../shared/rpc/client.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { openApp, type App } from '../../shell/open-app.ts'
import { answerWith, changeOn, type Overlay } from '../../shell/overlay.ts'
import { enrol, importFile, makeBundle, makeWorld, passwords, setUp, type World } from '../../support/station.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { handsOf, type Hands } from '../hands.ts'
import { pseudoFolder, type Language } from '../speech.ts'
import { meet } from './answers.ts'

type Map = Result<Contract, 'ports.list'>

/** A station's folder and keys, the bundle that it has and its people. */
export type Site = {
  readonly world: World
  readonly bundle: string
  readonly people: readonly { readonly id: string; readonly name: string }[]
}

/** What a state is reached with. */
export type Ground = {
  readonly app: App
  readonly world: World
  readonly hands: Hands
  readonly overlay: Overlay
  readonly ports: readonly string[]
  /** The bundle of the library. */
  readonly bundle: string
}

/** What people and machines have written: no catalogue says it. */
export const data =
  /plant-north|^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|STICK|Keller|Singh|Castellanos|Okafor|Brandt|dosing|acme|DC-\d|rev-|production|stable|\.air\w+|\.pem|release|UTC|Airlock|^\d|English|Deutsch|technician|officer|admin|[0-9a-f]{8}|\d:\d\d|^[A-Z]{2}$|^(AL|EX)-|weekly data|monthly|^\w+\.\w+$|:\s|kB|MB|GB|^(application|mcuboot|smp|radio|esp|newlib)$|BSD|CVE|payload\//

/** Places of the bench that hold nothing real. */
export const walkPorts = (folder: string): string[] => Array.from({ length: 12 }, (_, n) => join(folder, `tty${n + 1}`))

/** A site that is set up: people of every role, a bundle in the library, a good and a changed one on the drive. */
export const prepareSite = async (): Promise<Site> => {
  const { world } = await newSite()
  const app = await openApp(optionsOf(world, 'en'))
  const people = await setUp(app.station, world)
  await enrol(people.admin, world)
  await addOthers(people.admin)
  const known = (await people.admin.call('people.list', {})).people
  await makeBundle(world, { name: 'dosing-2.0.0' })
  const { bundle } = await importFile(people.technician, 'dosing-2.0.0.airfw')
  await makeBundle(world, { name: 'dosing-2.1.0', version: '2.1.0', counter: 4 })
  const bytes = readFileSync(join(world.stick, 'dosing-2.1.0.airfw'))
  bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
  writeFileSync(join(world.stick, 'changed.airfw'), bytes)
  await app.close()
  return { world, bundle: bundle?.id ?? '', people: known }
}

/** A site of which nothing is set up. */
export const newSite = async (): Promise<Site> => {
  const world = await makeWorld(tempFolder())
  for (const port of walkPorts(world.folder)) writeFileSync(port, '')
  return { world, bundle: '', people: [] }
}

const addOthers = async (admin: Client<Contract>): Promise<void> => {
  for (const [login, name, role] of [
    ['auditor', 'Olga Brandt', 'auditor'],
    ['developer', 'Jonas Okafor', 'developer'],
  ] as const)
    await admin.call('people.create', { login, name, password: passwords.technician, roles: [role] })
}

const optionsOf = (world: World, language: Language) => ({
  data: world.data,
  drives: [world.stick],
  ports: walkPorts(world.folder),
  passphrase: 'a passphrase for tests',
  locale: language === 'de' ? 'de-DE' : 'en-GB',
})

/** Opens the app of a site in a language. */
export const openGround = async ({ world, bundle, people }: Site, language: Language): Promise<Ground> => {
  const pageFolder = language === 'pseudo' ? pseudoFolder : undefined
  const app = await openApp({ ...optionsOf(world, language), ...(pageFolder === undefined ? {} : { pageFolder }) })
  app.page.setDefaultTimeout(10_000)
  await app.page.emulateMedia({ reducedMotion: 'reduce' })
  const { overlay } = app.observed
  meet(overlay, people)
  const hands = handsOf(app.page, language)
  const ground = { app, world, bundle, hands, overlay, ports: walkPorts(world.folder) }
  ownPortsOnly(ground)
  return ground
}

/** The machine of the test may have ports of its own: the page does not see them. */
export const ownPortsOnly = ({ overlay, world }: Pick<Ground, 'overlay' | 'world'>): void => {
  const own = ({ id }: { id: string }): boolean => id.startsWith(world.folder)
  const kept = ({ ports, absent }: Map): Map => ({ ports: ports.filter(own), absent: absent.filter(own) })
  answerWith(overlay, 'ports.list', kept)
  answerWith(overlay, 'ports.number', kept)
  changeOn(overlay, 'ports.watch', kept)
}
