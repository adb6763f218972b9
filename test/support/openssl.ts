// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPemCertificate } from '../../main/station/trust/issue-certificate.ts'
import { makeKey, type Holder } from './pki.ts'
import { tempFolder } from './temp-folder.ts'

/** Runs the openssl command in a folder; a failure throws with what it said. */
export const openssl = (folder: string, ...words: string[]): Buffer =>
  execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })

/** A certificate made by openssl with exactly these extensions (lines of its extension file); valid from now on. */
export const opensslHolder = (
  extensions: readonly string[],
  options: { issuer?: Holder; key?: string; subject?: string; serial?: string } = {},
): Holder => {
  const folder = tempFolder()
  const { issuer, key = makeKey('P-256'), subject = '/CN=made by openssl' } = options
  const serial = options.serial ?? String(randomInt(1, 2 ** 40))
  writeFileSync(join(folder, 'key'), key)
  writeFileSync(join(folder, 'extensions'), ['[v3]', ...extensions, ''].join('\n'))
  openssl(folder, 'req', '-new', '-key', 'key', '-subj', subject, '-out', 'request')
  const sign = [
    'x509',
    '-req',
    '-in',
    'request',
    '-days',
    '30',
    '-sha384',
    '-extfile',
    'extensions',
    '-extensions',
    'v3',
  ]
  if (issuer === undefined) openssl(folder, ...sign, '-signkey', 'key', '-set_serial', serial, '-out', 'certificate')
  else {
    writeFileSync(join(folder, 'ca.key'), issuer.key)
    writeFileSync(join(folder, 'ca'), issuer.certificate)
    openssl(folder, ...sign, '-CA', 'ca', '-CAkey', 'ca.key', '-set_serial', serial, '-out', 'certificate')
  }
  const certificate = readFileSync(join(folder, 'certificate'), 'utf8')
  const chain = issuer === undefined ? [] : [issuer.certificate, ...issuer.chain]
  return { key, certificate, spki: readPemCertificate(certificate).spki, chain }
}

/** Detached CMS by `openssl cms -sign`, with the words that docs/formats/signature-profile.md gives. */
export const opensslSign = (content: Uint8Array, holder: Holder, ...words: string[]): Uint8Array => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'key'), holder.key)
  writeFileSync(join(folder, 'certificate'), holder.certificate)
  writeFileSync(join(folder, 'content'), content)
  writeFileSync(join(folder, 'chain'), holder.chain.join(''))
  const chain = holder.chain.length === 0 ? [] : ['-certfile', 'chain']
  const files = ['-in', 'content', '-signer', 'certificate', '-inkey', 'key', ...chain, '-out', 'signature']
  openssl(folder, 'cms', '-sign', '-binary', '-nosmimecap', '-outform', 'DER', ...files, ...words)
  return readFileSync(join(folder, 'signature'))
}

/** Whether `openssl cms -verify` accepts a detached signature and the chain of its certificate. */
export const opensslVerifies = (content: Uint8Array, signature: Uint8Array, trusted: string): boolean => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'content'), content)
  writeFileSync(join(folder, 'signature'), signature)
  writeFileSync(join(folder, 'trusted'), trusted)
  const files = ['-in', 'signature', '-content', 'content', '-CAfile', 'trusted', '-out', 'out']
  try {
    openssl(folder, 'cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-no_check_time', ...files)
    return readFileSync(join(folder, 'out')).equals(content)
  } catch {
    return false
  }
}
