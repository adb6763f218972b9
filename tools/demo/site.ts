// SPDX-License-Identifier: Apache-2.0
/** The site's side: a station, its people, what they do with a stick and a device. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Contract } from '../../shared/contract/contract.ts'
import { exportRequest, flashResult, importResult } from '../../shared/contract/values.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { startStation, type StationProcess } from '../../main/cli/station/start-station.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { airlock } from './run-cli.ts'
import type { Team } from './team.ts'

/** Of the three people of the demo. */
export const passwords = {
  admin: 'Lantern-7-orbit-cedar',
  officer: 'Quiet-Harbor-19-moss',
  technician: 'Copper-Finch-42-rain',
}
type Login = keyof typeof passwords

/** A station that runs, with a port for each of three people. */
export type Site = {
  readonly station: StationProcess
  readonly people: Readonly<Record<Login, Client<Contract>>>
  readonly stick: string
  readonly device: string
}

const driveOf = async (client: Client<Contract>, stick: string): Promise<string> => {
  const { drives } = await client.call('media.list', {})
  const drive = drives.find(({ name }) => stick.endsWith(`/${name}`))
  if (drive === undefined) throw new Error('the stick is not listed')
  return drive.id
}

/** Starts the station and sets it up: site, three people. */
export const openSite = async (out: string, stick: string, device: string): Promise<Site> => {
  const data = join(out, 'station')
  mkdirSync(data, { recursive: true })
  const passphrase = 'demo passphrase of the workstation'
  // Where `npm start` looks for it: the app can be opened on this data.
  writeFileSync(`${data}.passphrase`, `${passphrase}\n`, { mode: 0o600 })
  const station = await startStation({ data, drives: [stick], ports: [device], passphrase })
  const people = { admin: station.connect(), officer: station.connect(), technician: station.connect() }
  await people.admin.call('station.setUp', {
    site: 'plant-north',
    administrator: { login: 'admin', name: 'Ada Castellanos', password: passwords.admin },
    officer: { login: 'officer', name: 'Priya Singh', password: passwords.officer },
  })
  await people.admin.call('session.signIn', { login: 'admin', password: passwords.admin })
  await people.officer.call('session.signIn', { login: 'officer', password: passwords.officer })
  await people.admin.call('people.create', {
    login: 'technician',
    name: 'Tomas Keller',
    password: passwords.technician,
    roles: ['technician'],
  })
  await people.technician.call('session.signIn', { login: 'technician', password: passwords.technician })
  return { station, people, stick, device }
}

const issuedFacts = z.object({ certificate: z.string(), words: z.array(z.string()) })

/** Two people compare the policy with the words on paper; then the station asks for and takes its certificate. */
export const trustAndEnrol = async (site: Site, team: Team, policyFile: string): Promise<void> => {
  for (const login of ['admin', 'officer'] as const) {
    const client = site.people[login]
    const driveId = await driveOf(client, site.stick)
    const { manifest, positions } = await client.call('trust.review', { driveId, name: policyFile })
    const words = positions.map((position) => ({ position, word: team.words[position - 1] ?? '' }))
    await client.call('trust.confirm', { driveId, name: policyFile, manifest, words, password: passwords[login] })
  }
  const driveId = await driveOf(site.people.admin, site.stick)
  const { name, words } = await site.people.admin.call('enrolment.request', { driveId })
  // The team compares the words with the station's by telephone before the certificate leaves it.
  const ca = ['--ca-key', join(team.keys, 'station-ca.key.pem'), '--ca-cert', join(team.keys, 'station-ca.cert.pem')]
  const issued = issuedFacts.parse(airlock(['enrol', 'issue', join(site.stick, name), ...ca]))
  if (issued.words.join(' ') !== words.join(' ')) throw new Error('the request is not of this station')
  const certificate = basename(issued.certificate)
  const { verdict } = await site.people.admin.call('enrolment.install', { driveId, name: certificate })
  if (verdict.verdict !== 'accepted') throw new Error(`the certificate was refused: ${verdict.code ?? ''}`)
}

/** The technician imports one file; a refusal is a result. */
export const importFile = async ({ people, stick }: Site, name: string): Promise<z.infer<typeof importResult>> => {
  const driveId = await driveOf(people.technician, stick)
  const { jobId } = await people.technician.call('bundles.import', { driveId, name })
  return importResult.parse(await waitForJob(people.technician, jobId))
}

/** The technician writes a bundle into the device; telemetry goes on by itself. */
export const flashDevice = async ({ people, device }: Site, bundle: string): Promise<z.infer<typeof flashResult>> => {
  const { jobs } = await people.technician.call('flashing.start', { bundle, targets: [{ port: device }] })
  return flashResult.parse(await waitForJob(people.technician, jobs[0]?.jobId ?? ''))
}

/** The technician asks, the officer looks and signs exactly these bytes, and writes them to the stick. */
export const exportTelemetry = async ({ people, stick }: Site, from: number) => {
  const asked = await people.technician.call('exports.request', {
    from,
    to: Date.now() + 1,
    reason: 'monthly report to the makers',
  })
  const request = exportRequest.parse(await waitForJob(people.technician, asked.jobId))
  const preview = await people.officer.call('exports.preview', { id: request.id })
  await people.officer.call('exports.approve', {
    id: request.id,
    contentDigest: preview.contentDigest,
    password: passwords.officer,
  })
  const driveId = await driveOf(people.officer, stick)
  const { jobId } = await people.officer.call('exports.write', { id: request.id, driveId })
  const { request: written } = z.object({ request: exportRequest }).parse(await waitForJob(people.officer, jobId))
  return { preview, written }
}
