// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { parseObject } from './json-lines.ts'
import type { Boot, Reading, SessionKind } from './reading.ts'

/** Text of a banner is bounded: it becomes an identity. A field of another type is as if it were not there. */
const word = z.string().min(1).max(64).optional().catch(undefined)

const banner = z.object({
  boot: z.object({
    model: word,
    serial: word,
    hw: word,
    fw: word,
    build: word,
    cause: word,
    boots: z.number().int().nonnegative().optional().catch(undefined),
  }),
  uptime_ms: z.number().int().optional().catch(undefined),
})

const zephyr = /^\*{3} Booting (.{1,100}?) \*{3}/
const esp = /^rst:0x[0-9a-fA-F]{1,2} \(([A-Z0-9_]{1,40})\)/
const starts = ['{"boot":{', '*** Booting ', 'rst:0x']

/** First match wins: a brown-out detector's name also has "reset" in it, a watchdog's "rtc". */
const causes: readonly (readonly [RegExp, SessionKind])[] = [
  [/brown|bod|undervolt/i, 'brownout'],
  [/watchdog|wdt|wdg/i, 'watchdog'],
  [/panic|fault|crash|assert|exception|lockup/i, 'panic'],
  [/update|ota|dfu/i, 'update'],
  [/power|cold|\bpor\b/i, 'cold'],
  [/soft|sw_|\bsw\b|reboot|sleep/i, 'software'],
]

/** The kind of a start by the cause in the device's words. */
export const kindOfCause = (cause: string): SessionKind =>
  causes.find(([pattern]) => pattern.test(cause))?.[1] ?? 'unknown'

/** The banner of an application (JSON), of Zephyr and MCUboot, or the reset line of an Espressif ROM. */
export const readBootMarker = (text: string): Reading | undefined => {
  if (text.startsWith('{')) return jsonBanner(text)
  const os = zephyr.exec(text)?.[1]
  if (os !== undefined) return marker({ stage: os.startsWith('MCUboot') ? 1 : 2, kind: 'unknown', reason: os })
  const reset = esp.exec(text)?.[1]
  return reset === undefined ? undefined : marker({ stage: 0, kind: kindOfCause(reset), reason: reset })
}

/**
 * Where a boot marker begins inside a line that says nothing as a whole, or 0: a reset in the middle of a line leaves
 * half a line in front of the banner.
 */
export const bootStart = (text: string): number => {
  const found = starts.map((start) => text.indexOf(start)).filter((index) => index > 0)
  return found.length === 0 ? 0 : Math.min(...found)
}

const marker = (boot: Boot): Reading => ({ samples: [], boot })

const jsonBanner = (text: string): Reading | undefined => {
  if (!/^\{\s*"boot"/.test(text)) return undefined
  const parsed = banner.safeParse(parseObject(text))
  if (!parsed.success) return undefined
  const { boot, uptime_ms: uptime } = parsed.data
  return {
    ...(uptime === undefined ? {} : { tDev: uptime, sinceBoot: true }),
    samples: [],
    boot: {
      stage: 3,
      kind: kindOfCause(boot.cause ?? ''),
      reason: boot.cause ?? '',
      ...(boot.model === undefined ? {} : { model: boot.model }),
      ...(boot.serial === undefined ? {} : { serial: boot.serial }),
      ...(boot.hw === undefined ? {} : { hardware: boot.hw }),
      ...(boot.fw === undefined ? {} : { firmware: boot.fw }),
      ...(boot.build === undefined ? {} : { build: boot.build }),
      ...(boot.boots === undefined ? {} : { boots: boot.boots }),
    },
  }
}
