// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProfiles } from '../../../main/station/devices/profile.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const shipped = join(import.meta.dirname, '../../../resources/profiles')

describe('device profiles', () => {
  it('that are shipped are all valid, with ids of their own', () => {
    const profiles = loadProfiles(shipped)
    expect(profiles.length).toBeGreaterThan(0)
    expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length)
    for (const { loader } of profiles) expect(loader.flashBytes % loader.pageBytes).toBe(0)
  })

  it.each([
    ['not JSON', '{'],
    ['not UTF-8', Buffer.from([0xff, 0xfe])],
    ['another schema', '{"schema":2}'],
    ['no object', '[]'],
  ])('are refused by file name when a file is %s', (_, content) => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'bad.json'), content)
    writeFileSync(join(folder, 'readme.txt'), 'ignored')
    expect(() => loadProfiles(folder)).toThrow(
      expect.objectContaining({ code: 'device.profile', details: { profile: 'bad.json' } }),
    )
  })
})
