// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createHeadlessHost } from '../../../main/cli/station/headless-host.ts'
import { createLeave } from '../../../main/shell/leave.ts'
import { watchHost } from '../../../main/shell/watched-host.ts'
import { stationWords } from '../../../main/shell/words.ts'

const makeLeave = (writing: boolean, answer: boolean, stop = () => Promise.resolve()) => {
  const seen: string[] = []
  const leave = createLeave({
    writing: () => writing,
    confirm() {
      seen.push('asked')
      return answer
    },
    async stop() {
      seen.push('stopping')
      await stop()
    },
    exit: () => void seen.push('exit'),
  })
  return { leave, seen }
}

describe('leaving', () => {
  it('ends the station first, then the app, without a question', async () => {
    const { leave, seen } = makeLeave(false, false)
    await leave.asked()
    expect(seen).toEqual(['stopping', 'exit'])
  })

  it('is refused while a device is written', async () => {
    const { leave, seen } = makeLeave(true, false)
    await leave.asked()
    expect([seen, leave.leaving()]).toEqual([['asked'], false])
  })

  it('happens while a device is written when a person says so', async () => {
    const { leave, seen } = makeLeave(true, true)
    await leave.asked()
    expect(seen).toEqual(['asked', 'stopping', 'exit'])
  })

  it('happens once', async () => {
    const { leave, seen } = makeLeave(false, false)
    await Promise.all([leave.asked(), leave.asked()])
    expect(seen).toEqual(['stopping', 'exit'])
  })

  it('happens even when the station cannot be ended', async () => {
    const { leave, seen } = makeLeave(false, false, () => Promise.reject(new Error('no such process')))
    await expect(leave.asked()).rejects.toThrow('no such process')
    expect(seen).toEqual(['stopping', 'exit'])
  })
})

describe('a watched host', () => {
  it('knows whether a device is being written, and that a station that is gone writes nothing', async () => {
    const watched = watchHost(createHeadlessHost('a passphrase for tests'))
    const { signal } = new AbortController()
    expect(watched.writing()).toBe(false)
    await watched.host['host.keepAwake']({ on: true }, undefined, signal)
    expect(watched.writing()).toBe(true)
    await watched.host['host.keepAwake']({ on: false }, undefined, signal)
    expect(watched.writing()).toBe(false)
    await watched.host['host.keepAwake']({ on: true }, undefined, signal)
    watched.lost()
    expect(watched.writing()).toBe(false)
  })
})

describe('the words of the app', () => {
  it('go to the station as far as they are its own', () => {
    const words = [
      '.',
      '--no-sandbox',
      '--drive',
      '/media/a',
      '--port=/dev/ttyUSB0',
      '--drive',
      '/media/b',
      '--inspect=1',
    ]
    expect(stationWords(words, '/home/ada/airlock')).toEqual([
      '--data',
      '/home/ada/airlock',
      '--drive',
      '/media/a',
      '--port',
      '/dev/ttyUSB0',
      '--drive',
      '/media/b',
    ])
  })

  it('may name the data folder', () => {
    expect(stationWords(['--data', '/srv/airlock'], '/home/ada/airlock')).toEqual(['--data', '/srv/airlock'])
  })

  it('are not taken from what has no value', () => {
    expect(stationWords(['--data'], '/home/ada/airlock')).toEqual(['--data', '/home/ada/airlock'])
  })
})
