// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { createFile, factsOf } from '../../station/platform/files.ts'
import { makeMlDsaKey, mlDsaPublicKey } from '../../station/trust/ml-dsa.ts'
import type { Command } from '../command.ts'
import { onlyWord, parseWords } from '../words.ts'

/** Makes a key for counter-signatures, and says what the trust policy lists of it. Errors: `usage` (the file exists). */
export const trustMldsa87Key: Command = {
  name: 'trust mldsa87-key',
  summary: 'make a key for post-quantum counter-signatures',
  usage: `airlock trust mldsa87-key NEW.pem [--json]
  Prints the public key as a role of the trust policy lists it in "pqKeys". The file has no password: move it apart.`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    })
    const path = onlyWord(positionals)
    if (factsOf(path) !== undefined) throw new AirlockError('usage', { exists: path })
    const pem = makeMlDsaKey()
    const file = createFile(path)
    try {
      file.write(Buffer.from(pem))
      file.sync()
    } finally {
      file.close()
    }
    const pqKey = mlDsaPublicKey(pem)
    io.out(values.json ? `${JSON.stringify({ pqKey })}\n` : `${pqKey}\n`)
    return 0
  },
}
