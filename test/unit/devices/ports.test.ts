// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortLister, isWhereItWas, placeOf, socketOf, sysfsPorts } from '../../../main/station/devices/ports.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A sysfs as the kernel lays it out: class links into a device tree, attributes as small files. */
const sysfs = () => {
  const root = tempFolder()
  const ttys = join(root, 'class/tty')
  mkdirSync(ttys, { recursive: true })
  const tty = (name: string, folder: string, attributes: Record<string, string> = {}, device = true): void => {
    const path = join(root, 'devices', folder, 'tty', name)
    mkdirSync(path, { recursive: true })
    for (const [key, value] of Object.entries(attributes)) writeFileSync(join(path, key), `${value}\n`)
    if (device) symlinkSync('../..', join(path, 'device'))
    symlinkSync(path, join(ttys, name))
  }
  const usb = (folder: string, attributes: Record<string, string>): void => {
    mkdirSync(join(root, 'devices', folder), { recursive: true })
    for (const [key, value] of Object.entries(attributes))
      writeFileSync(join(root, 'devices', folder, key), `${value}\n`)
  }
  return { ttys, tty, usb }
}

describe('ports from sysfs', () => {
  it('knows a USB adapter by vendor, product, serial number and socket', () => {
    const { ttys, tty, usb } = sysfs()
    usb('usb1/1-4/1-4.2', { idVendor: '2341', idProduct: '0043', serial: '7543' })
    tty('ttyACM0', 'usb1/1-4/1-4.2/1-4.2:1.0')
    expect(sysfsPorts(ttys, '/dev')).toEqual([
      { path: '/dev/ttyACM0', locationId: '1-4.2', vendorId: '2341', productId: '0043', usbSerial: '7543' },
    ])
  })

  it('leaves a missing serial number out', () => {
    const { ttys, tty, usb } = sysfs()
    usb('usb1/1-1', { idVendor: '1a86', idProduct: '7523' })
    tty('ttyUSB0', 'usb1/1-1/1-1:1.0/ttyUSB0')
    expect(sysfsPorts(ttys, '/dev')).toEqual([
      { path: '/dev/ttyUSB0', locationId: '1-1', vendorId: '1a86', productId: '7523' },
    ])
  })

  it('tells the lines of one adapter apart, by interface or by number', () => {
    const { ttys, tty, usb } = sysfs()
    usb('usb1/1-1', { idVendor: '0403', idProduct: '6011', serial: 'Q4' })
    tty('ttyUSB0', 'usb1/1-1/1-1:1.0/ttyUSB0')
    tty('ttyUSB1', 'usb1/1-1/1-1:1.1/ttyUSB1')
    usb('usb1/1-2', { idVendor: '110a', idProduct: '1410' })
    tty('ttyUSB2', 'usb1/1-2/1-2:1.0/ttyUSB2')
    tty('ttyUSB3', 'usb1/1-2/1-2:1.0/ttyUSB3')
    usb('usb1/1-2/1-2:1.0/ttyUSB3', { port_number: '1' })
    const ports = sysfsPorts(ttys, '/dev')
    expect(ports.map(socketOf)).toEqual(['1-1', '1-1:1.1', '1-2', '1-2.1'])
    expect(new Set(ports.map(placeOf)).size).toBe(4)
  })

  it('lists a built-in UART, but neither an empty socket nor a console', () => {
    const { ttys, tty } = sysfs()
    tty('ttyS0', 'pnp0/00:04', { type: '4' })
    tty('ttyS1', 'platform/serial8250', { type: '0' })
    tty('tty1', 'virtual', {}, false)
    expect(sysfsPorts(ttys, '/dev')).toEqual([{ path: '/dev/ttyS0', locationId: 'ttyS0' }])
  })

  it('is whatever is there while a hub is pulled and put back', async () => {
    const { ttys, tty, usb } = sysfs()
    for (const n of [1, 2, 3, 4]) {
      usb(`usb1/1-4/1-4.${n}`, { idVendor: '2341', idProduct: '0043', serial: `A${n}` })
      tty(`ttyACM${n}`, `usb1/1-4/1-4.${n}/1-4.${n}:1.0`)
    }
    tty('ttyS0', 'pnp0/00:04', { type: '4' })
    const hub = JSON.stringify(join(ttys, '../../devices/usb1/1-4'))
    const program = `const { renameSync } = require('node:fs')
      process.stdout.write('.')
      for (;;) { renameSync(${hub}, ${hub} + '-'); renameSync(${hub} + '-', ${hub}) }`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    for (let n = 0; n < 2000; n += 1)
      expect(sysfsPorts(ttys, '/dev')).toContainEqual({ path: '/dev/ttyS0', locationId: 'ttyS0' })
  })

  it('is empty where there is no sysfs', () => {
    expect(sysfsPorts(join(tempFolder(), 'nothing'))).toEqual([])
  })
})

describe('the list of ports', () => {
  it('adds configured paths while something is there, once', async () => {
    const folder = tempFolder()
    const [here, gone] = [join(folder, 'board'), join(folder, 'gone')]
    writeFileSync(here, '')
    const list = createPortLister([here, gone, '/dev/ttyACM0'], async () => [
      { path: '/dev/ttyACM0', locationId: '1-1' },
    ])
    expect(await list()).toEqual([
      { path: '/dev/ttyACM0', locationId: '1-1' },
      { path: here, locationId: `configured:${here}`, plug: expect.any(String) as string },
    ])
  })

  it('tells that something was plugged in anew where all else is the same', async () => {
    const path = join(tempFolder(), 'board')
    const list = createPortLister([path], async () => [])
    writeFileSync(path, '')
    const [first] = await list()
    rmSync(path)
    writeFileSync(`${path}2`, '')
    writeFileSync(path, '')
    const [second] = await list()
    expect(first && second && isWhereItWas(first, first)).toBe(true)
    expect(first && second && isWhereItWas(second, first)).toBe(false)
  })

  it('asks the system of this machine', async () => {
    expect(Array.isArray(await createPortLister()())).toBe(true)
  })
})

describe('the place of a port', () => {
  const adapter = { path: '/dev/ttyUSB0', vendorId: '1', productId: '2', locationId: '1-1' }

  it('is its serial number, wherever it is plugged in', () => {
    const numbered = { ...adapter, usbSerial: 'A' }
    expect(placeOf(numbered)).toBe(placeOf({ ...numbered, path: '/dev/ttyUSB9', locationId: '2-7' }))
    expect(placeOf(numbered)).not.toBe(placeOf({ ...numbered, usbSerial: 'B' }))
  })

  it('is the socket without a serial number, and never the path', () => {
    expect(placeOf(adapter)).toBe(placeOf({ ...adapter, path: '/dev/ttyUSB9' }))
    expect(placeOf(adapter)).not.toBe(placeOf({ ...adapter, locationId: '1-2' }))
    expect(placeOf({ path: '/dev/ttyUSB0' })).toBeUndefined()
  })
})

describe('the socket of a port', () => {
  it('is the place on the hub, whatever is plugged in and whatever path it has today', () => {
    const port = { path: '/dev/ttyUSB0', locationId: '1-4.2', usbSerial: 'A' }
    expect(socketOf(port)).toBe('1-4.2')
    expect(socketOf({ ...port, path: '/dev/ttyUSB7', usbSerial: 'B' })).toBe('1-4.2')
  })

  it('is the path where somebody configured it, or the system tells nothing else', () => {
    expect(socketOf({ path: '/srv/board', locationId: 'configured:/srv/board' })).toBe('/srv/board')
    expect(socketOf({ path: 'COM3' })).toBe('COM3')
  })
})
