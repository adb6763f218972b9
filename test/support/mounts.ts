// SPDX-License-Identifier: Apache-2.0
/** Drives that are really mounted: memory as a volume, put in and pulled out by the system's own programs. */
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tempFolder } from './temp-folder.ts'

const tryOut = (): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'airlock-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'airlock', folder]).status === 0
  if (mounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return mounted
}

/** Whether this account may mount: root on Linux, and not in every container. Without it the tests with real mounts are skipped. */
export const mayMount = tryOut()

/** A folder below which mounts count as drives; whatever is still mounted there when the test ends is unmounted. */
export const mediaFolder = (): string => {
  const folder = join(tempFolder(), 'media')
  mkdirSync(folder)
  return folder
}

/** A volume of so much room, with nothing on it, not plugged in yet. */
export const makeStick = (size = '16m'): string => {
  const path = join(tempFolder(), 'volume')
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, path, path])
  onTestFinished(() => pullOut(path))
  return path
}

/**
 * Plugs a stick in under this name, with all that is on it; again it is the same volume: where no udev knows a volume,
 * what was mounted where stands for its identity. Gives the place where it is.
 */
export const plugIn = (stick: string, media: string, name: string, options: { readOnly?: boolean } = {}): string => {
  const path = join(media, name)
  mkdirSync(path, { recursive: true })
  execFileSync('mount', ['--bind', stick, path])
  if (options.readOnly === true) execFileSync('mount', ['-o', 'remount,bind,ro', path])
  onTestFinished(() => pullOut(path))
  return path
}

/** Pulls a stick out, whoever uses it. */
export const pullOut = (path: string): void => void spawnSync('umount', ['-l', path], { stdio: 'ignore' })

/**
 * Plugs in a stick that never answers: a FUSE volume behind which nobody is. Whoever asks it waits until it is pulled out.
 */
export const plugInDead = (media: string, name: string): string => {
  const path = join(media, name)
  mkdirSync(path, { recursive: true })
  const fuse = openSync('/dev/fuse', 'r+')
  const words = ['-i', '-t', 'fuse', '-o', 'fd=3,rootmode=40000,user_id=0,group_id=0', name, path]
  execFileSync('mount', words, { stdio: ['ignore', 'ignore', 'inherit', fuse] })
  onTestFinished(() => {
    // Who still waits gets an answer when the last one who could give it is gone.
    closeSync(fuse)
    pullOut(path)
  })
  return path
}
