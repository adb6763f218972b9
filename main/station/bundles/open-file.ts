// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { factsOf, openReader, type FileReader } from '../platform/files.ts'
import { bad, good, type Answer } from './answer.ts'

/**
 * Opens a foreign file once, without following a link (docs/formats/envelope.md, clause 6.0). Refused:
 * `medium.not-regular`. Errors: `medium.gone` (nothing is there), `medium.io`.
 */
export const openFile = (path: string): Answer<FileReader> => {
  const facts = onMedium(() => factsOf(path))
  if (facts === undefined) throw new AirlockError('medium.gone')
  if (facts.kind !== 'file') return bad('medium.not-regular')
  return good(onMedium(() => openReader(path)))
}

const onMedium = <T>(work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    throw new AirlockError('medium.io', {}, { cause })
  }
}
