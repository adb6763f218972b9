// SPDX-License-Identifier: Apache-2.0
import { Encrypter } from 'age-encryption'

/** Whether a text is a public key that an archive can be encrypted to: age's X25519 (`age1…`), checksum and all. */
export const isRecipient = (text: string): boolean => {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false
  try {
    new Encrypter().addRecipient(text)
    return true
  } catch {
    // The library's answer to a wrong checksum is an error.
    return false
  }
}
