// SPDX-License-Identifier: Apache-2.0
/** Units as brands: a number that crosses a module border says what it counts. */

declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]: Name }

/** A size or an offset in bytes: a whole number from 0 to 2^53−1. */
export type Bytes = Unit<'bytes'>
/** Milliseconds: a duration, or a time since 1970-01-01T00:00:00Z. */
export type Millis = Unit<'ms'>
/** Line speed in symbols a second. */
export type Baud = Unit<'baud'>

const isBytes = (n: number): n is Bytes => Number.isSafeInteger(n) && n >= 0
const isMillis = (n: number): n is Millis => Number.isSafeInteger(n)
const isBaud = (n: number): n is Baud => Number.isSafeInteger(n) && n > 0

const refuse = (what: string, n: number): never => {
  throw new RangeError(`${n} is not ${what}`)
}

/** Brands a byte count; RangeError for anything but a whole number from 0. */
export const bytes = (n: number): Bytes => (isBytes(n) ? n : refuse('a byte count', n))
/** Brands milliseconds; RangeError for anything but a whole number. */
export const millis = (n: number): Millis => (isMillis(n) ? n : refuse('a whole number of milliseconds', n))
/** Brands a line speed; RangeError for anything but a whole number above 0. */
export const baud = (n: number): Baud => (isBaud(n) ? n : refuse('a line speed', n))
