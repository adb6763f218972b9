// SPDX-License-Identifier: Apache-2.0
/** Raw flashing for the firmware team's benches: no bundle, no trust policy, and therefore not in the plant application. */
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { createPortOwners } from '../../station/devices/port-owner.ts'
import { createPortLister } from '../../station/devices/ports.ts'
import { loadProfiles, type DeviceProfile } from '../../station/devices/profile.ts'
import { openSerial } from '../../station/devices/serial-transport.ts'
import { startApplication } from '../../station/flashing/boot-banner.ts'
import { createStk500v1 } from '../../station/flashing/drivers/stk500v1.ts'
import { parseImage, type ImageFormat } from '../../station/flashing/image.ts'
import { createLoaderSession, type LoaderSession } from '../../station/flashing/loader-session.ts'
import { planFlash } from '../../station/flashing/plan.ts'
import { runFlash } from '../../station/flashing/runner.ts'
import { createWireTrace } from '../../station/flashing/wire-trace.ts'
import { readWhole } from '../../station/platform/files.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { needed, parseWords } from '../words.ts'

const profilesFolder = join(import.meta.dirname, '../../../resources/profiles')
const largestImage = bytes(16 * 1024 * 1024)

const profileOf = (id: string | undefined): DeviceProfile => {
  const profiles = loadProfiles(profilesFolder)
  const [found, more] = id === undefined ? profiles : profiles.filter((profile) => profile.id === id)
  if (found === undefined || more !== undefined)
    throw new AirlockError('usage', { profile: id ?? profiles.map((profile) => profile.id).join(' ') })
  return found
}

const options = {
  port: { type: 'string' },
  profile: { type: 'string' },
  driver: { type: 'string', default: 'stk500v1' },
  json: { type: 'boolean', default: false },
} as const

type Words = { port?: string | undefined; profile?: string | undefined; driver: string }
type Bench = { readonly session: LoaderSession; readonly profile: DeviceProfile; readonly signal: AbortSignal }

/** Opens the port, works in its boot loader, and closes the port whatever happened. */
const onBench = async <T>(words: Words, io: Io, work: (bench: Bench) => Promise<T>): Promise<T> => {
  const path = needed(words.port, 'port')
  const profile = profileOf(words.profile)
  if (words.driver !== profile.driver) throw new AirlockError('usage', { driver: words.driver })
  const port = (await createPortLister([path])()).find((candidate) => candidate.path === path)
  if (port === undefined) throw new AirlockError('port.unknown', { port: path })
  const { loader, application } = profile
  const lease = await createPortOwners(openSerial, io.clock).take(port, loader.baud, 'flash')
  const { signal } = new AbortController()
  try {
    const session = createLoaderSession({
      lease,
      driver: createStk500v1(profile, io.clock),
      trace: createWireTrace(io.clock),
      speeds: { loader: loader.baud, application: application.baud },
      signal,
      onRecovery: ({ fault, at }) => io.err(`recovered: ${fault} at ${at}\n`),
    })
    return await work({ session, profile, signal })
  } finally {
    await lease.release()
  }
}

const running = async ({ session, profile, signal }: Bench) =>
  (await startApplication(session, profile, signal, () => true)).identity ?? null

const formatOf = (path: string): ImageFormat => (/\.(?:hex|ihex)$/i.test(path) ? 'ihex' : 'bin')

const readImage = (path: string): Uint8Array => {
  try {
    return readWhole(path, largestImage)
  } catch (cause) {
    throw new AirlockError('usage', { image: path }, { cause })
  }
}

const show = (io: Io, json: boolean, facts: object): ExitCode => {
  const rows = Object.entries(facts).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  io.out(json ? `${JSON.stringify(facts)}\n` : rows.join(''))
  return 0
}

const probe: Command = {
  name: 'flash probe',
  summary: 'say which chip, boot loader and application are at a port (resets the device)',
  usage: 'airlock flash probe --port PATH [--profile ID] [--driver stk500v1] [--json]',
  async run(words, io) {
    const { values } = parseWords({ args: words, options })
    const facts = await onBench(values, io, async (bench) => {
      const loader = await bench.session.enter()
      return { ...loader, profile: bench.profile.id, application: await running(bench) }
    })
    return show(io, values.json, facts)
  },
}

const flash: Command = {
  name: 'flash',
  summary: 'write an image to a device at a port, verified, without a bundle',
  usage: `airlock flash --port PATH --image FILE [--profile ID] [--driver stk500v1] [--compare] [--json]
  FILE ending in .hex is Intel HEX, anything else is binary from address 0. --compare writes only what differs.`,
  async run(words, io) {
    const { values } = parseWords({
      args: words,
      options: { ...options, image: { type: 'string' }, compare: { type: 'boolean', default: false } },
    })
    const file = needed(values.image, 'image')
    const segments = parseImage(readImage(file), formatOf(file))
    const began = io.clock.monotonic()
    const facts = await onBench(values, io, async (bench) => {
      const { session } = bench
      const plan = planFlash(segments, session.driver)
      const loader = await session.enter()
      const report = await runFlash(session, plan, { compareFirst: values.compare, emit: () => undefined })
      const seconds = Number(io.clock.monotonic() - began) / 1e9
      return { ...loader, ...report, seconds, recoveries: session.recoveries, application: await running(bench) }
    })
    return show(io, values.json, facts)
  },
}

/** The longer name first: commands are found by their first words. */
export const flashCommands: readonly Command[] = [probe, flash]
