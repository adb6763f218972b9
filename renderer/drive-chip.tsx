// SPDX-License-Identifier: Apache-2.0
import { IconPlayerEject, IconUsb } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { IconButton } from './components/button.tsx'
import { useAction } from './state/action.ts'
import { closeDriveSheet, eject, openDriveSheet, useDriveSheet } from './state/drives.ts'
import type { Person } from './state/session.ts'
import { useStation, type Drive } from './state/station.ts'
import { useFormat, useText } from './text/use-text.ts'

/** Who may let go of a drive. */
export const mayEject = ({ roles }: Person): boolean =>
  roles.some((role) => role === 'technician' || role === 'officer' || role === 'administrator')

/** The second line of the chip: the state where it counts, else the room. */
export const useDriveLine = (): ((drive: Drive) => string) => {
  const t = useText()
  const { size } = useFormat()
  return ({ state, readOnly, free }) => {
    if (state === 'ready' || state === 'nothing')
      return t(readOnly ? 'media.readOnly' : 'frame.free', { size: size(free) })
    return t(`media.state.${state}`)
  }
}

/** The drive in the top bar: name, free space or state, and the button that lets go of it. */
export const DriveChip = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const lineOf = useDriveLine()
  const drives = useStation((state) => state.drives) ?? []
  const open = useDriveSheet((state) => state.open)
  const [action, run] = useAction()
  const [drive] = drives
  const name = drives.length > 1 ? t('frame.drives', { count: drives.length }) : (drive?.name ?? t('frame.noDrive'))
  const line = drive === undefined ? t('frame.plugDrive') : drives.length > 1 ? t('media.choose') : lineOf(drive)
  return (
    <div className="drive-chip">
      <button
        type="button"
        className="chip boxed"
        aria-expanded={open}
        onClick={() => (open ? closeDriveSheet() : openDriveSheet())}
      >
        <IconUsb size={22} stroke={1.8} aria-hidden />
        <span>
          <b>{name}</b>
          <small>{line}</small>
        </span>
      </button>
      {drive !== undefined && drives.length === 1 && drive.state !== 'input-device' && mayEject(person) && (
        <IconButton
          name={t('media.eject', { name: drive.name })}
          blocked={drive.state === 'in-use' ? t('media.state.in-use') : undefined}
          onPress={() => run(async () => (action.busy ? undefined : await eject(drive)))}
        >
          <IconPlayerEject size={22} stroke={1.8} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
