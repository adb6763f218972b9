// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { posix, win32 } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appOrigin, fileOf, pageUrl } from '../../main/shell/app-protocol.ts'
import { mayNavigate, mayRequest, maySpeak } from '../../main/shell/rules.ts'

/** What an attacker would build a path from, among ordinary letters. */
const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2f',
    '%5c',
    '%00',
    '\0',
    ':',
    '//',
    '~',
    'C:',
    'a',
    'index.html',
    '.js',
  ),
  fc.string({ maxLength: 4, unit: 'binary' }),
)
const path = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

describe('the app protocol', () => {
  it('never names a file outside the page, whatever the path', () => {
    fc.assert(
      fc.property(path, (name) => {
        const file = fileOf(`${appOrigin}/${name}`)
        if (file === undefined) return
        for (const rules of [posix, win32])
          expect(rules.resolve('/page', file).startsWith(rules.resolve('/page') + rules.sep)).toBe(true)
        expect(file).toMatch(/^[A-Za-z0-9_.\-/]+$/)
        expect(file.split('/').some((part) => part === '' || part.startsWith('.'))).toBe(false)
      }),
    )
  })

  it('answers for no other origin', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          path.map((rest) => `app:${rest}`),
        ),
        (url) => {
          fc.pre(!url.startsWith(`${appOrigin}/`))
          expect(fileOf(url)).toBeUndefined()
          expect(mayRequest({ url, resourceType: 'xhr' })).toBe(false)
          expect(mayNavigate({ url, isMainFrame: true })).toBe(false)
          expect(maySpeak({ origin: url, parent: null })).toBe(url === appOrigin)
        },
      ),
    )
  })

  it('lets only the top frame navigate, and only to the page itself', () => {
    fc.assert(
      fc.property(path, fc.boolean(), (name, isMainFrame) => {
        const url = `${appOrigin}/${name}`
        expect(mayNavigate({ url, isMainFrame })).toBe(isMainFrame && url === pageUrl)
      }),
    )
  })
})
