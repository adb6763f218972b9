// SPDX-License-Identifier: Apache-2.0
import type { Millis } from '../../../shared/units.ts'
import { FlashError } from './flash-error.ts'

/** What has arrived on a port and nobody took yet; one reader at a time, or a sink that takes everything. */
export type Inbox = {
  push(chunk: Uint8Array): void
  read(length: number, within: Millis, signal?: AbortSignal): Promise<Uint8Array>
  discard(): void
  stream(sink: (chunk: Uint8Array) => void): () => void
  /** From now on, and for whoever waits, every read fails with `why`. */
  fail(why: Error): void
}

type Reader = { readonly length: number; readonly settle: (error?: unknown) => void }

/** An empty inbox. Errors of `read`: FlashError timeout, the error given to `fail`, the signal's reason. */
export const createInbox = (): Inbox => {
  let waiting = new Uint8Array(0)
  let reader: Reader | undefined
  let sink: ((chunk: Uint8Array) => void) | undefined
  let gone: Error | undefined

  const take = (length: number): Uint8Array => {
    const taken = waiting.slice(0, length)
    waiting = waiting.slice(length)
    return taken
  }

  return {
    push(chunk) {
      if (sink !== undefined) return sink(chunk)
      const joined = new Uint8Array(waiting.length + chunk.length)
      joined.set(waiting)
      joined.set(chunk, waiting.length)
      waiting = joined
      if (reader !== undefined && waiting.length >= reader.length) reader.settle()
    },
    read(length, within, signal) {
      if (reader !== undefined) throw new TypeError('a port has one reader at a time')
      if (signal?.aborted) return Promise.reject(signal.reason)
      if (gone !== undefined) return Promise.reject(gone)
      if (waiting.length >= length) return Promise.resolve(take(length))
      return new Promise((resolve, reject) => {
        const settle = (error?: unknown): void => {
          reader = undefined
          clearTimeout(timer)
          signal?.removeEventListener('abort', abort)
          if (error === undefined) resolve(take(length))
          else reject(error)
        }
        const abort = (): void => settle(signal?.reason)
        const timer = setTimeout(
          () => settle(new FlashError('timeout', { got: waiting }, { wanted: length, arrived: waiting.length })),
          within,
        )
        signal?.addEventListener('abort', abort, { once: true })
        reader = { length, settle }
      })
    },
    discard() {
      waiting = new Uint8Array(0)
    },
    stream(to) {
      sink = to
      if (waiting.length > 0) to(take(waiting.length))
      return () => {
        if (sink === to) sink = undefined
      }
    },
    fail(why) {
      gone = why
      reader?.settle(why)
    },
  }
}
