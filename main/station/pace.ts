// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { bytes } from '../../shared/units.ts'
import { factsOf, readWhole, writeDurable } from './platform/files.ts'

const day = 86_400_000
/** Samples that are kept: one a day. */
const samplesKept = 30
/** Shortest time between two samples from which a pace is told, milliseconds. */
const shortest = 3_600_000

const samplesSchema = z.array(z.strictObject({ at: z.int(), used: z.int() })).max(samplesKept)
export type Sample = z.infer<typeof samplesSchema>[number]

/** Bytes a day between the oldest sample and now; undefined while nothing can be told. */
export const paceOf = (samples: readonly Sample[], now: Sample): number | undefined => {
  const [first] = samples
  if (first === undefined || now.at - first.at < shortest) return undefined
  return Math.max(0, Math.round(((now.used - first.used) / (now.at - first.at)) * day))
}

/** Whole days until `room` bytes are used up. */
export const daysLeft = (room: number, pace: number | undefined): number | undefined =>
  pace === undefined || pace === 0 ? undefined : Math.floor(Math.max(0, room) / pace)

/** How fast the station's data grows, from one sample a day in a small file; a file that cannot be read is begun anew. */
export const openPace = (path: string): ((now: Sample) => number | undefined) => {
  const read = (): Sample[] => {
    if (factsOf(path) === undefined) return []
    const text = new TextDecoder().decode(readWhole(path, bytes(65_536)))
    return samplesSchema.safeParse(parseJson(text)).data ?? []
  }
  let samples: Sample[] | undefined
  return (now) => {
    // Samples of a clock that was ahead say nothing of a pace.
    samples = (samples ?? read()).filter(({ at }) => at <= now.at)
    const last = samples.at(-1)
    if (last === undefined || now.at - last.at >= day) {
      samples = [...samples, now].slice(-samplesKept)
      writeDurable(path, JSON.stringify(samples))
    }
    return paceOf(samples, now)
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
