// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { millis } from '../../../shared/units.ts'
import { runProgram } from '../platform/run-program.ts'
import { namesIn, placeFacts } from '../platform/volume-files.ts'
import { parsePlist } from './plist.ts'
import type { Volume, VolumeSource } from './volume.ts'

const folder = '/Volumes'
const answerWithin = millis(5000)

/** One volume by what `diskutil info -plist` says of it; nothing for what cannot be taken away. */
export const toMacVolume = (path: string, device: number, plist: string): Volume | undefined => {
  const facts = parsePlist(plist)
  const removable =
    facts['RemovableMediaOrExternalDevice'] === true || facts['RemovableMedia'] === true || facts['Ejectable'] === true
  if (!removable || facts['BusProtocol'] === 'Disk Image') return undefined
  const volumeId = String(facts['VolumeUUID'] ?? '')
  const identity = `${volumeId} ${String(facts['VolumeName'] ?? path)}`
  return {
    path,
    id: createHash('sha256').update(identity).digest('hex').slice(0, 16),
    mount: `${String(facts['DeviceIdentifier'] ?? '')} ${device}`,
    name: String(facts['VolumeName'] ?? ''),
    filesystem: String(facts['FilesystemType'] ?? ''),
    readOnly: facts['WritableVolume'] === false,
    device: String(facts['DeviceNode'] ?? path),
    inputDevice: false,
    ...(volumeId === '' ? {} : { volumeId }),
  }
}

/** Removable volumes of a Mac: what lies below /Volumes, asked of diskutil once after each change there. */
export const macVolumes = (): VolumeSource => {
  let before: { key: string; volumes: readonly Volume[] } = { key: '', volumes: [] }
  return async () => {
    const paths = ((await namesIn(folder)) ?? []).map((name) => join(folder, name))
    const places = await Promise.all(
      paths.map(async (path) => ({ path, device: (await placeFacts(path))?.device ?? 0 })),
    )
    const key = JSON.stringify(places)
    if (key !== before.key) {
      const found = await Promise.all(
        places.map(async ({ path, device }) => {
          const { code, out } = await runProgram('diskutil', ['info', '-plist', path], answerWithin)
          return code === 0 ? toMacVolume(path, device, out) : undefined
        }),
      )
      before = { key, volumes: found.filter((volume) => volume !== undefined) }
    }
    return before.volumes
  }
}
