// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linuxVolumes } from '../../../main/station/media/linux-volumes.ts'
import { parseMountinfo } from '../../../main/station/media/mountinfo.ts'
import { parseUdev } from '../../../main/station/media/udev.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** As a desktop machine shows it, with a stick whose label has a space, a card, and a snap. */
const sample = String.raw`24 29 0:22 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
29 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
31 29 259:1 / /boot/efi rw,relatime shared:31 - vfat /dev/nvme0n1p1 rw,fmask=0077
62 29 7:3 / /snap/core20/1974 ro,nodev,relatime shared:34 - squashfs /dev/loop3 ro,errors=continue
90 29 0:44 / /net rw,relatime - autofs /etc/auto.net rw,fd=7,pgrp=1,timeout=300
841 29 8:1 / /media/anna/NF\040TRANSFER\04007 rw,nosuid,nodev,relatime shared:432 - vfat /dev/sda1 rw,uid=1000,errors=remount-ro
842 29 179:1 / /run/media/anna/KARTE\134A ro,nosuid,nodev,relatime shared:440 master:1 - exfat /dev/mmcblk0p1 ro
843 29 8:17 / /mnt/disk rw,relatime shared:441 - ext4 /dev/sdb1 rw
844 29 8:17 /sub /mnt/part rw,relatime shared:441 - ext4 /dev/sdb1 rw
845 29 8:33 / /mnt/fixed rw,relatime - ext4 /dev/sdc1 rw
`

describe('the table of mounts', () => {
  it('has octal escapes, optional fields and read-only volumes', () => {
    const mounts = parseMountinfo(sample)
    expect(mounts).toHaveLength(10)
    expect(mounts[5]).toEqual({
      id: 841,
      device: '8:1',
      root: '/',
      path: '/media/anna/NF TRANSFER 07',
      readOnly: false,
      filesystem: 'vfat',
      source: '/dev/sda1',
    })
    expect(mounts[6]).toMatchObject({ path: '/run/media/anna/KARTE\\A', readOnly: true })
  })

  it('leaves out what lies below another mount of the same path, and lines that are none', () => {
    const twice = `1 0 8:1 / /media/x rw - vfat /dev/sda1 rw\n2 0 8:2 / /media/x rw - vfat /dev/sdb1 rw\nnonsense\n3 0 8:3 /\n`
    expect(parseMountinfo(twice).map(({ id }) => id)).toEqual([2])
  })
})

describe('what udev knows', () => {
  it('is label, volume and stick', () => {
    const text =
      'S:disk/by-uuid/3A1F-77C0\nE:ID_FS_UUID=3A1F-77C0\nE:ID_FS_LABEL_ENC=K\\xc3\\xa4lte\\x201\nE:ID_SERIAL=Kingston_0019\n'
    expect(parseUdev(text)).toEqual({ uuid: '3A1F-77C0', label: 'Kälte 1', serial: 'Kingston_0019' })
    expect(parseUdev('E:ID_FS_UUID=\nI:1')).toEqual({})
  })
})

/** A machine with these files below its /proc, /sys and /run; a value with an arrow is a link. */
const machine = (files: Readonly<Record<string, string>>) => {
  const root = tempFolder()
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    if (text.startsWith('→')) symlinkSync(join(root, text.slice(1)), path)
    else writeFileSync(path, text)
  }
  return { proc: join(root, 'proc'), sys: join(root, 'sys'), run: join(root, 'run') }
}
const usb = 'sys/devices/pci0000:00/0000:00:14.0/usb1/1-4'
const disk = (at: string, name: string) => ({ [`sys/dev/block/${at}`]: `→${name}` })
const desktop = {
  'proc/self/mountinfo': sample,
  [`${usb}/1-4:1.0/host0/target0/block/sda/removable`]: '1\n',
  [`${usb}/1-4:1.0/host0/target0/block/sda/sda1/partition`]: '1\n',
  [`${usb}/1-4:1.0/bInterfaceClass`]: '08\n',
  ...disk('8:1', `${usb}/1-4:1.0/host0/target0/block/sda/sda1`),
  'sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host1/block/sdb/sdb1/partition': '1\n',
  ...disk('8:17', 'sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host1/block/sdb/sdb1'),
  'sys/devices/pci0000:00/ata1/host2/block/sdc/removable': '0\n',
  'sys/devices/pci0000:00/ata1/host2/block/sdc/sdc1/partition': '1\n',
  ...disk('8:33', 'sys/devices/pci0000:00/ata1/host2/block/sdc/sdc1'),
  'run/udev/data/b8:1': 'E:ID_FS_UUID=3A1F-77C0\nE:ID_FS_LABEL_ENC=NF\\x20TRANSFER\\x2007\n',
}

describe('the volumes of a Linux machine', () => {
  it('are what desktops mount and what hangs on USB, once each; no system folder, no built-in disk', async () => {
    const found = await linuxVolumes(undefined, machine(desktop))()
    expect(found.map(({ name, readOnly, filesystem }) => [name, filesystem, readOnly])).toEqual([
      ['NF TRANSFER 07', 'vfat', false],
      ['KARTE\\A', 'exfat', true],
      ['disk', 'ext4', false],
    ])
    expect(found.every(({ inputDevice }) => !inputDevice)).toBe(true)
    expect(found.map(({ id }) => id).join()).toMatch(/^[0-9a-f]{16}(,[0-9a-f]{16}){2}$/)
  })

  it('are only what is mounted below given folders, where there are some', async () => {
    const found = await linuxVolumes(['/run/media'], machine(desktop))()
    expect(found.map(({ name }) => name)).toEqual(['KARTE\\A'])
  })

  it('have an identity that stays when the volume is mounted elsewhere, and another one for another volume', async () => {
    const idOf = async (changes: Readonly<Record<string, string>>) =>
      (await linuxVolumes(['/media'], machine({ ...desktop, ...changes }))())[0]
    const here = await idOf({})
    const moved = await idOf({ 'proc/self/mountinfo': sample.replaceAll('/media/anna/NF', '/media/ben/NF') })
    expect(moved?.id).toBe(here?.id)
    const other = await idOf({ 'run/udev/data/b8:1': 'E:ID_FS_UUID=0000-0001\n' })
    expect(other?.id).not.toBe(here?.id)
    const again = await idOf({ 'proc/self/mountinfo': sample.replace('841 29', '901 29') })
    expect([again?.id, again?.mount]).toEqual([here?.id, '901 8:1'])
  })

  it('are pointed out when their USB device is a keyboard too', async () => {
    const typing = { ...desktop, [`${usb}/1-4:1.1/bInterfaceClass`]: '03\n' }
    const found = await linuxVolumes(undefined, machine(typing))()
    expect(found.map(({ inputDevice }) => inputDevice)).toEqual([true, false, false])
  })
})
