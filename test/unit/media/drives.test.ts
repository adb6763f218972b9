// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDrives } from '../../../main/station/media/drives.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const stick = (): string => {
  const folder = join(tempFolder(), 'STICK')
  mkdirSync(folder)
  writeFileSync(join(folder, 'pump-2.0.0.airfw'), 'x'.repeat(10))
  writeFileSync(join(folder, 'site.airtrust'), 'y')
  writeFileSync(join(folder, 'autorun.exe'), 'no')
  symlinkSync('/etc/passwd', join(folder, 'link.airfw'))
  return folder
}

describe('drives', () => {
  it('show only what Airlock reads, by suffix, and no path', () => {
    const [drive] = createDrives([stick()]).list()
    expect(drive?.name).toBe('STICK')
    expect(drive?.files.map(({ name, kind }) => [name, kind])).toEqual([
      ['link.airfw', 'bundle'],
      ['pump-2.0.0.airfw', 'bundle'],
      ['site.airtrust', 'trust'],
    ])
    expect(JSON.stringify(drive)).not.toContain('/')
  })

  it('leave out a folder that is not there, and find it again when it comes', () => {
    const folder = join(tempFolder(), 'LATER')
    const drives = createDrives([folder])
    expect(drives.list()).toEqual([])
    mkdirSync(folder)
    expect(drives.list()).toHaveLength(1)
  })

  it('have one id however the path is spelled, and are one drive', () => {
    const folder = stick()
    const link = join(tempFolder(), 'LINK')
    symlinkSync(folder, link)
    const spelled = [`${folder}/`, `${folder}/../STICK`, relative(process.cwd(), folder), link]
    const ids = spelled.map((path) => createDrives([path]).list()[0]?.id)
    expect(new Set(ids)).toEqual(new Set([createDrives([folder]).list()[0]?.id]))
    expect(createDrives([folder, ...spelled]).list()).toHaveLength(1)
    rmSync(folder, { recursive: true })
    expect(createDrives(spelled).list()).toEqual([])
  })

  it('open a listed name only: no path, no other file', () => {
    const folder = stick()
    const drives = createDrives([folder])
    const id = drives.list()[0]?.id ?? ''
    expect(drives.fileOn(id, 'pump-2.0.0.airfw')).toBe(join(folder, 'pump-2.0.0.airfw'))
    for (const name of ['../STICK/pump-2.0.0.airfw', './pump-2.0.0.airfw', 'autorun.exe', '', '/etc/passwd']) {
      expect(() => drives.fileOn(id, name), name).toThrow(expect.objectContaining({ code: 'not-found' }))
    }
    expect(() => drives.fileOn('0123', 'site.airtrust')).toThrow(expect.objectContaining({ code: 'medium.gone' }))
  })

  it('row 134: say medium.unreadable of a folder that is there and cannot be looked into', () => {
    const root = tempFolder()
    const before = process.cwd()
    onTestFinished(() => {
      process.chdir(before)
      execFileSync('rm', ['-rf', root])
    })
    // A path of the system's greatest length: the folder can be listed, nothing in it has a path any more.
    let folder = root
    process.chdir(root)
    while (folder.length < 4080) {
      const name = 'd'.repeat(Math.min(250, 4085 - folder.length - 1))
      mkdirSync(name)
      process.chdir(name)
      folder = `${folder}/${name}`
    }
    writeFileSync('a-bundle-with-a-name.airfw', 'x')
    process.chdir(before)
    const drives = createDrives([folder])
    expect(() => drives.list()).toThrow(expect.objectContaining({ code: 'medium.unreadable' }))
  })
})
