// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentPolicy } from './content-policy.ts'

/** Everything the page may load lies below this origin. */
export const appOrigin = 'app://airlock'
/** The one document there is. */
export const pageUrl = `${appOrigin}/index.html`

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** What the page's document says where its nonce belongs. */
const nonceMark = '__NONCE__'

/** The file below the page's folder that a URL names, or undefined: only plain names, folder by folder, no dots first. */
export const fileOf = (url: string): string | undefined => {
  const path = url.startsWith(`${appOrigin}/`) ? url.slice(appOrigin.length + 1) : undefined
  if (path === undefined) return undefined
  const name = path === '' ? 'index.html' : path
  const plain = name.split('/').every((part) => /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(part))
  return plain && Object.hasOwn(types, extname(name)) ? name : undefined
}

const headersFor = (nonce: string) => ({
  'content-security-policy': contentPolicy(nonce),
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
})

/** What a file of `folder` holds; nothing where it is none, or where a link on the way to it leads out of the folder. */
const contentsOf = async (folder: string, name: string): Promise<Buffer | undefined> => {
  const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, name))])
  return file.startsWith(root + sep) ? readFile(file) : undefined
}

/**
 * Answers a request of the page from `folder`, with the content policy on every response; anything else is a 404.
 * A document gets the nonce of its load, new each time, in its policy and in its text.
 */
export const respond = async (folder: string, { url, method }: { url: string; method: string }): Promise<Response> => {
  const nonce = randomBytes(18).toString('base64')
  const headers = headersFor(nonce)
  const name = method === 'GET' ? fileOf(url) : undefined
  const body = name === undefined ? undefined : await contentsOf(folder, name).catch(() => undefined)
  if (name === undefined || body === undefined) return new Response('Not found', { status: 404, headers })
  const content = name.endsWith('.html') ? body.toString().replaceAll(nonceMark, nonce) : new Uint8Array(body)
  return new Response(content, { headers: { ...headers, 'content-type': types[extname(name)] ?? '' } })
}
