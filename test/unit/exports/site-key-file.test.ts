// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSiteKeys, openSiteKeys } from '../../../main/station/exports/site-keys.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const wrap = {
  backend: 'test',
  wrap: async (secret: Uint8Array) => secret,
  unwrap: async (secret: Uint8Array) => secret,
}

describe('the pseudonym key of a site', () => {
  it('gives the same pseudonyms after a restart', async () => {
    const path = join(tempFolder(), 'pseudonym.key')
    const made = await createSiteKeys(path, wrap)
    const opened = await openSiteKeys(path, wrap)
    expect(opened.id).toBe(made.id)
    expect(Buffer.from(opened.ofKind('device'))).toEqual(Buffer.from(made.ofKind('device')))
  })

  it('is never made anew where it is gone, and never twice', async () => {
    const path = join(tempFolder(), 'pseudonym.key')
    await createSiteKeys(path, wrap)
    await expect(createSiteKeys(path, wrap)).rejects.toMatchObject({ code: 'audit.key' })
    rmSync(path)
    await expect(openSiteKeys(path, wrap)).rejects.toMatchObject({ code: 'audit.key' })
  })
})
