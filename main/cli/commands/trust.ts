// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { initTrust } from '../trust/init.ts'
import { describePolicy, inspectPolicy } from '../trust/inspect.ts'
import { packTrust } from '../trust/pack.ts'
import { isRecipient } from '../trust/recipient.ts'
import { needed, onlyWord, parseWords, readSmall, smallCount } from '../words.ts'

const shippedSanitization = join(import.meta.dirname, '../../../resources/policies/default-sanitization.json')

const init: Command = {
  name: 'trust init',
  summary: 'make keys, certificates and the first trust policy',
  usage: `airlock trust init NEW-FOLDER [--roots 1] [--threshold 1] [--product NAME]… [--recipient AGE]…
    [--counter PRODUCT=LOWEST]… [--sanitization SHA256] [--years 10] [--json]
  --recipient     public age key (age1…) that may read archives; without one no export leaves a station
  --sanitization  digest of the sanitization policy; default: the one that is shipped with Airlock
  Keys are PEM without a password: make them on a machine that is offline, and move them apart.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        roots: { type: 'string', default: '1' },
        threshold: { type: 'string', default: '1' },
        product: { type: 'string', multiple: true, default: ['*'] },
        recipient: { type: 'string', multiple: true, default: [] },
        counter: { type: 'string', multiple: true, default: [] },
        sanitization: { type: 'string' },
        years: { type: 'string', default: '10' },
        json: { type: 'boolean', default: false },
      },
    })
    const bogus = values.recipient.find((recipient) => !isRecipient(recipient))
    if (bogus !== undefined) throw new AirlockError('usage', { recipient: bogus, why: 'no public key of age' })
    const made = initTrust({
      folder: onlyWord(positionals),
      roots: smallCount(values.roots, 'roots'),
      threshold: smallCount(values.threshold, 'threshold'),
      products: values.product,
      recipients: values.recipient,
      counters: counters(values.counter),
      sanitization: values.sanitization ?? sha256Hex(readSmall(shippedSanitization)),
      years: smallCount(values.years, 'years'),
      now: io.clock.now(),
    })
    if (values.recipient.length === 0) io.err('no recipient: this policy lets no export out\n')
    io.out(
      values.json ? `${JSON.stringify(made)}\n` : `${made.policy}\nsha256 ${made.digest}\n${made.words.join(' ')}\n`,
    )
    return 0
  },
}

/** `product=2`: the lowest security counter that a site still takes. */
const counters = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    words.map((word) => {
      const [product, lowest, more] = word.split('=')
      if (product === undefined || more !== undefined || !/^\d{1,9}$/.test(lowest ?? '')) {
        throw new AirlockError('usage', { counter: word })
      }
      return [product, Number(lowest)]
    }),
  )

const inspect: Command = {
  name: 'trust inspect',
  summary: 'show a trust policy, its fingerprint in words, roles and keys',
  usage: 'airlock trust inspect FILE.airtrust [--json]\n  Signatures are listed, not judged.',
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    const found = inspectPolicy(onlyWord(positionals))
    io.out(values.json ? `${JSON.stringify(found)}\n` : describePolicy(found))
    return 0
  },
}

const pack: Command = {
  name: 'trust pack',
  summary: 'make an unsigned policy step or recall list from JSON',
  usage:
    'airlock trust pack DOCUMENT.json --out FILE.airtrust [--force] [--json]\n  Sign it with: airlock bundle sign FILE --role …\n  --force  replaces FILE.airtrust, with the signatures in it',
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        force: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const packed = packTrust(onlyWord(positionals), needed(values.out, 'out'), values.force)
    io.out(values.json ? `${JSON.stringify(packed)}\n` : `sha256 ${packed.digest}\n`)
    return 0
  },
}

/** Making and reading trust policies and recall lists. */
export const trustCommands: readonly Command[] = [init, inspect, pack]
