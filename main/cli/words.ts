// SPDX-License-Identifier: Apache-2.0
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { AirlockError } from '../../shared/errors.ts'
import { bytes } from '../../shared/units.ts'
import { readWhole } from '../station/platform/files.ts'

/** The words behind a command, parsed. Errors: `usage` for an option that the command does not have. */
export const parseWords = <const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> => {
  try {
    return parseArgs(config)
  } catch (cause) {
    throw new AirlockError('usage', {}, { cause })
  }
}

/** The one word that is not an option. Errors: `usage` for none or more. */
export const onlyWord = (positionals: readonly string[]): string => {
  const [word, more] = positionals
  if (word === undefined || more !== undefined) throw new AirlockError('usage')
  return word
}

/** A whole number from 1 to 99. Errors: `usage`. */
export const smallCount = (text: string, option: string): number => {
  if (!/^[1-9]\d?$/.test(text)) throw new AirlockError('usage', { [option]: text })
  return Number(text)
}

const largestText = bytes(1_048_576)

/** A small text file: PEM, JSON. Errors: `usage` for one that cannot be read. */
export const readText = (path: string): string => {
  try {
    return Buffer.from(readWhole(path, largestText)).toString('utf8')
  } catch (cause) {
    throw new AirlockError('usage', { file: path }, { cause })
  }
}

/** An option that has to be there. Errors: `usage`. */
export const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new AirlockError('usage', { missing: `--${option}` })
  return value
}
