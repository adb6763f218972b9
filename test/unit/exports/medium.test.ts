// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AuditLog } from '../../../main/station/audit/entry.ts'
import { createExports } from '../../../main/station/exports/exports.ts'
import { volumeFiles, type VolumeFiles } from '../../../main/station/platform/volume-io.ts'
import { bytes } from '../../../shared/units.ts'
import { actions, approved, code, medium, request, testExports, testJob, write } from '../../support/exports.ts'
import { tempFolder } from '../../support/temp-folder.ts'

describe('a medium', () => {
  const own = volumeFiles()
  const failing = (step: 'createFile' | 'publish' | 'openReader', error: Error): VolumeFiles => ({
    ...own,
    [step]: () => Promise.reject(error),
  })
  const errno = (name: string): Error => Object.assign(new Error(name), { code: name })

  it.each([
    ['createFile', 'ENOSPC', 'medium.full'],
    ['createFile', 'EFBIG', 'medium.full'],
    ['createFile', 'EROFS', 'medium.read-only'],
    ['publish', 'ENODEV', 'medium.gone'],
    ['openReader', 'EIO', 'medium.write'],
  ] as const)(
    'that fails at %s with %s keeps the approval and says %s; the next try finishes',
    async (step, name, expected) => {
      const test = await testExports()
      const { id } = await approved(test)
      const folder = tempFolder()
      await expect(write(test, id, folder, failing(step, errno(name)))).rejects.toEqual(code(expected))
      expect(test.exports.get(id).state).toBe('approved')
      expect(test.exports.copies()).toEqual([])
      expect(actions(test).at(-1)).toBe(`export.write failed ${expected}`)
      const copy = await write(test, id, folder)
      expect(copy.number).toBe(1)
      expect(readdirSync(folder)).toEqual([copy.name])
    },
  )

  it('that gives back other bytes than were written is called defective, the copy is removed, and the approval stays (ux 53, 54)', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const folder = tempFolder()
    const lying: VolumeFiles = {
      ...own,
      publish: (from, to) => {
        const bytes = readFileSync(from)
        bytes[bytes.length - 700] = (bytes[bytes.length - 700] ?? 0) ^ 1
        writeFileSync(from, bytes)
        return own.publish(from, to)
      },
    }
    await expect(write(test, id, folder, lying)).rejects.toEqual(code('medium.read-back'))
    expect(readdirSync(folder)).toEqual([])
    expect(test.exports.copies()).toEqual([])
    // The page says “Safe to remove” of a written export only.
    expect(test.exports.get(id).state).toBe('approved')
  })

  it('without room is refused before a byte is written', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const folder = tempFolder()
    const full: VolumeFiles = { ...own, freeBytes: () => Promise.resolve(bytes(10)) }
    await expect(write(test, id, folder, full)).rejects.toEqual(code('medium.full'))
    expect(readdirSync(folder)).toEqual([])
  })

  it('that was pulled out and put in again gets the same file, and the ledger one row', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const folder = tempFolder()
    const first = await write(test, id, folder)
    expect(await write(test, id, folder)).toEqual(first)
    const other = tempFolder()
    const second = await test.exports.write(
      id,
      { id: 'stick-2', folder: () => Promise.resolve(other) },
      await test.session('olga'),
      'officer',
      testJob(),
    )
    expect(second.sha256).toBe(first.sha256)
    expect(readFileSync(join(other, second.name)).equals(readFileSync(join(folder, first.name)))).toBe(true)
    expect(test.exports.copies(1)).toHaveLength(2)
  })
})

describe('after a crash', () => {
  it('recovery removes what no request speaks of and keeps everything else', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const gone = await request(test)
    test.exports.reject(gone.id, 'not needed', await test.proof(await test.session('olga')), 'officer')
    const folder = join(test.folder, 'exports')
    mkdirSync(join(folder, 'archives'), { recursive: true })
    mkdirSync(join(folder, '.staging-x'))
    writeFileSync(join(folder, 'archives', `${'d'.repeat(64)}.airtlm`), 'signed, but its number was never given')
    writeFileSync(join(folder, 'clear', '.half.part'), 'x')
    expect(createExports(test.dependencies).recover()).toBe(3)
    expect(readdirSync(join(folder, 'archives'))).toEqual([])
    const copy = await write(test, id, tempFolder())
    expect(copy.number).toBe(1)
    expect(createExports(test.dependencies).recover()).toBe(0)
    expect(readdirSync(join(folder, 'archives'))).toEqual([`${copy.sha256}.airtlm`])
  })

  it('a copy that is on the medium but not in the ledger is taken over', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const folder = tempFolder()
    const audit = failOnce(test.audit, 'export.write')
    const exports = createExports({ ...test.dependencies, audit })
    const session = await test.session('olga')
    const attempt = () => exports.write(id, medium(folder), session, 'officer', testJob())
    await expect(attempt()).rejects.toThrow('power cut')
    expect(readdirSync(folder)).toHaveLength(1)
    expect(exports.get(id).state).toBe('approved')
    await attempt()
    expect(exports.get(id).state).toBe('written')
    expect(exports.copies(1)).toHaveLength(1)
  })

  it('an archive whose number was not given is made anew with the same number', async () => {
    const test = await testExports()
    const { id } = await approved(test)
    const audit = failOnce(test.audit, 'export.archive')
    const exports = createExports({ ...test.dependencies, audit })
    const session = await test.session('olga')
    const folder = tempFolder()
    const attempt = () => exports.write(id, medium(folder), session, 'officer', testJob())
    await expect(attempt()).rejects.toThrow('power cut')
    expect(exports.recover()).toBe(1)
    expect((await attempt()).number).toBe(1)
  })
})

/** The log as it is, but for a power cut at the first entry of this action. */
const failOnce = (audit: AuditLog, action: string): AuditLog => {
  let failed = false
  return {
    note: (entry) => audit.note(entry),
    head: () => audit.head(),
    prove: (seq) => audit.prove(seq),
    change: (entry, work) => {
      if (!failed && typeof entry === 'object' && entry.action === action) {
        failed = true
        throw new Error('power cut')
      }
      return audit.change(entry, work)
    },
  }
}
