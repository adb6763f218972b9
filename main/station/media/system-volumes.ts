// SPDX-License-Identifier: Apache-2.0
import { linuxVolumes } from './linux-volumes.ts'
import { macVolumes } from './mac-volumes.ts'
import type { VolumeSource } from './volume.ts'
import { windowsVolumes } from './windows-volumes.ts'

/** What counts as drives beside the configured folders: `roots` limits it to what is mounted below them (Linux only). */
export const systemVolumes = (roots?: readonly string[]): VolumeSource => {
  if (process.platform === 'darwin') return macVolumes()
  return process.platform === 'win32' ? windowsVolumes() : linuxVolumes(roots)
}
