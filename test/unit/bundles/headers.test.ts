// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { edited, memoryFile, openTrusted, patchedHeader, put, withHeader } from '../../support/bundle.ts'

const app = 'payload/app.hex'
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const typed = (flag: string) => () => withHeader(app, (block) => put(block, 156, flag))
const sized = (field: string | number[]) => () => withHeader(app, (block) => put(block, 124, field))
const named = (name: string) => () =>
  withHeader(app, (block) => {
    block.fill(0, 0, 100)
    put(block, 0, name)
  })
const patched = (offset: number, value: string) => () => withHeader(app, (block) => put(block, offset, value))
/** Written over the first header, whose checksum stays what it was. */
const underOldChecksum = (offset: number, value: string) => () => {
  const content = edited((list) => list)
  put(content, offset, value)
  return content
}
const paxSize = text('19 size=1000000000\n')
const smuggled = () =>
  edited((list) => {
    const header = patchedHeader('payload/pax', paxSize.length, (block) => put(block, 156, 'x'))
    return list.toSpliced(3, 0, { name: 'pax', content: paxSize, header })
  })
const bidi = Buffer.from('payload/\u202eapp').toString('latin1')

const rows: [row: number, what: string, content: () => Uint8Array, code: string][] = [
  [9, 'another checksum', underOldChecksum(148, '000000'), 'container.header-checksum'],
  [9, 'a checksum written with seven digits', underOldChecksum(148, '0000000\0'), 'container.header-checksum'],
  [9, 'another owner under the old checksum', underOldChecksum(108, '1'), 'container.header-checksum'],
  [10, 'a base-256 size', sized([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0x78]), 'container.header-size'],
  [10, 'a negative size', sized('-0000000010\0'), 'container.header-size'],
  [10, 'a size that is not octal', sized('00000000089\0'), 'container.header-size'],
  [10, 'a size of twelve digits', sized('000000000010'), 'container.header-size'],
  [10, 'a mode that is not octal', patched(100, 'rw-r--r\0'), 'container.header-size'],
  [11, 'a PAX header', typed('x'), 'container.entry-type'],
  [11, 'a global PAX header', typed('g'), 'container.entry-type'],
  [12, 'a GNU long name', typed('L'), 'container.entry-type'],
  [12, 'a GNU long link', typed('K'), 'container.entry-type'],
  [12, 'a GNU sparse file', typed('S'), 'container.entry-type'],
  [13, 'a PAX header that says another size', smuggled, 'container.entry-type'],
  [14, 'a hard link', typed('1'), 'container.entry-type'],
  [14, 'a symbolic link', typed('2'), 'container.entry-type'],
  [14, 'a character device', typed('3'), 'container.entry-type'],
  [14, 'a block device', typed('4'), 'container.entry-type'],
  [14, 'a folder', typed('5'), 'container.entry-type'],
  [14, 'a FIFO', typed('6'), 'container.entry-type'],
  [14, 'a contiguous file', typed('7'), 'container.entry-type'],
  [14, 'the type of before POSIX', typed('\0'), 'container.entry-type'],
  [14, 'a link name on a regular file', patched(157, 'x'), 'container.entry-type'],
  [14, "GNU tar's old magic", patched(257, 'ustar  \0'), 'container.not-ustar'],
  [14, 'bytes in the tail of a header', patched(505, 'x'), 'container.not-ustar'],
  [15, 'a name with ..', named('payload/../app'), 'container.name'],
  [15, 'a name that is ..', named('payload/..'), 'container.name'],
  [16, 'an absolute name', named('/payload/app'), 'container.name'],
  [16, 'a drive letter', named('c:/payload/app'), 'container.name'],
  [16, 'a UNC name', named('\\\\server\\app'), 'container.name'],
  [16, 'a backslash', named('payload\\app'), 'container.name'],
  [17, 'a NUL in a name', named('payload/app\0hex'), 'container.name'],
  [17, 'a control character in a name', named('payload/app\x1b'), 'container.name'],
  [17, 'a line end behind a name', named('payload/app\n'), 'container.name'],
  [17, 'a bidi override in a name', named(bidi), 'container.name'],
  [17, 'a letter that is not ASCII', named('payload/\xe4pp'), 'container.name'],
  [17, 'a prefix', patched(345, 'payload'), 'container.name'],
  [18, 'a reserved name', named('payload/con'), 'container.name'],
  [18, 'a reserved name with a suffix', named('payload/nul.bin'), 'container.name'],
  [18, 'a reserved port', named('payload/com1'), 'container.name'],
  [18, 'a trailing dot', named('payload/app.'), 'container.name'],
  [18, 'a trailing space', named('payload/app '), 'container.name'],
  [18, 'a stream', named('payload/app:stream'), 'container.name'],
  [18, 'dots only', named('payload/...'), 'container.name'],
  [18, 'an empty last part', named('payload/'), 'container.name'],
  [18, 'a folder in a folder', named('payload/a/b'), 'container.name'],
  [18, 'a name of 65 characters', named(`payload/${'a'.repeat(65)}`), 'container.name'],
  [18, 'an unknown role', named('manifest.json.boss.p7s'), 'container.name'],
  [18, 'a signature number 9', named('manifest.json.qa.9.p7s'), 'container.name'],
]

describe('what is wrong with a header', () => {
  it.each(rows)('row %i: refuses %s', async (_row, _what, content, code) => {
    const { verdict } = await openTrusted(memoryFile(content()))
    expect(verdict).toMatchObject({ verdict: 'refused', code })
  })

  it('answers with the first fault in the order of the format', async () => {
    const content = withHeader(app, (block) => {
      put(block, 124, '-')
      put(block, 156, '2')
    })
    expect((await openTrusted(memoryFile(content))).verdict.code).toBe('container.entry-type')
  })

  it('spells out the bytes of a foreign name', async () => {
    const { verdict } = await openTrusted(memoryFile(named(bidi)()))
    expect(verdict.checks.at(-1)?.detail).toBe('payload/\\xe2\\x80\\xaeapp')
  })
})
