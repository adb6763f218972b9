// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createHeadlessHost } from '../../../main/cli/station/headless-host.ts'
import { createIncidents } from '../../../main/shell/incidents.ts'
import { createLeave } from '../../../main/shell/leave.ts'
import { watchHost } from '../../../main/shell/watched-host.ts'
import { stationWords } from '../../../main/shell/words.ts'

const makeLeave = (devices: number, answer: boolean | (() => Promise<boolean>), stop = () => Promise.resolve()) => {
  const seen: string[] = []
  const state = { writing: devices }
  const leave = createLeave({
    writing: () => state.writing,
    async confirm(count) {
      seen.push(`asked about ${count}`)
      return typeof answer === 'boolean' ? answer : answer()
    },
    forced: (count) => void seen.push(`forced ${count}`),
    async stop() {
      seen.push('stopping')
      await stop()
    },
    exit: () => void seen.push('exit'),
  })
  return { leave, seen, state }
}

describe('leaving', () => {
  it('ends the station first, then the app, without a question', async () => {
    const { leave, seen } = makeLeave(0, false)
    await leave.asked()
    expect(seen).toEqual(['stopping', 'exit'])
  })

  it('is refused while a device is written', async () => {
    const { leave, seen } = makeLeave(4, false)
    await leave.asked()
    expect([seen, leave.leaving()]).toEqual([['asked about 4'], false])
  })

  it('happens while a device is written when a person says so', async () => {
    const { leave, seen } = makeLeave(4, true)
    await leave.asked()
    expect(seen).toEqual(['asked about 4', 'forced 4', 'stopping', 'exit'])
  })

  it('is asked about again where the question could not be shown', async () => {
    let fails = true
    const { leave, seen } = makeLeave(4, () => (fails ? Promise.reject(new Error('no window')) : Promise.resolve(true)))
    await expect(leave.asked()).rejects.toThrow('no window')
    fails = false
    await leave.asked()
    expect(seen).toEqual(['asked about 4', 'asked about 4', 'forced 4', 'stopping', 'exit'])
  })

  it('asks one question at a time', async () => {
    let say: (yes: boolean) => void = () => undefined
    const { leave, seen } = makeLeave(4, () => new Promise((resolve) => (say = resolve)))
    const first = leave.asked()
    await leave.asked()
    say(false)
    await first
    expect([seen, leave.leaving()]).toEqual([['asked about 4'], false])
  })

  it('is not by force when the writing ended while the question stood', async () => {
    const { leave, seen, state } = makeLeave(1, async () => {
      state.writing = 0
      return true
    })
    await leave.asked()
    expect(seen).toEqual(['asked about 1', 'stopping', 'exit'])
  })

  it('happens once', async () => {
    const { leave, seen } = makeLeave(0, false)
    await Promise.all([leave.asked(), leave.asked()])
    expect(seen).toEqual(['stopping', 'exit'])
  })

  it('happens even when the station cannot be ended', async () => {
    const { leave, seen } = makeLeave(0, false, () => Promise.reject(new Error('no such process')))
    await expect(leave.asked()).rejects.toThrow('no such process')
    expect(seen).toEqual(['stopping', 'exit'])
  })
})

describe('a watched host', () => {
  it('knows how many devices are being written, and that a station that is gone writes nothing', async () => {
    const watched = watchHost(
      createHeadlessHost('a passphrase for tests'),
      createIncidents(
        () => 0,
        () => undefined,
      ),
    )
    const { signal } = new AbortController()
    expect(watched.writing()).toBe(0)
    await watched.host['host.keepAwake']({ devices: 3 }, undefined, signal)
    expect(watched.writing()).toBe(3)
    await watched.host['host.keepAwake']({ devices: 0 }, undefined, signal)
    expect(watched.writing()).toBe(0)
    await watched.host['host.keepAwake']({ devices: 3 }, undefined, signal)
    watched.lost()
    expect(watched.writing()).toBe(0)
  })

  it('lets the machine sleep again when its station is gone', async () => {
    const told: number[] = []
    const host = {
      ...createHeadlessHost('a passphrase for tests'),
      'host.keepAwake': ({ devices }: { devices: number }) => {
        told.push(devices)
        return { held: devices > 0 }
      },
    }
    const incidents = createIncidents(
      () => 0,
      () => undefined,
    )
    const watched = watchHost(host, incidents)
    watched.lost()
    await watched.host['host.keepAwake']({ devices: 3 }, undefined, new AbortController().signal)
    watched.lost()
    expect(told).toEqual([3, 0])
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
