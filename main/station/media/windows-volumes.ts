// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { millis } from '../../../shared/units.ts'
import { runProgram } from '../platform/run-program.ts'
import { placeFacts } from '../platform/volume-files.ts'
import type { Volume, VolumeSource } from './volume.ts'

const letters = 'DEFGHIJKLMNOPQRSTUVWXYZ'.split('')
/** PowerShell takes its time to start; it is asked only when a letter has come or gone. */
const answerWithin = millis(15_000)
/** DriveType 2 is a removable disk (Win32_LogicalDisk). A USB disk that calls itself fixed is not found this way. */
const question =
  'ConvertTo-Json -Compress -InputObject @(Get-CimInstance Win32_LogicalDisk -Filter "DriveType=2" | ' +
  'Select-Object DeviceID,VolumeName,VolumeSerialNumber,FileSystem,Access)'

const diskSchema = z.object({
  DeviceID: z.string().regex(/^[A-Z]:$/),
  VolumeName: z.string().nullable(),
  VolumeSerialNumber: z.string().nullable(),
  FileSystem: z.string().nullable(),
  /** 1: can only be read. */
  Access: z.number().nullable(),
})

/** The removable disks out of the answer to `question`; a letter without a medium in it has no file system. */
export const parseWindowsDisks = (json: string): Volume[] =>
  z
    .array(diskSchema)
    .parse(JSON.parse(json.trim() === '' ? '[]' : json))
    .flatMap(({ DeviceID: letter, VolumeName, VolumeSerialNumber, FileSystem, Access }) =>
      FileSystem === null
        ? []
        : [
            {
              path: `${letter}\\`,
              id: createHash('sha256')
                .update(`${VolumeSerialNumber ?? letter} ${VolumeName ?? ''}`)
                .digest('hex')
                .slice(0, 16),
              mount: `${letter} ${VolumeSerialNumber ?? ''}`,
              name: VolumeName === null || VolumeName === '' ? letter : VolumeName,
              filesystem: FileSystem,
              readOnly: Access === 1,
              device: letter,
              inputDevice: false,
              ...(VolumeSerialNumber === null ? {} : { volumeId: VolumeSerialNumber }),
            },
          ],
    )

/** Removable disks of a Windows machine: letters are looked at, and PowerShell is asked after each change. */
export const windowsVolumes = (): VolumeSource => {
  let before: { key: string; volumes: readonly Volume[] } = { key: '', volumes: [] }
  return async () => {
    // A letter whose reader is empty fails to be looked at: it is as good as not there.
    const devices = await Promise.all(
      letters.map(async (letter) => [letter, (await placeFacts(`${letter}:\\`).catch(() => undefined))?.device ?? 0]),
    )
    const key = JSON.stringify(devices)
    if (key !== before.key) {
      const words = ['-NoProfile', '-NonInteractive', '-Command', question]
      const { code, out } = await runProgram('powershell.exe', words, answerWithin)
      before = { key, volumes: code === 0 ? parseWindowsDisks(out) : [] }
    }
    return before.volumes
  }
}
