// SPDX-License-Identifier: Apache-2.0
/** A station as a process of its own whose drives are really mounted, and what can be seen of it. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startStation, type StationProcess } from '../../main/cli/station/start-station.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Client } from '../../shared/rpc/client.ts'
import type { StreamEvent } from '../../shared/rpc/contract-table.ts'
import { mediaFolder, plugIn } from './mounts.ts'
import { makeWorld, setUp, signIn, type World } from './station.ts'
import { tempFolder } from './temp-folder.ts'

type Drive = StreamEvent<Contract, 'media.watch'>['drives'][number]

/** Starts the station of a world; what is mounted below `media` are its drives. */
export const startAgain = async (
  { data }: World,
  media: string,
  ports: readonly string[] = [],
): Promise<StationProcess> => {
  const options = { data, drives: [], media: [media], ports, passphrase: 'a passphrase for tests' }
  const station = await startStation(options)
  onTestFinished(() => station.stop())
  return station
}

/** A station that is set up, whose one stick is a volume that can be pulled. */
export const atAStation = async (prepare: (world: World) => void = () => undefined, ports: readonly string[] = []) => {
  const world = await makeWorld(tempFolder())
  prepare(world)
  const media = mediaFolder()
  const place = plugIn(world.stick, media, 'NF TRANSFER 07')
  const station = await startAgain(world, media, ports)
  const people = await setUp(station, world)
  return { world, media, place, station, people }
}

/** Every state in which the station showed its drives. */
export const watch = (client: Client<Contract>) => {
  const seen: (readonly Drive[])[] = []
  const waiting = new Set<() => void>()
  const stream = client.listen('media.watch', {}, ({ drives }) => {
    seen.push(drives)
    for (const look of waiting) look()
  })
  onTestFinished(() => stream.dispose())
  const until = (found: (drives: readonly Drive[]) => boolean): Promise<readonly Drive[]> =>
    new Promise((resolve) => {
      const look = (): void => {
        const last = seen.at(-1)
        if (last === undefined || !found(last)) return
        waiting.delete(look)
        resolve(last)
      }
      waiting.add(look)
      look()
    })
  return { seen, until }
}

export const names = (drives: readonly Drive[]): string[] => drives.map(({ name, state }) => `${name} ${state}`)

/** Waits until an import has begun to copy, then does something to it. */
export const atFirstProgress = (client: Client<Contract>, jobId: string, act: () => void): Promise<void> =>
  new Promise((resolve) => {
    let acted = false
    const stream = client.listen('jobs.watch', { jobId }, ({ progress }) => {
      if (acted || progress?.stage !== 'copy' || (progress.done ?? 0) === 0) return
      acted = true
      act()
      resolve()
    })
    onTestFinished(() => stream.dispose())
  })

export const leftIn = (world: World): string[] =>
  ['contents', 'staging'].flatMap((folder) => readdirSync(join(world.data, 'vault', folder)))

export const notedBy = async (station: StationProcess): Promise<string[]> => {
  const officer = await signIn(station, 'officer')
  const { entries } = await officer.call('audit.list', { limit: 200 })
  return entries.map(({ action, outcome, reason }) => [action, outcome, reason].filter(Boolean).join(' '))
}
