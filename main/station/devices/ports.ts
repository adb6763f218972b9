// SPDX-License-Identifier: Apache-2.0
import { basename, dirname, join, relative, sep } from 'node:path'
import { SerialPort } from 'serialport'
import { bytes } from '../../../shared/units.ts'
import { factsOf, listFolder, madeAt, readWhole, realPath } from '../platform/files.ts'
import type { PortIdentity } from './transport.ts'

/** The ports of this machine right now. */
export type PortLister = () => Promise<readonly PortIdentity[]>

/** An attribute of sysfs is at most a page of text with a line end. */
const attribute = (folder: string, name: string): string | undefined => {
  const path = join(folder, name)
  if (factsOf(path)?.kind !== 'file') return undefined
  return new TextDecoder().decode(readWhole(path, bytes(65_536))).trim() || undefined
}

/** The USB device that a tty belongs to: the nearest folder above it that has a vendor id. */
const usbFolder = (folder: string): string | undefined => {
  for (let at = folder; dirname(at) !== at; at = dirname(at)) {
    if (factsOf(join(at, 'idVendor')) !== undefined) return at
  }
  return undefined
}

/** Which line of an adapter with several, such as `1.1`; empty for the first, so that a plain adapter is its socket. */
const lineOf = (folder: string, tty: string): string => {
  const channel = relative(folder, tty).split(sep)[0]?.split(':')[1] ?? ''
  const line = attribute(join(tty, 'device'), 'port_number') ?? '0'
  return `${channel === '1.0' || channel === '' ? '' : `:${channel}`}${line === '0' ? '' : `.${line}`}`
}

const usbPort = (path: string, folder: string, tty: string): PortIdentity => {
  const [vendorId, productId, usbSerial] = ['idVendor', 'idProduct', 'serial'].map((name) => attribute(folder, name))
  return {
    path,
    // The bus and hub sockets, such as 1-4.2: the same socket has the same name after an unplug.
    locationId: `${basename(folder)}${lineOf(folder, tty)}`,
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
    ...(usbSerial === undefined ? {} : { usbSerial }),
  }
}

/**
 * Linux: what sysfs says, with no helper program (serialport's own list wants udevadm, which small systems lack).
 * A tty without a device behind it is a console or a pseudo-terminal; a UART of type 0 is a socket without a chip.
 */
export const sysfsPorts = (ttys = '/sys/class/tty', dev = '/dev'): PortIdentity[] => {
  if (factsOf(ttys) === undefined) return []
  return listFolder(ttys).flatMap((name) => {
    try {
      return sysfsPort(ttys, name, join(dev, name))
    } catch (error) {
      if (isGone(error)) return []
      throw error
    }
  })
}

const sysfsPort = (ttys: string, name: string, path: string): PortIdentity[] => {
  if (factsOf(join(ttys, name, 'device')) === undefined) return []
  const tty = realPath(join(ttys, name))
  const usb = usbFolder(tty)
  if (usb !== undefined) return [usbPort(path, usb, tty)]
  return attribute(join(ttys, name), 'type') === '0' ? [] : [{ path, locationId: name }]
}

const gone: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO']

/** A hub that is pulled takes its ports away while they are looked at: those are not there, the others are. */
const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && gone.includes(error.code)

const systemPorts = async (): Promise<PortIdentity[]> => {
  if (process.platform === 'linux') return sysfsPorts()
  return (await SerialPort.list()).map(({ path, vendorId, productId, serialNumber, locationId }) => ({
    path,
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
    ...(serialNumber === undefined ? {} : { usbSerial: serialNumber }),
    ...(locationId === undefined ? {} : { locationId }),
  }))
}

/** The system makes a port's file anew at every plugging-in; elsewhere than on Linux nothing tells of one that nobody saw. */
const plugOf = ({ path }: PortIdentity): Pick<PortIdentity, 'plug'> => {
  const plug = process.platform === 'linux' ? madeAt(path) : undefined
  return plug === undefined ? {} : { plug }
}

const configuredMark = 'configured:'

/**
 * The system's ports and those that the configuration names: a device server or a pseudo-terminal is in no list.
 * A configured path is its own location, because a person put it there; it is listed while something is there.
 */
export const createPortLister = (
  configured: readonly string[] = [],
  system: () => Promise<readonly PortIdentity[]> = systemPorts,
): PortLister => {
  const manual = (): PortIdentity[] =>
    configured
      .filter((path) => factsOf(path) !== undefined)
      .map((path) => ({ path, locationId: `${configuredMark}${path}` }))
  return async () => {
    const found = await system()
    const known = new Set(found.map(({ path }) => path))
    return [...found, ...manual().filter(({ path }) => !known.has(path))].map((port) => ({ ...port, ...plugOf(port) }))
  }
}

/**
 * What makes two sightings the same: the USB serial number, or without one the socket. Never the path. Undefined for a
 * port of which the system tells neither.
 */
export const placeOf = ({ vendorId, productId, usbSerial, locationId }: PortIdentity): string | undefined => {
  // An adapter with several lines has one serial number for all of them.
  const line = locationId?.split(':')[1] ?? ''
  const mark = usbSerial === undefined ? locationId : `serial ${usbSerial}${line && `:${line}`}`
  return mark === undefined ? undefined : [vendorId ?? '', productId ?? '', mark].join(' ')
}

/**
 * The place on the bench that wears a sticker: the hub's socket, whatever is plugged into it and whatever path the system
 * gives it today; the path itself where the system tells no socket, or a person has configured it.
 */
export const socketOf = ({ path, locationId }: PortIdentity): string =>
  locationId === undefined || locationId.startsWith(configuredMark) ? path : locationId

/** Whether what is at a port is what was there then: at the same place, and nobody has pulled the plug since. */
export const isWhereItWas = (now: PortIdentity, then: PortIdentity): boolean => {
  const place = placeOf(now)
  return place !== undefined && place === placeOf(then) && now.plug === then.plug
}
