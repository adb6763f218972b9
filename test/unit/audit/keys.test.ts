// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCheckpoint, originOf, signCheckpoint } from '../../../main/station/audit/checkpoint.ts'
import { createLogKey, openLogKey } from '../../../main/station/audit/keys.ts'
import type { KeyWrap } from '../../../main/station/platform/wrapped-key.ts'
import { testStation } from '../../support/audit.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A key store that turns every bit over: enough to see whether it is asked. */
const store = (backend = 'test-store'): KeyWrap => {
  const turn = async (bytes: Uint8Array): Promise<Uint8Array> => bytes.map((byte) => byte ^ 0xff)
  return { backend, wrap: turn, unwrap: turn }
}
const origin = originOf(testStation, 1)
const refused: unknown = expect.objectContaining({ code: 'audit.key' })

describe('the log key', () => {
  it('is opened again as the same key', async () => {
    const path = join(tempFolder(), 'audit-log.key')
    const made = await createLogKey(path, origin, store())
    const opened = await openLogKey(path, store())
    const note = signCheckpoint({ origin, size: 1, root: 'ab'.repeat(32) }, opened)
    expect(openCheckpoint(note, made.note)).toMatchObject({ ok: true })
  })

  it('is on the disk only in its wrapping', async () => {
    const path = join(tempFolder(), 'audit-log.key')
    let secret = ''
    const spy: KeyWrap = {
      ...store(),
      wrap: async (bytes) => {
        secret = Buffer.from(bytes.subarray(-32)).toString('base64').slice(0, -4)
        return bytes.map((byte) => byte ^ 0xff)
      },
    }
    await createLogKey(path, origin, spy)
    expect(secret).toHaveLength(40)
    expect(readFileSync(path, 'utf8')).not.toContain(secret)
  })

  it('is never replaced by a new one', async () => {
    const path = join(tempFolder(), 'audit-log.key')
    await createLogKey(path, origin, store())
    const before = readFileSync(path)
    await expect(createLogKey(path, origin, store())).rejects.toThrow(refused)
    expect(readFileSync(path)).toEqual(before)
  })

  it('is not opened, and not replaced, when the key store is another one (25)', async () => {
    const path = join(tempFolder(), 'audit-log.key')
    await createLogKey(path, origin, store('gnome'))
    const before = readFileSync(path)
    await expect(openLogKey(path, store('kwallet'))).rejects.toMatchObject({
      code: 'audit.key',
      details: { why: 'wrapped by gnome, here is kwallet' },
    })
    const failing: KeyWrap = { ...store('gnome'), unwrap: () => Promise.reject(new Error('locked')) }
    await expect(openLogKey(path, failing)).rejects.toThrow(refused)
    expect(readFileSync(path)).toEqual(before)
  })

  it('is refused when the file is missing or damaged', async () => {
    const path = join(tempFolder(), 'audit-log.key')
    await expect(openLogKey(path, store())).rejects.toThrow(refused)
    writeFileSync(path, '{')
    await expect(openLogKey(path, store())).rejects.toThrow(refused)
  })
})
