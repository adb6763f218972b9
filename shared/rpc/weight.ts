// SPDX-License-Identifier: Apache-2.0
/** What a value weighs beside its text: no empty list of empty lists is free, and no circle is endless. */
const perValue = 8

/**
 * Whether a message is above a limit: characters of its texts and keys, bytes of its buffers, 8 for each value. Looks at
 * no more than the limit allows, however deep, wide or circular the message is.
 */
export const isHeavier = (message: unknown, limit: number): boolean => {
  const open: unknown[] = [message]
  let weight = 0
  const add = (values: readonly unknown[]): void => {
    // Each of them weighs something: a list of too many is too heavy before it is looked at.
    if (values.length * perValue > limit) weight = Infinity
    else for (const value of values) open.push(value)
  }
  while (open.length > 0 && weight <= limit) {
    const value = open.pop()
    weight += perValue
    if (typeof value === 'string') weight += value.length
    else if (Array.isArray(value)) add(value)
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) weight += value.byteLength
    else if (typeof value === 'object' && value !== null) {
      add(Object.keys(value))
      add(Object.values(value))
    }
  }
  return weight > limit
}
