// SPDX-License-Identifier: Apache-2.0
import { hex, int, letters, pairs, pick, seeded, type Random } from './seeded.ts'

/** A line without a secret, and the part of it that looks like one. */
export type PlainLine = { kind: string; text: string; keep: string }

const lookalikes: Record<string, (r: Random) => [string, string]> = {
  version: (r) => {
    const v = `${int(r, 0, 9)}.${int(r, 0, 20)}.${int(r, 0, 20)}.${int(r, 0, 60)}`
    return [
      pick(r, [`firmware ${v} running`, `version ${v}`, `upgraded from v${v}`, `bootloader ${v} ok`, `build=${v}`]),
      v,
    ]
  },
  semver: (r) => {
    const v = `${int(r, 0, 9)}.${int(r, 0, 30)}.${int(r, 0, 99)}-rc.${int(r, 1, 9)}`
    return [`app ${v} started`, v]
  },
  clock: (r) => {
    const v = `${String(int(r, 0, 23)).padStart(2, '0')}:${String(int(r, 0, 59)).padStart(2, '0')}:${String(int(r, 0, 59)).padStart(2, '0')}`
    return [`${v} tick`, v]
  },
  zephyr: (r) => {
    const v = `[00:${int(r, 10, 59)}:${int(r, 10, 59)}.${int(r, 100, 999)},000]`
    return [`${v} <inf> app: ready`, v]
  },
  address: (r) => {
    const v = `0x${hex(r, 8)}`
    return [pick(r, [`fault at ${v}`, `pc=${v} lr=${v}`, `stack ${v} overflow`]), v]
  },
  part: (r) => {
    const v = `${letters(r, 3, 'ABCDEFGHJK')}${int(r, 1000, 9999)}-${int(r, 10, 99)}`
    return [`replace part ${v} soon`, v]
  },
  source: (r) => {
    const v = `${pick(r, ['main', 'net_if', 'modem', 'adc'])}.c:${int(r, 1, 900)}`
    return [`assert failed at ${v}`, v]
  },
  metric: (r) => {
    const v = `${pick(r, ['motor', 'pump', 'inverter'])}.${pick(r, ['temp', 'current', 'speed'])}.${pick(r, ['in', 'out', 'max', 'avg'])}`
    return [`${v} ${int(r, 1, 900)}`, v]
  },
  date: (r) => {
    const v = `2026-0${int(r, 1, 9)}-${int(r, 10, 28)}T0${int(r, 1, 9)}:${int(r, 10, 59)}:00Z`
    return [`calibrated ${v}`, v]
  },
  hash: (r) => {
    const v = hex(r, 64)
    return [`sha256 ${v} verified`, v]
  },
  scope: () => ['std::vector grow, ab::cd skipped', 'std::vector'],
  reading: (r) => {
    const v = `${int(r, 10, 99)}.${int(r, 1000, 9999)}`
    return [`voltage ${v} V`, v]
  },
  dump: (r) => {
    const v = pairs(r, 16).join(' ')
    return [`dump: ${v}`, v]
  },
  counter: (r) => {
    const v = String(int(r, 1e9, 9e9))
    return [`uptime ${v} ms`, v]
  },
}

/** Lines whose marked part only looks like a secret. */
export const lookalikeLines = (seed: number, n: number): PlainLine[] => {
  const r = seeded(seed)
  const names = Object.keys(lookalikes)
  return Array.from({ length: n }, (_, i) => {
    const kind = names[i % names.length]!
    const [text, keep] = lookalikes[kind]!(r)
    return { kind, text, keep }
  })
}

const subjects = [
  'motor',
  'pump 3',
  'conveyor',
  'inverter',
  'watchdog',
  'bootloader',
  'flash driver',
  'sensor bus',
  'heap',
  'scheduler',
  'valve',
  'spindle',
]
const verbs = [
  'started',
  'stopped',
  'overheated',
  'reset',
  'exceeded the limit',
  'recovered',
  'reported a checksum error',
  'is waiting for a key press',
  'user task finished',
  'login screen shown',
  'token ring idle',
  'position reached',
  'lost power',
]
const tails = [
  'after 300 ms',
  'at 23.4 Cel',
  'with code 17',
  'rpm=1450 state=ok',
  'error -5 (EIO)',
  'queue 3/16',
  'on channel 2',
  'twice',
  'retry 2 of 5',
  'dma=1 irq=12',
  'mode: auto',
  'status: ready',
  'network: up',
  'pin 13 high',
  'key: left',
  'host: none',
  'serial port open',
  'server error 503',
  'temp 36,6 %',
]

/** Ordinary lines: nothing in them is a secret, and each of their words should stay. */
export const domainLines = (seed: number, n: number): string[] => {
  const r = seeded(seed)
  return Array.from({ length: n }, () => `${pick(r, subjects)} ${pick(r, verbs)} ${pick(r, tails)}`)
}
