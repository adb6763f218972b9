// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { leakScan, type LeakScanRequest } from '../../../main/station/exports/sanitize/leak/leak-scan.ts'
import { createNeedles } from '../../../main/station/exports/sanitize/leak/needles.ts'
import { createTextSearch } from '../../../main/station/exports/sanitize/leak/text-search.ts'

const signal = new AbortController().signal
const scan = async (text: string, changes: Partial<LeakScanRequest> = {}): Promise<string[]> => {
  const result = await leakScan(
    {
      tables: [{ path: 'events.ndjson', pieces: [Buffer.from(text)] }],
      documents: [],
      found: [],
      dropped: [],
      dictionary: [],
      canaries: [],
      exempt: new Set(['line', 'n', 'labels', 'ready']),
      ...changes,
    },
    signal,
  )
  expect(result.clean).toBe(result.hits.length === 0)
  return result.hits.map(({ rule }) => rule)
}
const row = (line: unknown): string => `${JSON.stringify({ line })}\n`

describe('the leak scan', () => {
  it('passes a clean file', async () => {
    expect(await scan(row('motor started') + '{"line":"x","n":12.5}\n{"line":null}\n')).toEqual([])
  })

  it.each([
    ['a found value, in another case and inside a word', row('xxJSMITHyy'), { found: ['jsmith'] }],
    ['a short found value as a whole token', row('door A17 open'), { found: ['a17'] }],
    ['a found value inside a list', row('["ok","jsmith7"]'), { found: ['jsmith7'] }],
    ['a found value behind an escape', row('CORP\\jsmith"x'), { found: ['corp\\jsmith"'] }],
    ['a found value behind two escapes', row(JSON.stringify(['CORP\\jsmith'])), { found: ['corp\\jsmith'] }],
    ['a long found number', '{"n":491234567890}\n', { found: ['491234567890'] }],
    ['a dropped string as a whole token', row('open /dev/serial/x7.'), { dropped: ['/dev/serial/x7'] }],
    ['a dropped line', row('say: the quick brown fox jumps'), { dropped: ['the quick brown fox'] }],
    ['a dictionary word in another spelling', row('at PRESS_line.4 now'), { dictionary: ['press-line-4'] }],
    ['a canary', row('xCANARY-7x'), { canaries: ['canary-7'] }],
    ['a dictionary word in the name of a file', row('x'), { dictionary: ['events'] }],
    [
      'a secret in a document',
      row('x'),
      { found: ['jsmith'], documents: [{ name: 'm', value: { a: ['by jsmith'] } }] },
    ],
    [
      'a secret as a key of a document',
      row('x'),
      { found: ['jsmith'], documents: [{ name: 'm', value: { jsmith: 1 } }] },
    ],
  ])('finds %s', async (_what, text, changes) => {
    expect(await scan(text, changes)).not.toEqual([])
  })

  it.each([
    ['a short found value inside a word', row('A170 open'), { found: ['a17'] }],
    ['a dropped string inside a word', row('temperatures'), { dropped: ['temperature'] }],
    ['a dictionary word inside a word', row('pressure'), { dictionary: ['press'] }],
    ['the name of a field', row('x'), { found: ['line'] }],
    ['an allowed value', row('ready'), { found: ['ready'], dictionary: ['ready'] }],
  ])('lets %s be', async (_what, text, changes) => {
    expect(await scan(text, changes)).toEqual([])
  })

  it.each([
    ['form-email', 'to a.b@acme.com'],
    ['form-pem', '-----BEGIN PRIVATE KEY-----'],
    ['form-jwt', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.x'],
    ['form-mac', 'at 00:1a:2b:3c:4d:5e'],
    ['form-private-address', 'to 192.168.7.7'],
  ])('knows by itself that %s leaves no site', async (rule, line) => {
    expect(await scan(row(line))).toEqual([rule])
  })

  it.each([
    ['a missing dictionary', row('x'), { dictionary: undefined }, 'dictionary-missing'],
    ['a field that nobody declared', '{"line":"x","secret":1}\n', {}, 'undeclared-field'],
    ['a blank between tokens', '{"line": "x"}\n', {}, 'parse'],
    ['a missing line feed', '{"line":"x"}', {}, 'parse'],
    ['a nested value', '{"line":{"a":1}}\n', {}, 'parse'],
    ['half a line', '{"line":"x', {}, 'parse'],
    ['bytes that are no UTF-8', Buffer.from('{"line":"\xff"}\n', 'latin1').toString('binary'), {}, 'parse'],
    ['a raw control character', '{"line":"a\u0001"}\n', {}, 'parse'],
    ['a number of another form', '{"n":012}\n', {}, 'parse'],
    ['a value without end', row('x'.repeat(70_000)), {}, 'too-long'],
  ])('fails closed at %s', async (what, text, changes, rule) => {
    const bytes = what.startsWith('bytes') ? Buffer.from(text, 'latin1') : Buffer.from(text)
    expect(await scan('', { tables: [{ path: 'events.ndjson', pieces: [bytes] }], ...changes })).toEqual([rule])
  })

  it('finds a leak again in each line that repeats it', async () => {
    const line = '{"line":"by jsmith","n":4912345678901}\n'
    const found = { found: ['jsmith', '4912345678901'] }
    expect(await scan(line.repeat(3), found)).toEqual(Array.from({ length: 6 }, () => 'value'))
    expect(await scan(`${row('x')}${row('x')}${line}`, found)).toEqual(['value', 'value'])
  })

  it.each(['01', '1.', '.5', '1e', '1e+', '-', '+1', 'nul', 'nulls', '1x'])('reads no number from %s', async (form) => {
    expect(await scan(`{"n":1}\n{"n":${form}}\n`)).toEqual(['parse'])
  })

  it.each(['0', '-0', '-1.25', '1e+21', '5e-324', 'null'])('reads %s', async (form) => {
    expect(await scan(`{"n":1}\n{"n":${form}}\n`)).toEqual([])
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    const request: LeakScanRequest = {
      tables: [{ path: 'a', pieces: [Buffer.from(row('x'))] }],
      documents: [],
      found: [],
      dropped: [],
      dictionary: [],
      canaries: [],
      exempt: new Set(),
    }
    await expect(leakScan(request, stop.signal)).rejects.toThrow('enough')
  })
})

describe('needles', () => {
  const find = (text: string, ...needles: string[]): string | undefined => {
    const values = createNeedles(needles.map((needle) => ({ text: needle, whole: false })))
    return createTextSearch(values, createNeedles([]))(text).value
  }

  it('of every length are found at every place', () => {
    for (let length = 1; length <= 40; length++) {
      const needle = Array.from({ length }, (_, i) => String.fromCharCode(97 + ((i * 7) % 26))).join('')
      for (const before of ['', '.', '.....', needle.slice(0, -1)])
        expect(find(`${before}${needle}..`, 'zzzzz', needle)).toBe(needle)
      expect(find(`..${needle.slice(0, -1)}`, needle)).toBeUndefined()
    }
  })
})
