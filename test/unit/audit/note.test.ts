// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { formatCheckpoint, openCheckpoint, originOf, signCheckpoint } from '../../../main/station/audit/checkpoint.ts'
import { logKeyOf } from '../../../main/station/audit/keys.ts'
import { openNote, parseVkey, signNote } from '../../../main/station/audit/note.ts'
import { testLogKey, testStation } from '../../support/audit.ts'

const key = testLogKey()
const origin = key.note.name
const root = '5d'.repeat(32)
const good = signCheckpoint({ origin, size: 8, root }, key)

/** A note with this text, signed by the right key: only the text is wrong. */
const signed = (text: string): string => signNote(text, key.note, key.sign(Buffer.from(text)))
const body = (size: string, encoded = Buffer.from(root, 'hex').toString('base64')): string =>
  `${origin}\n${size}\n${encoded}\n`

describe('a checkpoint', () => {
  it('is three lines and a signature that opens with the key', () => {
    expect(good).toMatch(
      /^airlock\.invalid\/[0-9a-f-]{36}\/e1\n8\n[A-Za-z0-9+/]{43}=\n\n— airlock\.invalid\/\S+ \S+\n$/,
    )
    expect(openCheckpoint(good, key.note)).toEqual({ ok: true, checkpoint: { origin, size: 8, root } })
    expect(openCheckpoint(Buffer.from(good), key.note)).toMatchObject({ ok: true })
  })

  it('is never made of an empty tree', () => {
    expect(() => formatCheckpoint({ origin, size: 0, root })).toThrow(RangeError)
  })

  it('is refused when another key of the same name signed it', () => {
    const forged = signCheckpoint({ origin, size: 9, root }, testLogKey())
    expect(openCheckpoint(forged, key.note)).toEqual({ ok: false, why: 'not signed by this key' })
  })

  it('is refused when one character of text or signature differs', () => {
    expect(openCheckpoint(good.replace('\n8\n', '\n9\n'), key.note)).toEqual({ ok: false, why: 'wrong signature' })
    const at = good.length - 20
    const other = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`
    expect(openCheckpoint(other, key.note)).toEqual({ ok: false, why: 'wrong signature' })
  })

  it('opens with signatures of unknown keys around, 16 and more', () => {
    const others = Array.from({ length: 17 }, (_, i) => {
      const raw = sign(null, Buffer.from('x'), generateKeyPairSync('ed25519').privateKey)
      return `— witness${i}.example ${Buffer.concat([Buffer.from([0, 0, 0, i]), raw]).toString('base64')}\n`
    })
    expect(openCheckpoint(good + others.join(''), key.note)).toMatchObject({ ok: true })
    const [text, own] = good.split('\n\n')
    expect(openCheckpoint(`${text}\n\n${others.join('')}${own}`, key.note)).toMatchObject({ ok: true })
    expect(openCheckpoint(good + others.join('').repeat(6), key.note)).toEqual({
      ok: false,
      why: 'too many signatures',
    })
  })

  it('is refused above the size limit', () => {
    expect(openCheckpoint(good + 'x'.repeat(1_000_000), key.note)).toEqual({ ok: false, why: 'too long' })
  })

  it.each(['01', '+5', '5 ', ' 5', '9223372036854775808', '-1', '0', '', '1e3', '0x5', '5.0', '９'])(
    'is refused with the size %j, however well signed',
    (size) => expect(openCheckpoint(signed(body(size)), key.note)).toEqual({ ok: false, why: 'not a checkpoint' }),
  )

  it.each([
    ['CRLF line ends', (note: string) => note.replaceAll('\n', '\r\n')],
    ['no final newline', (note: string) => note.slice(0, -1)],
    ['a control character', (note: string) => note.replace('/e1 ', '/e1\u0007 ')],
    ['a tab in the signature line', (note: string) => note.replace(/ (?=\S+\n$)/, '\t')],
    ['no blank line', (note: string) => note.replace('\n\n', '\n')],
    ['a hyphen for the dash', (note: string) => note.replace('—', '-')],
    ['an unsigned text', (note: string) => note.slice(0, note.indexOf('\n\n') + 2)],
    ['padding left out of the signature', (note: string) => note.replace(/=*\n$/, '\n')],
    ['base64 with spare bits', (note: string) => note.replace(/.=\n$/, 'B=\n')],
    ['a byte order mark', (note: string) => `\ufeff${note}`],
  ])('is refused with %s', (_what, change) => {
    const note = change(good)
    expect(note).not.toBe(good)
    expect(openCheckpoint(note, key.note)).toMatchObject({ ok: false })
  })

  it.each([
    ['an extension line', `${body('8')}more\n`],
    ['a root of 31 bytes', body('8', Buffer.alloc(31).toString('base64'))],
    ['a root without padding', body('8', Buffer.alloc(32).toString('base64').replace('=', ''))],
    ['a root in base64url', body('8', Buffer.alloc(32, 0xff).toString('base64').replaceAll('/', '_'))],
    ['no root', `${origin}\n8\n`],
  ])('is refused with %s, however well signed', (_what, text) => {
    expect(openCheckpoint(signed(text), key.note)).toEqual({ ok: false, why: 'not a checkpoint' })
  })

  it('is refused when its origin is another log', () => {
    const text = body('8').replace(origin, originOf(testStation, 2))
    expect(openCheckpoint(signed(text), key.note)).toEqual({ ok: false, why: 'origin of another log' })
  })

  it('is refused when it is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good)])
    expect(openNote(bytes, key.note)).toEqual({ ok: false, why: 'not UTF-8' })
  })
})

describe('a vkey', () => {
  it('is the one that the Go documentation of signed notes shows for its key', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
    const note =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
    const parsed = parseVkey(vkey)
    expect(parsed?.vkey).toBe(vkey)
    if (parsed !== undefined) expect(openNote(note, parsed)).toMatchObject({ ok: true })
  })

  it('is read back, with or without the line end of a file', () => {
    expect(parseVkey(key.note.vkey)?.id).toBe(key.note.id)
    expect(parseVkey(`${key.note.vkey}\n`)?.name).toBe(origin)
  })

  it.each([
    ['another id', (vkey: string) => vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['another name', (vkey: string) => vkey.replace('e1', 'e2')],
    ['another type', (vkey: string) => vkey.replace(/(\+[0-9a-f]{8}\+)A/, '$1B')],
    ['a space in the name', (vkey: string) => vkey.replace('airlock', 'air lock')],
    ['nothing', () => ''],
  ])('is refused with %s', (_what, change) => {
    expect(parseVkey(change(key.note.vkey))).toBeUndefined()
  })

  it('has the id that RFC 8032 test key 1 gives under its name', () => {
    const pkcs8 = Buffer.from(
      '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'hex',
    )
    const log = logKeyOf('example.com/log', createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    expect(log.note.vkey.endsWith('+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea')).toBe(true)
  })
})
