// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { LogEvent } from './reading.ts'

/** A line as a person may look at it. `severity` is null where nobody understood it as a log message. */
export const tailLine = z.strictObject({
  t: z.number().int(),
  severity: z.number().int().min(1).max(24).nullable(),
  text: z.string(),
})
export type TailLine = Readonly<z.infer<typeof tailLine>>

/** What a port has said last, in memory only: looking on costs those who listen nothing, whether anybody looks or not. */
export type RecentLines = {
  add(t: number, text: string, event?: LogEvent): void
  /** How many lines there were; the number of the next one. */
  readonly count: number
  /** At most the newest `limit` of the lines from number `from` on that are still kept, oldest first. */
  since(from: number, limit: number): TailLine[]
  /** Another device speaks from here on: what the one before has said is not shown as its words. */
  forget(): void
}

/** Lines that are kept of each port: what fits a screen some times over. */
export const recentKept = 200
/** Characters of a line that are shown; a whole one may have 4096. */
const longest = 400
/** Characters that are kept of each port: lines that are all of the greatest length would fill the memory. */
const roomKept = 65_536

/** A control character as its picture; what else draws nothing, or turns the line around, as one sign. */
const sign = (char: string): string => {
  const code = char.charCodeAt(0)
  return char === '\t' ? ' ' : code < 0x20 ? String.fromCharCode(0x2400 + code) : '\u{fffd}'
}
const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, sign)

/** A line without anything that a page could take for more than text, cut where it is longer than anybody reads. */
export const readable = (text: string): string =>
  text.length > longest ? `${visible(text.slice(0, longest))}…` : visible(text)

type Kept = { readonly t: number; readonly text: string; readonly event: LogEvent | undefined }

/** The newest lines of one port. They are made readable only when somebody looks. */
export const createRecentLines = (): RecentLines => {
  let lines: Kept[] = []
  let room = 0
  let count = 0
  const drop = (): void => void (room -= lines.shift()?.text.length ?? 0)
  return {
    add(t, text, event) {
      lines.push({ t, text, event })
      room += text.length
      count += 1
      while (lines.length > recentKept || room > roomKept) drop()
    },
    get count() {
      return count
    },
    since(from, limit) {
      const wanted = Math.min(count - from, limit)
      return (wanted > 0 ? lines.slice(-wanted) : []).map(({ t, text, event }) => ({
        t,
        severity: event?.severity ?? null,
        text: readable(text),
      }))
    },
    forget() {
      lines = []
      room = 0
    },
  }
}
