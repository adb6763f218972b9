// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { parseObject } from './json-lines.ts'
import { crashKinds, type CrashKind, type CrashLine, type Reading } from './reading.ts'
import { severity } from './severity.ts'

/** Program addresses kept of a backtrace: the fingerprint takes the first three, people a few more. */
const maxFrames = 8

type Rule = { pattern: RegExp; kind: CrashKind; rank: number; reason?: string }

/** Where `reason` is absent, the first group of the pattern that matched is the reason. */
const rules: readonly Rule[] = [
  { pattern: /ASSERTION FAIL (\[.{1,200}\] @ \S{1,200})/, kind: 'assert', rank: 3 },
  { pattern: /assert failed: (.{1,200})/, kind: 'assert', rank: 3 },
  {
    pattern: /Guru Meditation Error: Core\s+\d+ panic'ed \((Interrupt wdt timeout[^)]{0,40})\)/,
    kind: 'watchdog',
    rank: 2,
  },
  { pattern: /Guru Meditation Error: Core\s+\d+ panic'ed \(([^)]{1,80})\)/, kind: 'panic', rank: 2 },
  { pattern: /Task watchdog got triggered/, kind: 'watchdog', rank: 2, reason: 'task watchdog' },
  { pattern: /\*{3}ERROR\*{3} A (stack overflow in task \S{1,40})/, kind: 'panic', rank: 2 },
  { pattern: /\babort\(\) was called at PC/, kind: 'panic', rank: 2, reason: 'abort()' },
  { pattern: /\*{5} ((?:HARD|BUS|USAGE|MPU|SECURE|MEM MANAGE) FAULT) \*{5}/, kind: 'hardfault', rank: 2 },
  { pattern: />>> ZEPHYR FATAL ERROR (0: .{1,80}?)(?: on CPU \d+)?\s*$/, kind: 'hardfault', rank: 1 },
  { pattern: />>> ZEPHYR FATAL ERROR (\d+: .{1,80}?)(?: on CPU \d+)?\s*$/, kind: 'panic', rank: 1 },
  { pattern: /Kernel panic - not syncing: (.{1,120})/, kind: 'panic', rank: 2 },
  { pattern: /^\W*Hard[ _]?Fault\b/i, kind: 'hardfault', rank: 1, reason: 'hard fault' },
  { pattern: /^=+ CORE DUMP START =+/, kind: 'coredump', rank: 0, reason: 'core dump' },
]

/** One cheap look before the rules: nearly every line is none of these. */
const candidate =
  /ASSERT|assert failed|Guru Med|watchdog got|\*\*\*ERROR|abort\(\)|FAULT|FATAL|Kernel panic|hard[ _]?fault|CORE DUMP|Backtrace:|r15\/pc/i

const espFrames = /^\s*Backtrace:\s*((?:0x[0-9a-f]{8}:0x[0-9a-f]{8}\s*)+)/i
const armFrame = /Faulting instruction address \(r15\/pc\): (0x[0-9a-f]{8})/

/** A line of a crash dump of Zephyr, ESP-IDF, Linux a bare hard-fault handler, or a report in JSON; also an event of severity fatal. */
export const readCrashMarker = (text: string): Reading | undefined => {
  if (text.startsWith('{')) return jsonReport(text)
  if (!candidate.test(text)) return undefined
  const crash = framesOf(text) ?? namedCrash(text)
  return crash === undefined
    ? undefined
    : { samples: [], crash, event: { severity: severity.fatal, code: 'crash', text } }
}

const word = z.string().max(200).optional().catch(undefined)
const report = z.object({ crash: z.object({ kind: z.enum(crashKinds).catch('panic'), reason: word, pc: word }) })

/** What an application writes after its restart: `{"crash":{"kind","reason","pc"}}`. */
const jsonReport = (text: string): Reading | undefined => {
  if (!/^\{\s*"crash"/.test(text)) return undefined
  const parsed = report.safeParse(parseObject(text))
  if (!parsed.success) return undefined
  const { kind, reason, pc } = parsed.data.crash
  const told = {
    kind,
    rank: 4,
    past: true,
    reason: reason ?? '',
    ...(pc === undefined ? {} : { frames: [pc] }),
  } as const
  const said = [kind, reason, pc].filter((part) => part !== undefined).join(', ')
  return { samples: [], crash: told, event: { severity: severity.fatal, code: 'crash', text: said } }
}

const namedCrash = (text: string): CrashLine | undefined => {
  for (const { pattern, kind, rank, reason } of rules) {
    const found = pattern.exec(text)
    if (found !== null) return { kind, rank, reason: reason ?? found[1] ?? '' }
  }
  return undefined
}

const framesOf = (text: string): CrashLine | undefined => {
  const arm = armFrame.exec(text)?.[1]
  if (arm !== undefined) return { rank: 0, frames: [arm] }
  const esp = espFrames.exec(text)?.[1]
  if (esp === undefined) return undefined
  const addresses = esp
    .trim()
    .split(/\s+/)
    .map((pair) => pair.slice(0, 10).toLowerCase())
  return { rank: 0, frames: addresses.slice(0, maxFrames) }
}
