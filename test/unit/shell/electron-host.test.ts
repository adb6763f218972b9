// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createElectronHost } from '../../../main/shell/electron-host.ts'

/** A desktop whose blockers are kept by number, as Electron does. */
const desktop = () => {
  const held = new Map<number, string>()
  const powerSaveBlocker = {
    start: (type: string) => held.set(held.size + 1, type).size,
    stop: (id: number) => held.delete(id),
    isStarted: (id: number) => held.has(id),
  }
  const host = createElectronHost({ powerSaveBlocker } as never)
  const { signal } = new AbortController()
  return { held, write: (devices: number) => host['host.keepAwake']({ devices }, undefined, signal) }
}

describe('the desktop of a station', () => {
  it('may not sleep while devices are written, and may again after the last one (ux 40)', async () => {
    const { held, write } = desktop()
    expect(await write(1)).toEqual({ held: true })
    expect([...held.values()]).toEqual(['prevent-app-suspension'])
    expect(await write(12)).toEqual({ held: true })
    expect([...held.values()]).toEqual(['prevent-app-suspension'])
    expect(await write(0)).toEqual({ held: false })
    expect(held.size).toBe(0)
  })
})
