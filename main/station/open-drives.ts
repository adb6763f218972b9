// SPDX-License-Identifier: Apache-2.0
import { stationActor } from './audit/entry.ts'
import type { StationAuditLog } from './audit/log.ts'
import type { DriveRegister } from './media/drive-register.ts'
import { createDrives, type Drives } from './media/drives.ts'
import { folderVolumes } from './media/folder-volumes.ts'
import { systemVolumes } from './media/system-volumes.ts'
import type { Volume } from './media/volume.ts'
import { systemClock } from './platform/clock.ts'
import type { StationGround, StationOptions } from './parts.ts'

/**
 * The drives of a station: configured folders, and the system's removable volumes unless only folders are configured.
 * Each volume that comes or goes is an audit entry; folders neither come nor go.
 */
export const openDrives = (
  { drives, media }: StationOptions,
  { audit, register }: { readonly audit: StationAuditLog; readonly register: DriveRegister },
  { log }: StationGround,
): Drives => {
  const folders = drives.length === 0 ? [] : [folderVolumes(drives)]
  const volumes = drives.length > 0 && media === undefined ? [] : [systemVolumes(media)]
  const note = (event: 'attach' | 'detach', { id, name, filesystem, readOnly, inputDevice, device }: Volume): void => {
    if (device === undefined || audit.fault() !== undefined) return
    const object = { type: 'drive', id }
    const after = { name, filesystem, readOnly, inputDevice }
    try {
      audit.note({ actor: stationActor, action: `media.${event}` as const, object, outcome: 'ok', after })
    } catch (error) {
      // A disk that takes no entry must not end the watch.
      log.error('media.note', error)
    }
  }
  // Drives come and go by the machine's own time, whatever the station's clock is made to say.
  return createDrives({ sources: [...folders, ...volumes], clock: systemClock, log, note, register })
}
