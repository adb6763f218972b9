// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { namesIn, realPlace, textOf } from '../platform/volume-files.ts'
import { parseMountinfo, type Mount } from './mountinfo.ts'
import { parseUdev } from './udev.ts'
import type { Volume, VolumeSource } from './volume.ts'

/** Where the system tells of itself; another place in tests. */
export type SystemFolders = { readonly proc: string; readonly sys: string; readonly run: string }

const system: SystemFolders = { proc: '/proc', sys: '/sys', run: '/run' }

/** Where desktops mount what people plug in: whatever is mounted below counts as a drive. */
export const desktopRoots = ['/media', '/run/media'] as const

/** A station that itself runs from a stick or a removable disk is no drive. */
const ownFolders = ['/boot', '/etc', '/home', '/nix', '/opt', '/root', '/snap', '/srv', '/usr', '/var']

const isBelow = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

/** What sysfs says of a block device: whether it can be taken away, and what else its USB device is. */
type DeviceFacts = { readonly removable: boolean; readonly inputDevice: boolean }

/** The USB device is named by its place on the bus (2-1.4); its interfaces lie below as 2-1.4:1.0. */
const usbDeviceOf = (path: string): string | undefined => {
  for (let at = path; at !== dirname(at); at = dirname(at)) if (/^\d+-\d+(\.\d+)*$/.test(basename(at))) return at
  return undefined
}

/** Class 3 is HID (USB class codes): keyboards, mice, and sticks that type by themselves. */
const hasInput = async (usb: string): Promise<boolean> => {
  for (const name of (await namesIn(usb)) ?? [])
    if (name.includes(':') && (await textOf(join(usb, name, 'bInterfaceClass')))?.trim() === '03') return true
  return false
}

const deviceFacts = async ({ device }: Mount, { sys }: SystemFolders): Promise<DeviceFacts> => {
  const path = await realPlace(join(sys, 'dev/block', device))
  if (path === undefined) return { removable: false, inputDevice: false }
  const usb = usbDeviceOf(path)
  // A partition lies in the folder of its disk.
  const flags = [await textOf(join(path, 'removable')), await textOf(join(path, '../removable'))]
  return {
    removable: usb !== undefined || flags.some((flag) => flag?.trim() === '1'),
    inputDevice: usb !== undefined && (await hasInput(usb)),
  }
}

const toVolume = async (mount: Mount, { inputDevice }: DeviceFacts, { run }: SystemFolders): Promise<Volume> => {
  const { path, device, source, filesystem, readOnly } = mount
  const { uuid, serial, label } = parseUdev((await textOf(join(run, 'udev/data', `b${device}`))) ?? '')
  // Where udev knows nothing, the best that is known: what was mounted there under that name.
  const identity = uuid === undefined ? `${filesystem} ${source} ${path}` : `${uuid} ${serial ?? ''}`
  return {
    path,
    id: createHash('sha256').update(identity).digest('hex').slice(0, 16),
    mount: `${mount.id} ${device}`,
    name: label ?? basename(path),
    filesystem,
    readOnly,
    device: source,
    inputDevice,
    ...(serial === undefined ? {} : { serial }),
    ...(uuid === undefined ? {} : { volumeId: uuid }),
  }
}

/**
 * Removable volumes of a Linux machine: what is mounted below `roots`, and without such roots what desktops mount and
 * every mounted device that sysfs calls removable or that hangs on USB. The volumes themselves are not touched.
 */
export const linuxVolumes = (roots?: readonly string[], folders: SystemFolders = system): VolumeSource => {
  let before: { text: string; volumes: readonly Volume[] } = { text: '', volumes: [] }
  const find = async (text: string): Promise<readonly Volume[]> => {
    const volumes: Volume[] = []
    const seen = new Set<string>()
    for (const mount of parseMountinfo(text)) {
      if (mount.filesystem === 'autofs') continue
      const offered = isBelow(mount.path, roots ?? desktopRoots)
      const own = mount.path === '/' || isBelow(mount.path, ownFolders)
      if (!offered && (roots !== undefined || own || mount.root !== '/')) continue
      const facts = await deviceFacts(mount, folders)
      // A volume that is mounted twice is one drive.
      if ((!offered && !facts.removable) || seen.has(mount.device)) continue
      seen.add(mount.device)
      volumes.push(await toVolume(mount, facts, folders))
    }
    return volumes
  }
  return async () => {
    const text = (await textOf(join(folders.proc, 'self/mountinfo'))) ?? ''
    // The same table tells of the same volumes: sysfs is asked only when something was mounted or unmounted.
    if (text !== before.text) before = { text, volumes: await find(text) }
    return before.volumes
  }
}
