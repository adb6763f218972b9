// SPDX-License-Identifier: Apache-2.0
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { AirlockError } from '../../shared/errors.ts'
import { bytes, type Bytes } from '../../shared/units.ts'
import { readWhole } from '../station/platform/files.ts'
import { fileTrouble, unusable } from './file-trouble.ts'

/** The words behind a command, parsed. Errors: `usage`, which names the option that the command does not have. */
export const parseWords = <const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> => {
  try {
    return parseArgs(config)
  } catch (cause) {
    // The parser's own sentence names the option; what follows it explains `--`.
    const why = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : ''
    throw new AirlockError('usage', { why }, { cause })
  }
}

/** The one word that is not an option. Errors: `usage` for none or more. */
export const onlyWord = (positionals: readonly string[]): string => {
  const [word, more] = positionals
  if (word === undefined) throw new AirlockError('usage', { why: 'no file or folder is named' })
  if (more !== undefined) throw new AirlockError('usage', { why: 'one word too many', word: more })
  return word
}

/** A whole number from 1 to 99. Errors: `usage`. */
export const smallCount = (text: string, option: string): number => {
  if (!/^[1-9]\d?$/.test(text)) throw new AirlockError('usage', { [option]: text })
  return Number(text)
}

/** A whole number from 0 to 999 999 999. Errors: `usage`. */
export const wholeNumber = (text: string, option: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new AirlockError('usage', { [option]: text })
  return Number(text)
}

const largestText = bytes(1_048_576)

/** A small file. Errors: `file.unusable` for one that cannot be read, or is larger than `limit`. */
export const readSmall = (path: string, limit: Bytes = largestText): Uint8Array => {
  try {
    return readWhole(path, limit)
  } catch (error) {
    if (error instanceof RangeError) throw unusable(path, `it has more than ${limit} bytes`, error)
    throw fileTrouble(error, path) ?? error
  }
}

/** A small text file: PEM, JSON. Errors: `file.unusable`. */
export const readText = (path: string): string => Buffer.from(readSmall(path)).toString('utf8')

const decoders = { private: createPrivateKey, public: createPublicKey } as const

/** PEM of a key; a private one gives its public half too. Errors: `file.unusable` for a file that holds none. */
export const readKey = (path: string, half: keyof typeof decoders): string => {
  const pem = readText(path)
  try {
    decoders[half](pem)
    return pem
  } catch (cause) {
    throw unusable(path, `it holds no ${half} key in PEM without a password`, cause)
  }
}

/** An option that is one of a few words. Errors: `usage`, which names the others. */
export const oneOf = <const T extends string>(known: readonly T[], text: string, option: string): T => {
  const found = known.find((word) => word === text)
  if (found === undefined) throw new AirlockError('usage', { [option]: text, why: `one of: ${known.join(' ')}` })
  return found
}

/** An option that has to be there. Errors: `usage`. */
export const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new AirlockError('usage', { missing: `--${option}` })
  return value
}
