// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'
import { checkPassword } from './password.ts'
import type { Person } from './person.ts'

/** Passwords before the one of now that may not come again. Each is one more scrypt at a change, and at no other time. */
const remembered = 3

const rowSchema = z.object({ N: z.int(), r: z.int(), p: z.int(), salt: z.string(), hash: z.string() })

/** Keeps the credential that is being replaced, inside the caller's audited change. */
export const rememberFormer = (tx: WriteHandle, { id, credential }: Person): void => {
  if (credential === undefined) return
  const { N, r, p, salt, hash, setAt } = credential
  tx.run('INSERT OR REPLACE INTO former_password VALUES (?, ?, ?, ?, ?, ?, ?)', id, setAt ?? 0, N, r, p, salt, hash)
  tx.run(
    `DELETE FROM former_password WHERE person = ? AND set_ms NOT IN
      (SELECT set_ms FROM former_password WHERE person = ? ORDER BY set_ms DESC LIMIT ?)`,
    id,
    id,
    remembered,
  )
}

/** Refuses the password of now and those before it. Errors: `person.password-used`. */
export const requireNew = async (read: ReadHandle, { id, credential }: Person, password: string): Promise<void> => {
  const rows = read.all(
    'SELECT scrypt_n AS N, scrypt_r AS r, scrypt_p AS p, salt, hash FROM former_password WHERE person = ?',
    id,
  )
  const known = [...(credential === undefined ? [] : [credential]), ...rows.map((row) => rowSchema.parse(row))]
  for (const one of known) {
    if (await checkPassword(one, password, one)) throw new AirlockError('person.password-used')
  }
}
