// SPDX-License-Identifier: Apache-2.0
import { scrypt, timingSafeEqual } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'
import { isUnreadable, normalizePassword } from '../../../shared/password-rules.ts'
import { randomOctets } from '../platform/ids.ts'

/** Parameters of scrypt (RFC 7914). */
export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number }

/** About half a second and 128 MiB for one guess. Nothing cheaper is written or accepted. */
export const scryptCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 }

/** Where a site asks for more than the least: `target` for new passwords, older ones are renewed at the next sign-in. */
export type PasswordCost = { readonly minimum: ScryptCost; readonly target: ScryptCost }

/** A hashed password: parameters, 16 byte salt, 32 byte hash (hex). */
export type HashedPassword = ScryptCost & { readonly salt: string; readonly hash: string }

/** A password as it is kept: since when (milliseconds UTC; null: nobody wrote it down), and whether for one sign-in only. */
export type Credential = HashedPassword & { readonly setAt: number | null; readonly temporary: boolean }

const derive = (password: string, { N, r, p }: ScryptCost, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // Node refuses more than 32 MiB unless told; scrypt needs 128·N·r bytes and a little.
    scrypt(normalizePassword(password), salt, 32, { N, r, p, maxmem: 129 * N * r + 2 ** 20 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })

/** Hashes a new password. */
export const hashPassword = async (password: string, cost: ScryptCost): Promise<HashedPassword> => {
  const salt = randomOctets(16)
  const hash = await derive(password, cost, salt)
  return { ...cost, salt: Buffer.from(salt).toString('hex'), hash: hash.toString('hex') }
}

const cheaper = (credential: ScryptCost, floor: ScryptCost): boolean =>
  credential.N < floor.N || credential.r < floor.r || credential.p < floor.p

/** Whether `credential` was made with less than `cost`, so that the next sign-in should renew it. */
export const isOutdated = (credential: HashedPassword, cost: ScryptCost): boolean =>
  credential.N !== cost.N || credential.r !== cost.r || credential.p !== cost.p

/**
 * Whether the password is the one of the credential. Without one (nobody has this login) and with one below `floor` the
 * same work is done and the answer is no.
 */
export const checkPassword = async (
  credential: HashedPassword | undefined,
  password: string,
  floor: ScryptCost,
): Promise<boolean> => {
  const real = credential !== undefined && !cheaper(credential, floor) ? credential : undefined
  const text = isUnreadable(password) ? '' : password
  const hash = await derive(text, real ?? floor, Buffer.from(real?.salt ?? '00'.repeat(16), 'hex'))
  const expected = Buffer.from(real?.hash ?? '00'.repeat(32), 'hex')
  return expected.length === hash.length && timingSafeEqual(hash, expected) && real !== undefined
}

/** Runs one piece of work at a time. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/** A queue of at most `longestQueue` waiting pieces: guessing costs one processor, not all. Errors: `call.rate`. */
export const createQueue = (longestQueue: number): Queue => {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    if (waiting >= longestQueue) return Promise.reject(new AirlockError('call.rate'))
    waiting += 1
    const mine = last.then(work).finally(() => {
      waiting -= 1
    })
    // The next one starts whatever became of this one; whoever asked for it gets its error.
    last = mine.then(
      () => undefined,
      () => undefined,
    )
    return mine
  }
}
