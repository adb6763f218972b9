// SPDX-License-Identifier: Apache-2.0
/**
 * The whole loop on real input, with nothing faked but the plant: real compiler, real boot loader on an emulated chip,
 * real signatures, real SQLite, real age and zstd. `npm run demo [-- --out DIR] [--seconds N] [--open]`.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startBoard } from '../../test/emulators/avr/board.ts'
import { airlock } from './run-cli.ts'
import { exportTelemetry, flashDevice, importFile, openSite, passwords, trustAndEnrol, type Site } from './site.ts'
import { makeBundles, makeStranger, makeTeam, type Bundle } from './team.ts'
import { printSummary, type Demo } from './summary.ts'

const isEmptyFolder = (path: string): boolean => statSync(path).isDirectory() && readdirSync(path).length === 0

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seconds: { type: 'string', default: '20' },
    open: { type: 'boolean', default: false },
  },
})
/** Said before anything is made: a sentence, not a stack after a minute. */
const refuse = (why: string): never => {
  process.stderr.write(`demo: ${why}\n`)
  process.exit(2)
}
const seconds = Number(values.seconds)
if (!(seconds >= 3)) refuse(`--seconds must be a number, 3 or more: ${values.seconds}`)
if (values.out !== undefined && existsSync(values.out) && !isEmptyFolder(values.out))
  refuse(`--out must be a new or an empty folder: ${values.out}`)
const out = values.out === undefined ? mkdtempSync(join(tmpdir(), 'airlock-demo-')) : resolve(values.out)
const stick = join(out, 'STICK')
const began = Date.now()

