// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDrives, type Drives } from '../../../main/station/media/drives.ts'
import { folderVolumes } from '../../../main/station/media/folder-volumes.ts'
import type { Volume } from '../../../main/station/media/volume.ts'
import { systemClock } from '../../../main/station/platform/clock.ts'
import { putFile, volumeFiles } from '../../../main/station/platform/volume-io.ts'
import { code } from '../../support/exports.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const register = { of: () => undefined, admits: () => true }
const quiet = { info: () => undefined, error: () => undefined }

const opened = (drives: Drives): Drives => {
  onTestFinished(() => drives.close())
  return drives
}
const drivesAt = (...folders: string[]): Drives =>
  opened(createDrives({ sources: [folderVolumes(folders)], clock: systemClock, log: quiet, register }))

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
  it('with accounts of their own give what is put on them to whoever takes it elsewhere', async () => {
    const folder = stick()
    const drives = drivesAt(folder)
    const [drive] = await drives.list()
    const hold = await drives.hold(drive?.id ?? '')
    await hold.files.makeFolder(join(folder, 'log'))
    await putFile(hold.files, join(folder, 'log', 'entries'), Buffer.from('x'))
    hold.release()
    const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777
    expect(modeOf('log')).toBe(0o755 & ~process.umask())
    expect(modeOf('log/entries')).toBe(0o644 & ~process.umask())
    await putFile(volumeFiles(), join(folder, 'own'), Buffer.from('x'))
    expect(modeOf('own')).toBe(0o600)
  })

  it('show only what Airlock reads, by suffix, and no path', async () => {
    const [drive] = await drivesAt(stick()).list()
    expect(drive).toMatchObject({ name: 'STICK', state: 'ready', readOnly: false })
    expect(drive?.files.map(({ name, kind }) => [name, kind])).toEqual([
      ['link.airfw', 'bundle'],
      ['pump-2.0.0.airfw', 'bundle'],
      ['site.airtrust', 'trust'],
    ])
    expect(JSON.stringify(drive)).not.toContain('/')
  })

  it('show what Airlock reads among any number of other files', async () => {
    const folder = stick()
    for (let n = 0; n < 1000; n += 1) writeFileSync(join(folder, `${n}.jpg`), '')
    const [drive] = await drivesAt(folder).list()
    expect(drive?.files.map(({ name }) => name)).toEqual(['link.airfw', 'pump-2.0.0.airfw', 'site.airtrust'])
  })

  it('leave out a folder that is not there, and find it again when it comes', async () => {
    const folder = join(tempFolder(), 'LATER')
    const drives = drivesAt(folder)
    expect(await drives.list()).toEqual([])
    mkdirSync(folder)
    expect(await drives.list()).toMatchObject([{ name: 'LATER', state: 'nothing', files: [] }])
  })

  it('have one id however the path is spelled, and are one drive', async () => {
    const folder = stick()
    const link = join(tempFolder(), 'LINK')
    symlinkSync(folder, link)
    const spelled = [`${folder}/`, `${folder}/../STICK`, relative(process.cwd(), folder), link]
    const ids = await Promise.all(spelled.map(async (path) => (await drivesAt(path).list())[0]?.id))
    expect(new Set(ids)).toEqual(new Set([(await drivesAt(folder).list())[0]?.id]))
    expect(await drivesAt(folder, ...spelled).list()).toHaveLength(1)
    rmSync(folder, { recursive: true })
    expect(await drivesAt(...spelled).list()).toEqual([])
  })

  it('open a listed name only: no path, no other file', async () => {
    const folder = stick()
    const drives = drivesAt(folder)
    const id = (await drives.list())[0]?.id ?? ''
    expect(await drives.fileOn(id, 'pump-2.0.0.airfw')).toBe(join(folder, 'pump-2.0.0.airfw'))
    for (const name of ['../STICK/pump-2.0.0.airfw', './pump-2.0.0.airfw', 'autorun.exe', '', '/etc/passwd'])
      await expect(drives.fileOn(id, name), name).rejects.toEqual(code('not-found'))
    await expect(drives.fileOn('0123', 'site.airtrust')).rejects.toEqual(code('medium.gone'))
  })

  it('row 134: say medium.unreadable of a folder that is there and cannot be looked into', async () => {
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
    const drives = drivesAt(folder)
    const [drive] = await drives.list()
    expect(drive).toMatchObject({ state: 'unreadable', files: [], free: 0 })
    await expect(drives.filesOn(drive?.id ?? '')).rejects.toEqual(code('medium.unreadable'))
  })
})

