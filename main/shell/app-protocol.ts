// SPDX-License-Identifier: Apache-2.0
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** Everything the page may load lies below this origin. */
export const appOrigin = 'app://airlock'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const headers = { 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' }

/** The file below the page's folder that a URL names, or undefined: only plain names, folder by folder, no dots first. */
export const fileOf = (url: string): string | undefined => {
  const path = url.startsWith(`${appOrigin}/`) ? url.slice(appOrigin.length + 1) : undefined
  if (path === undefined) return undefined
  const name = path === '' ? 'index.html' : path
  const plain = name.split('/').every((part) => /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(part))
  return plain && types[extname(name)] !== undefined ? name : undefined
}

/** Answers a request of the page from `folder`, with the content policy on every response; anything else is a 404. */
export const respond = async (folder: string, url: string): Promise<Response> => {
  const name = fileOf(url)
  const body = name === undefined ? undefined : await readFile(join(folder, name)).catch(() => undefined)
  if (name === undefined || body === undefined) return new Response('Not found', { status: 404, headers })
  return new Response(body, {
    headers: { ...headers, 'content-type': types[extname(name)] ?? 'application/octet-stream' },
  })
}
