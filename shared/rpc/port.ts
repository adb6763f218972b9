// SPDX-License-Identifier: Apache-2.0
/** Two ends of a private line between a page (or a command) and the station: MessagePort, process channel, or in-process pair. */
export type Port = {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** An in-process pair, delivering asynchronously and in order, by structured clone like the real ones. */
export const portPair = (clone: (message: unknown) => unknown): [Port, Port] => {
  const ends = [emptyEnd(), emptyEnd()] as const
  let open = true
  const close = (): void => {
    if (!open) return
    open = false
    for (const end of ends) queueMicrotask(() => end.closed.forEach((listener) => listener()))
  }
  const portOf = (own: End, other: End): Port => ({
    post(message) {
      if (!open) return
      const copy = clone(message)
      queueMicrotask(() => other.listeners.forEach((listener) => listener(copy)))
    },
    onMessage: (listener) => void own.listeners.push(listener),
    onClose: (listener) => void own.closed.push(listener),
    close,
  })
  return [portOf(ends[0], ends[1]), portOf(ends[1], ends[0])]
}

type End = { listeners: ((message: unknown) => void)[]; closed: (() => void)[] }
const emptyEnd = (): End => ({ listeners: [], closed: [] })
