// SPDX-License-Identifier: Apache-2.0
import { dirname } from 'node:path'
import { AirlockError } from '../../shared/errors.ts'

/** What the system's codes say of a file, in words; a fault that is not listed is Airlock's own. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'nothing is there',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  ENOTDIR: 'a part of the path is no folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  ELOOP: 'it is a link',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
}

/** A file or folder of the person at the command line that does not serve: the path is theirs, so it is told. */
export const unusable = (path: string, why: string, cause?: unknown): AirlockError =>
  new AirlockError('file.unusable', { path, why }, { cause })

/**
 * What an error of the system says of a file: `file.unusable`; undefined where it is no such error. Where the caller
 * knows the path, a `medium.*` error is one too: on the person's own disk there is no drive that could have been pulled.
 */
export const fileTrouble = (error: unknown, path?: string): AirlockError | undefined => {
  if (error instanceof AirlockError) {
    if (path === undefined || (error.code !== 'medium.gone' && error.code !== 'medium.io')) return undefined
    return fileTrouble(error.cause, path) ?? unusable(path, missingOr(error.code), error)
  }
  const why = reasons[textOf(error, 'code') ?? '']
  return why === undefined ? undefined : unusable(pathOf(error) ?? path ?? 'the disk', why, error)
}

/** Does a step with the file at `path`. Errors: `file.unusable`, and the step's own. */
export const onDisk = <T>(path: string, step: () => T): T => {
  try {
    return step()
  } catch (error) {
    throw fileTrouble(error, path) ?? error
  }
}

const missingOr = (code: string): string => (code === 'medium.gone' ? 'nothing is there' : 'it cannot be read')

/** A file is written beside its place under a name that nobody knows: trouble with that one is its folder's. */
const pathOf = (error: unknown): string | undefined => {
  const path = textOf(error, 'dest') ?? textOf(error, 'path')
  return path !== undefined && /(^|[/\\])\.[^/\\]+\.part$/.test(path) ? dirname(path) : path
}

const textOf = (error: unknown, key: 'code' | 'path' | 'dest'): string | undefined => {
  const found: unknown = error instanceof Error ? Reflect.get(error, key) : undefined
  return typeof found === 'string' ? found : undefined
}
