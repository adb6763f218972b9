// SPDX-License-Identifier: Apache-2.0
/** Windows and macOS by what their programs print; neither runs here. */
import { describe, expect, it } from 'vitest'
import { flushCommand, unmountCommands } from '../../../main/station/media/eject-volume.ts'
import { toMacVolume } from '../../../main/station/media/mac-volumes.ts'
import { parsePlist } from '../../../main/station/media/plist.ts'
import type { Volume } from '../../../main/station/media/volume.ts'
import { parseWindowsDisks } from '../../../main/station/media/windows-volumes.ts'

/** `diskutil info -plist /Volumes/NF-TRANSFER`, shortened. */
const stick = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>BusProtocol</key>
	<string>USB</string>
	<key>DeviceIdentifier</key>
	<string>disk4s1</string>
	<key>DeviceNode</key>
	<string>/dev/disk4s1</string>
	<key>Ejectable</key>
	<true/>
	<key>FilesystemType</key>
	<string>msdos</string>
	<key>FreeSpace</key>
	<integer>15997075456</integer>
	<key>RemovableMediaOrExternalDevice</key>
	<true/>
	<key>SMARTDeviceSpecificKeysMayVaryNotGuaranteed</key>
	<dict>
		<key>AVAILABLE_SPARE</key>
		<integer>100</integer>
	</dict>
	<key>VolumeName</key>
	<string>NF-TRANSFER &amp; CO</string>
	<key>VolumeUUID</key>
	<string>5C63A2A1-0000-3A1F-9D5E-77C0E1D5A001</string>
	<key>WritableVolume</key>
	<false/>
</dict>
</plist>`

describe('diskutil', () => {
  it('says name, volume, file system and whether it can be written', () => {
    expect(toMacVolume('/Volumes/NF-TRANSFER', 16_777_232, stick)).toMatchObject({
      name: 'NF-TRANSFER & CO',
      filesystem: 'msdos',
      readOnly: true,
      device: '/dev/disk4s1',
      mount: 'disk4s1 16777232',
      volumeId: '5C63A2A1-0000-3A1F-9D5E-77C0E1D5A001',
    })
    expect(parsePlist(stick)['FreeSpace']).toBe(15_997_075_456)
  })

  it('tells a built-in volume and a disk image from a stick', () => {
    const fixed = stick.replaceAll('<true/>', '<false/>')
    expect(toMacVolume('/Volumes/Macintosh HD', 1, fixed)).toBeUndefined()
    expect(toMacVolume('/Volumes/Installer', 1, stick.replace('USB', 'Disk Image'))).toBeUndefined()
    expect(toMacVolume('/Volumes/x', 1, 'Could not find disk: /Volumes/x')).toBeUndefined()
  })
})

describe('Win32_LogicalDisk', () => {
  it('says letter, label, serial number and access; a reader without a card is none', () => {
    const json =
      '[{"DeviceID":"E:","VolumeName":"NF-TRANSFER","VolumeSerialNumber":"3A1F77C0","FileSystem":"exFAT","Access":0},' +
      '{"DeviceID":"F:","VolumeName":"","VolumeSerialNumber":"0019AB12","FileSystem":"FAT32","Access":1},' +
      '{"DeviceID":"G:","VolumeName":null,"VolumeSerialNumber":null,"FileSystem":null,"Access":null}]\r\n'
    expect(parseWindowsDisks(json)).toMatchObject([
      { path: 'E:\\', name: 'NF-TRANSFER', filesystem: 'exFAT', readOnly: false, mount: 'E: 3A1F77C0' },
      { path: 'F:\\', name: 'F:', readOnly: true },
    ])
    expect(parseWindowsDisks('[]')).toEqual([])
    expect(parseWindowsDisks('')).toEqual([])
  })
})

describe('ejecting', () => {
  const volume: Volume = {
    path: '/media/x',
    id: 'x',
    mount: '1 8:1',
    name: 'X',
    filesystem: 'vfat',
    readOnly: false,
    device: '/dev/sda1',
    inputDevice: false,
  }

  it('asks the system that it is on, the politest way first', () => {
    expect(unmountCommands('linux', volume).map(([program]) => program)).toEqual(['udisksctl', 'umount'])
    expect(unmountCommands('linux', { ...volume, device: 'tmpfs' })).toEqual([['umount', '/media/x']])
    expect(unmountCommands('darwin', volume)).toEqual([['diskutil', 'eject', '/media/x']])
    expect(unmountCommands('win32', volume)).toEqual([])
    expect(flushCommand('linux', volume)).toEqual(['sync', '-f', '/media/x'])
  })

  it('unmounts no folder that was configured', () => {
    const { device: _none, ...folder } = volume
    expect(unmountCommands('linux', folder)).toEqual([])
  })
})
