// SPDX-License-Identifier: Apache-2.0
/** What happens at the drives while this page is open: one comes, one is pulled, one is let go. */
import { create } from 'zustand'
import { call } from './connection.ts'
import { checkBundles, forgetDrive, goOnImporting } from './imports.ts'
import { useJobs } from './jobs.ts'
import { useSession } from './session.ts'
import { useStation, type Drive } from './station.ts'

type Named = { readonly id: string; readonly name: string }

/** The sheet over the right panel: whether it is open, which drive it shows, what is to be said of one that is gone. */
export const useDriveSheet = create<{
  readonly open: boolean
  readonly chosen: string | undefined
  /** Removed while it was in use. */
  readonly pulled: (Named & { readonly writing: boolean }) | undefined
  /** Let go of by the station: `flushed` where the system still holds it. */
  readonly released: (Named & { readonly outcome: 'ejected' | 'flushed' }) | undefined
}>(() => ({ open: false, chosen: undefined, pulled: undefined, released: undefined }))

/** Drives that can be worked with. */
export const isUsable = ({ state }: Drive): boolean => !['unreadable', 'silent', 'input-device'].includes(state)

const mayCheck = (): boolean => {
  const { person, locked } = useSession.getState()
  return !locked && (person?.roles.some((role) => role === 'technician' || role === 'administrator') ?? false)
}

/** Has the bundles of a drive checked, for people who may import them. */
export const checkDrive = (drive: Drive): void => {
  // The line or the drive is gone: what follows says so.
  if (mayCheck()) void checkBundles(drive).catch(() => undefined)
}

export const openDriveSheet = (): void => {
  useDriveSheet.setState({ open: true })
  for (const drive of useStation.getState().drives ?? []) checkDrive(drive)
}
export const closeDriveSheet = (): void =>
  useDriveSheet.setState({ open: false, pulled: undefined, released: undefined })

/** Lets go of a drive. Errors: `medium.in-use`, `medium.gone`, `medium.io`. */
export const eject = async ({ id, name }: Named): Promise<void> => {
  const { outcome } = await call('media.eject', { driveId: id })
  useDriveSheet.setState({ open: true, pulled: undefined, released: { id, name, outcome } })
}

const came = (drive: Drive): void => {
  const { pulled } = useDriveSheet.getState()
  forgetDrive(drive.id)
  useDriveSheet.setState({ open: true, chosen: drive.id, released: undefined })
  // Another drive has the sheet to itself; what a write left on the first one is still said.
  if (pulled?.id === drive.id || pulled?.writing === false) useDriveSheet.setState({ pulled: undefined })
}

/** A drive that has been looked at: what was cut off goes on, what is new is checked. */
const read = (drive: Drive): void => {
  if (!mayCheck()) return
  void goOnImporting(drive)
    .then(() => checkDrive(drive))
    .catch(() => undefined)
}

const went = ({ id, name, state }: Drive): void => {
  if (state !== 'in-use') return
  const writing = Object.values(useJobs.getState().jobs).some(
    (job) => job.kind === 'exports.write' && job.state === 'running',
  )
  useDriveSheet.setState({ open: true, pulled: { id, name, writing } })
}

useStation.subscribe(({ drives: now }, { drives: before }) => {
  // What is there when somebody signs in is no news.
  if (now === before || now === undefined || before === undefined) return
  const { open } = useDriveSheet.getState()
  for (const drive of before) if (!now.some(({ id }) => id === drive.id)) went(drive)
  for (const drive of now) {
    const last = before.find(({ id }) => id === drive.id)
    if (last === undefined) came(drive)
    if (drive.state === 'ready' && (last === undefined || last.state === 'reading' || !last.admitted)) read(drive)
    else if (open && last !== undefined && last.files.length !== drive.files.length) checkDrive(drive)
  }
  const { pulled, released } = useDriveSheet.getState()
  if (now.length === 0 && pulled === undefined && released === undefined) useDriveSheet.setState({ open: false })
})

/** What bundles are judged by: the policy in force, and what two people of the site have decided. */
const trustOf = ({ status, withdrawals, waitingPolicy }: ReturnType<typeof useStation.getState>): string =>
  JSON.stringify([
    status?.trust?.manifest,
    waitingPolicy?.content,
    withdrawals?.filter(({ decision }) => decision !== null).length,
  ])

useStation.subscribe((now, before) => {
  // What was said of a bundle under another trust is no answer any more; before somebody had asked there was none.
  if (before.withdrawals === undefined || before.waitingPolicy === undefined || trustOf(now) === trustOf(before)) return
  for (const drive of now.drives ?? []) {
    forgetDrive(drive.id)
    checkDrive(drive)
  }
})