/** One volume that a test can swap for another one. */
const oneVolume = (path: string, more: Partial<Volume> = {}) => {
  const volume = (facts: Partial<Volume>): Volume => ({
    path,
    id: 'stick-a',
    mount: '1 8:1',
    name: 'A',
    filesystem: 'vfat',
    readOnly: false,
    inputDevice: false,
    ...more,
    ...facts,
  })
  let there: readonly Volume[] = [volume({})]
  const noted: string[] = []
  const drives = opened(
    createDrives({
      sources: [() => Promise.resolve(there)],
      clock: systemClock,
      log: quiet,
      register,
      note: (event, { mount }) => void noted.push(`${event} ${mount}`),
    }),
  )
  return { drives, noted, put: (...facts: Partial<Volume>[]) => void (there = facts.map(volume)) }
}

describe('a drive in use', () => {
  it('is another one when it was pulled and put in again, and when another one has its place', async () => {
    const folder = stick()
    const { drives, put, noted } = oneVolume(folder)
    const first = await drives.hold('stick-a')
    expect(await first.folder()).toBe(folder)
    put({ mount: '2 8:1' })
    await expect(first.folder()).rejects.toEqual(code('medium.gone'))
    expect(first.signal.reason).toEqual(code('medium.io'))
    const second = await drives.hold('stick-a')
    put({ id: 'stick-b', mount: '3 8:1' })
    await expect(second.folder()).rejects.toEqual(code('medium.gone'))
    await expect(drives.hold('stick-a')).rejects.toEqual(code('medium.gone'))
    expect(noted).toEqual(['attach 1 8:1', 'detach 1 8:1', 'attach 2 8:1', 'detach 2 8:1', 'attach 3 8:1'])
  })

  it('is not ejected before the last work on it has ended', async () => {
    const { drives } = oneVolume(stick())
    const holds = [await drives.hold('stick-a'), await drives.hold('stick-a')]
    for (const hold of holds) {
      expect(await drives.list()).toMatchObject([{ state: 'in-use' }])
      await expect(drives.eject('stick-a')).rejects.toEqual(code('medium.in-use'))
      hold.release()
      hold.release()
    }
    expect(await drives.eject('stick-a')).toBe('flushed')
    expect(await drives.list()).toMatchObject([{ state: 'safe' }])
  })

  it('is told to whoever watches, at once and at every change, until they stop', async () => {
    const { drives } = oneVolume(stick())
    const stop = new AbortController()
    const seen: string[] = []
    const watching = drives.watch((now) => void seen.push(now.map(({ state }) => state).join()), stop.signal)
    await drives.list()
    const hold = await drives.hold('stick-a')
    hold.release()
    stop.abort()
    await watching
    const until = [...seen]
    ;(await drives.hold('stick-a')).release()
    expect(seen).toEqual(until)
    expect(seen.slice(-3)).toEqual(['ready', 'in-use', 'ready'])
  })

  it('row 142: that says it is a keyboard too is not looked at', async () => {
    const { drives } = oneVolume(stick(), { inputDevice: true })
    expect(await drives.list()).toMatchObject([{ state: 'input-device', files: [] }])
    const refused = code('medium.input-device')
    await expect(drives.filesOn('stick-a')).rejects.toEqual(refused)
    await expect(drives.hold('stick-a')).rejects.toEqual(refused)
    await expect(drives.eject('stick-a')).rejects.toEqual(refused)
  })

  it.runIf(process.platform === 'linux')('is not taken away for another one that has its place by then', async () => {
    const [programs, folder] = [tempFolder(), stick()]
    const told = (program: string): string => join(programs, `${program}-was-called`)
    for (const program of ['sync', 'umount'])
      writeFileSync(join(programs, program), `#!/bin/sh\ntouch ${told(program)}\n`, { mode: 0o755 })
    const path = process.env['PATH'] ?? ''
    process.env['PATH'] = `${programs}:${path}`
    onTestFinished(() => void (process.env['PATH'] = path))
    const swapped = oneVolume(folder, { device: 'tmpfs' })
    expect(await swapped.drives.eject('stick-a')).toBe('flushed')
    expect(existsSync(told('umount'))).toBe(true)
    for (const program of ['sync', 'umount']) rmSync(told(program))
    const source = () => Promise.resolve([volumeOf(existsSync(told('sync')) ? { id: 'stick-b', mount: '2 8:1' } : {})])
    const volumeOf = (facts: Partial<Volume>): Volume => ({
      path: folder,
      id: 'stick-a',
      mount: '1 8:1',
      name: 'A',
      filesystem: 'vfat',
      readOnly: false,
      inputDevice: false,
      device: 'tmpfs',
      ...facts,
    })
    const drives = opened(createDrives({ sources: [source], clock: systemClock, log: quiet, register }))
    expect(await drives.eject('stick-a')).toBe('ejected')
    expect(existsSync(told('umount'))).toBe(false)
  })

  it('two with one identity are two drives', async () => {
    const { drives, put } = oneVolume(stick())
    put({}, { mount: '2 8:17' })
    expect((await drives.list()).map(({ id }) => id)).toEqual(['stick-a', 'stick-a-1'])
  })
})