const step = (text: string): void => {
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}\n`)
}
const pause = (s: number): Promise<void> => new Promise((done) => setTimeout(done, s * 1000))

const importAll = async (site: Site, bundles: readonly Bundle[]) => {
  const ids: Record<string, string> = {}
  const results: Demo['bundles'] = []
  for (const { file, expected } of bundles) {
    const { verdict, bundle } = await importFile(site, file)
    const code = verdict.code ?? null
    if ((code ?? 'accepted') !== expected) throw new Error(`${file}: ${code}, expected ${expected}`)
    if (bundle !== null) ids[bundle.version] = bundle.id
    results.push({ file, verdict: verdict.verdict, code })
    step(`  ${file.padEnd(32)} ${verdict.verdict}${code === null ? '' : ` (${code})`}`)
  }
  return { ids, results }
}

const flashTo = async (site: Site, ids: Record<string, string>, version: string) => {
  const flash = await flashDevice(site, ids[version] ?? '')
  step(
    `  ${flash.device}: ${flash.from} → ${flash.to} in ${flash.seconds.toFixed(1)} s, read back ${flash.readBackSha256.slice(0, 12)}…`,
  )
  return flash
}

/** The site's half of the loop, with the device under it. */
const atTheSite = async (site: Site, team: Awaited<ReturnType<typeof makeTeam>>, bundles: readonly Bundle[]) => {
  step('site: two people confirm the trust policy by its words; the station gets its certificate')
  await trustAndEnrol(site, team, basename(team.policy))
  step('site: the technician imports everything on the stick')
  const { ids, results } = await importAll(site, bundles)
  const from = Date.now()
  step(`site: listening to the device on 1.0.0 for ${seconds} s`)
  await site.people.technician.call('telemetry.start', { port: site.device })
  await pause(seconds)
  step('site: the technician updates the device')
  const flash = await flashTo(site, ids, '2.0.0')
  await pause(seconds)
  const second = await flashTo(site, ids, '2.1.0')
  step(`site: listening to 2.1.0, which misbehaves, for ${seconds} s`)
  await pause(seconds)
  await site.people.technician.call('telemetry.stop', { port: site.device })
  const period = { from, to: Date.now() + 1 }
  const telemetry = await site.people.technician.call('telemetry.counts', period)
  await site.people.officer.call('dictionary.set', {
    words: ['acme-pharma', 'plc-hall3', 'anna.keller', 'Tomas Keller', 'Priya Singh', 'Ada Castellanos'],
    reason: 'names of the site',
  })
  step('site: the technician asks for an export, the officer looks, signs and writes it')
  const { preview, written } = await exportTelemetry(site, from)
  const removed = preview.removed.reduce((sum, { count }) => sum + count, 0)
  const driveId = (await site.people.officer.call('media.list', {})).drives[0]?.id ?? ''
  const { folder } = await site.people.officer.call('audit.export', { driveId })
  return { results, flash, flashes: [flash, second], telemetry, written, removed, folder }
}

const archiveName = (): string => readdirSync(stick).find((name) => name.endsWith('.airtlm')) ?? ''

/** The team's half: verify, take in, report; and the log that any stranger can check. */
const atTheTeam = (team: Awaited<ReturnType<typeof makeTeam>>, auditFolder: string) => {
  const archive = join(stick, archiveName())
  step('team: verifies and imports the archive, makes the fleet report')
  airlock(['archive', 'verify', archive, '--policy', team.policy])
  const lake = join(out, 'lake')
  const words = ['archive', 'import', archive, '--lake', lake, '--policy', team.policy, '--identity', team.ageIdentity]
  const { rows } = z.object({ rows: z.number() }).parse(airlock(words))
  const report = join(out, 'fleet-report.html')
  airlock(['fleet', 'report', '--lake', lake, '--out', report])
  step('team: verifies the audit log')
  const audit = z
    .object({ verified: z.boolean(), size: z.number(), root: z.string() })
    .parse(airlock(['audit', 'verify', join(stick, auditFolder)]))
  return { archive, rows, report, audit }
}

/** The app on what the demo made, with the same device at its port; until its window is closed. */
const openApp = async (): Promise<void> => {
  const board = await startBoard({ folder: join(out, 'device'), link: join(out, 'device-port') })
  const { admin, officer, technician } = passwords
  step(`the app: sign in as technician (${technician}), officer (${officer}) or admin (${admin})`)
  const words = ['tools/start.ts', '--data', join(out, 'station'), '--drive', stick, '--port', board.pty]
  spawnSync(process.execPath, words, { stdio: 'inherit' })
  await board.stop()
}

const main = async (): Promise<void> => {
  mkdirSync(out, { recursive: true })
  step('team: makes keys and the first trust policy, compiles firmware, packs and signs bundles')
  const team = await makeTeam(out)
  const { bundles, images } = await makeBundles(out, stick, team, makeStranger(out))
  copyFileSync(team.policy, join(stick, basename(team.policy)))
  const board = await startBoard({ folder: join(out, 'device'), link: join(out, 'device-port'), firmware: '1.0.0' })
  step('site: the station starts; an administrator, an officer and a technician sign in')
  const site = await openSite(out, stick, board.pty).catch(async (error: unknown) => {
    await board.stop()
    throw error
  })
  const stop = async (): Promise<void> => {
    await site.station.stop()
    await board.stop()
  }
  const done = await atTheSite(site, team, bundles).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  await stop()
  const { archive, rows, report, audit } = atTheTeam(team, done.folder)
  const { flash, written } = done
  const demo: Demo = {
    bundles: done.results,
    flash: {
      from: flash.from,
      to: flash.to,
      imageSha256: images[flash.to] ?? '',
      readBackSha256: flash.readBackSha256,
      seconds: flash.seconds,
    },
    flashes: done.flashes,
    telemetry: done.telemetry,
    export: {
      archive,
      id: written.id,
      recordsIn: written.recordsIn,
      recordsOut: written.recordsOut,
      removed: done.removed,
    },
    import: { rows },
    report,
    audit,
  }
  writeFileSync(join(out, 'demo.json'), `${JSON.stringify(demo, null, 2)}\n`)
  printSummary(demo, out, (Date.now() - began) / 1000)
  if (values.open) await openApp()
}

await main()
