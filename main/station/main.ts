// SPDX-License-Identifier: Apache-2.0
/** The station as a process: Electron's utility process, or a child of a command. Speaks frames to whoever started it. */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { multiplex, type Channel } from '../../shared/rpc/envelope.ts'
import { toAirlockError } from '../../shared/errors.ts'
import { exitCodeOf } from '../../shared/host/exit-codes.ts'
import { limits } from './config.ts'
import { connectHost } from './key-store.ts'
import { systemClock } from './platform/clock.ts'
import { stderrLog } from './platform/log.ts'
import { banNetwork } from './platform/network-ban.ts'
import { createStation, type Station } from './station.ts'

// First of all: what is written from here on is readable by this account only.
process.umask(0o077)

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    drive: { type: 'string', multiple: true, default: [] },
    media: { type: 'string', multiple: true },
    port: { type: 'string', multiple: true, default: [] },
  },
})

banNetwork(stderrLog)

const leave = (error: unknown): never => {
  const known = toAirlockError(error)
  // A wrong passphrase is no crash, and must not look like one: stacks are for engineers, who ask for them.
  if (process.env['AIRLOCK_DEBUG'] === undefined) process.stderr.write(`station: stopped by ${known.code}\n`)
  else stderrLog.error('station.stopped', known.cause ?? known, { code: known.code })
  process.exit(exitCodeOf(known.code))
}

// Since Electron 37 an unhandled rejection in a utility process only warns: here it ends the process, loudly.
process.on('unhandledRejection', leave)
process.on('uncaughtException', leave)

/** Electron gives a utility process a line of its own, in place of Node's process channel. */
type ParentPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}
const isParentPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value

const parent: unknown = Reflect.get(process, 'parentPort')
const channel: Channel = isParentPort(parent)
  ? {
      send: (frame) => parent.postMessage(frame),
      onFrame: (listener) => parent.on('message', ({ data }) => listener(data)),
      onEnd: () => undefined,
    }
  : {
      // Whoever started the station may be gone: a message that cannot be delivered must not end it before its time.
      send: (frame) => {
        if (process.connected) process.send?.(frame, undefined, undefined, () => undefined)
      },
      onFrame: (listener) => void process.on('message', listener),
      onEnd: (listener) => void process.on('disconnect', listener),
    }

if (values.data === undefined) {
  process.stderr.write('station: --data FOLDER is missing\n')
  process.exit(64)
}
const resources = fileURLToPath(new URL('../../resources', import.meta.url))
const { data, drive: drives, port: ports, media } = values
const options = { data, drives, ports, resources, ...(media === undefined ? {} : { media }) }
let opened: Promise<Station> | undefined
const line = multiplex(channel, (port) => {
  // Ports that come while the station opens are served when it is open: their messages wait in the line.
  void opened?.then((station) => station.serve(port))
})

/** A station that does not open in time, because its host does not answer, is left as after a crash. */
const end = async (): Promise<void> => {
  const station = await Promise.race([opened, systemClock.sleep(limits.openWithin)])
  await station?.close()
  process.exit(station === undefined ? exitCodeOf('internal') : 0)
}
let ending: Promise<void> | undefined
const close = (): void => {
  // A terminal sends the signal to all, and whoever started the station then goes away too.
  ending ??= end()
}
process.on('SIGTERM', close)
process.on('SIGINT', close)
// Whoever started the station is gone: end in good order, nothing is served any more.
process.on('disconnect', close)

// Last: from its first question to the host on, a signal finds the station ready for it.
opened = createStation(options, { host: connectHost(line.host), clock: systemClock, log: stderrLog })
