// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileOf, pageUrl, respond } from '../../../main/shell/app-protocol.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A page's folder with a secret beside it, and one of each kind of file in it. */
const makePage = (): string => {
  const folder = tempFolder()
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.html'), 'secret')
  writeFileSync(join(page, 'index.html'), '<meta name="csp-nonce" content="__NONCE__" />')
  writeFileSync(join(page, 'assets/index-4f_a.js'), 'export {}')
  writeFileSync(join(page, 'notes.txt'), 'not a kind that a page needs')
  return page
}
const get = (folder: string, url: string) => respond(folder, { url, method: 'GET' })

describe('the app protocol', () => {
  it('answers with files of the page, each with its type, the policy and no guessing', async () => {
    const folder = makePage()
    const script = await get(folder, 'app://airlock/assets/index-4f_a.js')
    expect(script.status).toBe(200)
    expect(Object.fromEntries(script.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    expect(await script.text()).toBe('export {}')
  })

  it('states a policy that allows nothing but what lies beside the page', async () => {
    const { headers } = await get(makePage(), pageUrl)
    const policy = headers.get('content-security-policy')?.replace(/nonce-[A-Za-z0-9+/]+/, 'nonce-X')
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-X'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "frame-src 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
  })

  it('gives each load a nonce of its own, the same in the policy and in the document', async () => {
    const folder = makePage()
    const nonces = new Set<string>()
    for (let load = 0; load < 5; load += 1) {
      const answer = await get(folder, pageUrl)
      const nonce = /content="([A-Za-z0-9+/]{24})"/.exec(await answer.text())?.[1] ?? 'none'
      expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(5)
  })

  it.each([
    'app://airlock/../secret.html',
    'app://airlock/assets/../../secret.html',
    'app://airlock/..%2fsecret.html',
    'app://airlock/%2e%2e/secret.html',
    'app://airlock/..\\secret.html',
    'app://airlock//secret.html',
    'app://airlock/./index.html',
    'app://airlock/index.html/',
    'app://airlock/index.html?x=1',
    'app://airlock/index.html#x',
    'app://airlock/index.html\0.js',
    'app://airlock/.hidden.js',
    'app://airlock/notes.txt',
    'app://airlock/assets',
    'app://airlock/missing.js',
    'app://airlock.evil/index.html',
    'app://airlock@evil/index.html',
    'app://airlock:80/index.html',
    'APP://airlock/index.html',
    'file:///etc/hostname',
    'https://airlock/index.html',
    '',
  ])('answers 404 to %j, with the policy', async (url) => {
    const answer = await get(makePage(), url)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('Not found')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('follows no link out of the page, of a file or of a folder, but serves a page that is reached by one', async () => {
    const folder = makePage()
    mkdirSync(join(folder, '../page-beside'))
    writeFileSync(join(folder, '../page-beside/secret.js'), 'secret')
    symlinkSync('../secret.html', join(folder, 'link.html'))
    symlinkSync(join(folder, '../page-beside'), join(folder, 'beside'))
    symlinkSync('nowhere.js', join(folder, 'broken.js'))
    symlinkSync(folder, join(folder, '../page-link'))
    for (const name of ['link.html', 'beside/secret.js', 'broken.js']) {
      const answer = await get(folder, `app://airlock/${name}`)
      expect([name, answer.status, await answer.text()]).toEqual([name, 404, 'Not found'])
    }
    expect((await get(join(folder, '../page-link'), pageUrl)).status).toBe(200)
  })

  it('answers only GET', async () => {
    const folder = makePage()
    for (const method of ['POST', 'HEAD', 'PUT', 'OPTIONS'])
      expect((await respond(folder, { url: pageUrl, method })).status).toBe(404)
  })

  it('takes the bare origin for the page', () => {
    expect(fileOf('app://airlock/')).toBe('index.html')
    expect(fileOf('app://airlock')).toBeUndefined()
  })
})
