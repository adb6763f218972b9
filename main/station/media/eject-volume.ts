// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import { runProgram } from '../platform/run-program.ts'
import { flushFolder } from '../platform/volume-files.ts'
import type { Volume } from './volume.ts'

type Command = readonly [program: string, ...words: string[]]

/** How long the system may take to write out what it still keeps: a slow stick, and much of it. */
const flushWithin = millis(120_000)
const unmountWithin = millis(20_000)

/** What writes out everything that a system still keeps for a volume; none where syncing its folder has to do. */
export const flushCommand = (platform: string, { path }: Volume): Command | undefined =>
  platform === 'linux' ? ['sync', '-f', path] : platform === 'darwin' ? ['sync'] : undefined

/** What takes a volume from a system, the politest first. A configured folder has none: it was not mounted for us. */
export const unmountCommands = (platform: string, { path, device }: Volume): readonly Command[] => {
  if (device === undefined) return []
  if (platform === 'linux')
    return [
      ...(device.startsWith('/dev/') ? [['udisksctl', 'unmount', '--no-user-interaction', '-b', device] as const] : []),
      ['umount', path],
    ]
  return platform === 'darwin' ? [['diskutil', 'eject', path]] : []
}

/** Everything that was written is on the volume when this returns. Errors: `medium.io`. */
export const flushVolume = async (volume: Volume): Promise<void> => {
  const command = flushCommand(process.platform, volume)
  try {
    if (command === undefined) return await flushFolder(volume.path)
    const [program, ...words] = command
    const { code } = await runProgram(program, words, flushWithin)
    if (code !== 0) throw new AirlockError('medium.io', { drive: volume.name })
  } catch (error) {
    throw error instanceof AirlockError
      ? error
      : new AirlockError('medium.io', { drive: volume.name }, { cause: error })
  }
}

/** Tries what the system offers; whether it worked is read off the system's own table afterwards, never assumed. */
export const unmountVolume = async (volume: Volume): Promise<void> => {
  for (const [program, ...words] of unmountCommands(process.platform, volume)) {
    const { code } = await runProgram(program, words, unmountWithin)
    if (code === 0) return
  }
}
