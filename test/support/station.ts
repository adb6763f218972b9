// SPDX-License-Identifier: Apache-2.0
import { generateIdentity, identityToRecipient } from 'age-encryption'
import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { runCommand } from '../../main/cli/main.ts'
import { startStation, type StationProcess } from '../../main/cli/station/start-station.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { importResult } from '../../shared/contract/values.ts'
import type { Client } from '../../shared/rpc/client.ts'

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** Runs a command of the command line in this process and gives its JSON answer. */
export const cli = async (...words: string[]): Promise<{ code: number; answer: unknown }> => {
  let text = ''
  const code = await runCommand([...words, '--json'], {
    out: (part) => void (text += part),
    err: () => undefined,
    clock: systemClock,
    env: {},
  })
  return { code, answer: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

/** Passwords of the three people of a test site. */
export const passwords = {
  admin: 'Lantern-7-orbit-cedar',
  officer: 'Quiet-Harbor-19-moss',
  technician: 'Copper-Finch-42-rain',
}

/** A folder with a stick, a team's keys and policy; the station's data lies beside. */
export type World = {
  folder: string
  stick: string
  data: string
  keys: string
  policy: string
  words: string[]
  ageIdentity: string
}

/** Makes the team of a site: keys by `airlock trust init`, one stick. */
export const makeWorld = async (folder: string): Promise<World> => {
  const stick = join(folder, 'STICK')
  mkdirSync(stick)
  const identity = await generateIdentity()
  const ageIdentity = join(folder, 'archive-key.txt')
  writeFileSync(ageIdentity, `${identity}\n`)
  const keys = join(folder, 'keys')
  const sanitization = sha256(readFileSync('resources/policies/default-sanitization.json'))
  const recipient = await identityToRecipient(identity)
  const { answer } = await cli('trust', 'init', keys, '--recipient', recipient, '--sanitization', sanitization)
  const { policy, words } = answer as { policy: string; words: string[] }
  copyFileSync(policy, join(stick, basename(policy)))
  return { folder, stick, data: join(folder, 'station'), keys, policy, words, ageIdentity }
}

/** Starts the station of a world; it ends with the test. */
export const startWorld = async (world: World, ports: readonly string[] = []): Promise<StationProcess> => {
  const station = await startStation({
    data: world.data,
    drives: [world.stick],
    ports,
    passphrase: 'a passphrase for tests',
  })
  onTestFinished(() => station.stop())
  return station
}

type Login = keyof typeof passwords

/** Signs a person in on a port of their own. */
export const signIn = async (station: StationProcess, login: Login): Promise<Client<Contract>> => {
  const client = station.connect()
  await client.call('session.signIn', { login, password: passwords[login] })
  return client
}

/** First start: site, people, trust policy by two people, certificate. */
export const setUp = async (station: StationProcess, world: World): Promise<Record<Login, Client<Contract>>> => {
  const first = station.connect()
  await first.call('station.setUp', {
    site: 'plant-north',
    administrator: { login: 'admin', name: 'Ada Castellanos', password: passwords.admin },
    officer: { login: 'officer', name: 'Priya Singh', password: passwords.officer },
  })
  const [admin, officer] = [await signIn(station, 'admin'), await signIn(station, 'officer')]
  const technician = {
    login: 'technician',
    name: 'Tomas Keller',
    password: passwords.technician,
    roles: ['technician' as const],
  }
  await admin.call('people.create', technician)
  const driveId = await stickOf(admin)
  const name = basename(world.policy)
  for (const [client, password] of [
    [admin, passwords.admin],
    [officer, passwords.officer],
  ] as const) {
    const { manifest, positions } = await client.call('trust.review', { driveId, name })
    const words = positions.map((position) => ({ position, word: world.words[position - 1] ?? '' }))
    await client.call('trust.confirm', { driveId, name, manifest, words, password })
  }
  return { admin, officer, technician: await signIn(station, 'technician') }
}

/** Asks for the station's certificate, issues it by the command line, installs it. */
export const enrol = async (admin: Client<Contract>, world: World): Promise<void> => {
  const driveId = await stickOf(admin)
  const { name } = await admin.call('enrolment.request', { driveId })
  const certificate = await issueOnStick(world, name)
  await admin.call('enrolment.install', { driveId, name: certificate })
}

/** The team issues the certificate for a request on the stick; it lies there under the name that is given back. */
export const issueOnStick = async (world: World, request: string): Promise<string> => {
  const ca = ['--ca-key', join(world.keys, 'station-ca.key.pem'), '--ca-cert', join(world.keys, 'station-ca.cert.pem')]
  await cli('enrol', 'issue', join(world.stick, request), ...ca)
  return request.replace('.airreq', '.cert.airtrust')
}

/** The id of the one drive. */
export const stickOf = async (client: Client<Contract>): Promise<string> =>
  (await client.call('media.list', {})).drives[0]?.id ?? ''

/** What a bundle of a test is made from. */
export type BundlePlan = {
  name: string
  version?: string
  counter?: number
  product?: string
  payload?: Uint8Array
  format?: 'bin' | 'ihex'
  model?: string
  /** Milliseconds from now. */
  expiresIn?: number
  /** Evidence: path below `evidence/` → its type and bytes. */
  evidence?: Readonly<Record<string, { type: string; content: string | Uint8Array }>>
}

/** Packs a bundle by the command line and signs it as release and qa. */
export const makeBundle = async (world: World, plan: BundlePlan): Promise<string> => {
  const { name, version = '2.0.0', counter = 3, product = 'dosing-controller', format = 'bin' } = plan
  const work = join(world.folder, 'work')
  mkdirSync(work, { recursive: true })
  const payload = join(work, `${name}.payload`)
  writeFileSync(payload, plan.payload ?? randomBytes(4096))
  const day = 86_400_000
  const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
  const description = {
    kind: 'airlock.firmware',
    schema: 1,
    bundleId: crypto.randomUUID(),
    vendor: 'acme-instruments',
    product,
    channel: 'production',
    version,
    securityCounter: counter,
    releasedAt: time(Date.now() - 3_600_000),
    expires: time(Date.now() + (plan.expiresIn ?? 365 * day)),
    policyMin: 1,
    importerMin: '0.1.0',
    source: { repository: product, commit: 'c0ffee', build: version, builder: 'test' },
    compat: [{ model: plan.model ?? product }],
    payloads: [
      {
        path: 'payload/firmware.bin',
        file: payload,
        component: 'application',
        format,
        driver: 'stk500v1',
        options: {},
      },
    ],
    evidence: Object.entries(plan.evidence ?? {}).map(([path, { type, content }]) => {
      writeFileSync(join(work, `${name}.${path}`), content)
      return { path: `evidence/${path}`, file: join(work, `${name}.${path}`), type }
    }),
  }
  const file = join(world.stick, `${name}.airfw`)
  writeFileSync(join(work, `${name}.json`), JSON.stringify(description))
  await cli('bundle', 'pack', join(work, `${name}.json`), '--out', file)
  for (const role of ['release', 'qa']) {
    const pair = ['--key', join(world.keys, `${role}.key.pem`), '--cert', join(world.keys, `${role}.cert.pem`)]
    await cli('bundle', 'sign', file, '--role', role, ...pair)
  }
  return file
}

/** Imports a file of the stick and waits for the verdict. */
export const importFile = async (client: Client<Contract>, name: string, begun: () => void = () => undefined) => {
  const { jobId } = await client.call('bundles.import', { driveId: await stickOf(client), name })
  begun()
  return importResult.parse(await waitForJob(client, jobId))
}
