// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Port } from './port.ts'

/** Several ports over one channel: each message carries its port's number; 0 is the host's own line. */
export const frameSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), port: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal('message'), port: z.number().int().min(0), message: z.unknown() }),
  z.strictObject({ kind: z.literal('close'), port: z.number().int().min(1) }),
])
export type Frame = z.infer<typeof frameSchema>

/** A two-way channel of frames, such as a child process's. */
export type Channel = {
  send(frame: Frame): void
  onFrame(listener: (frame: unknown) => void): void
  onEnd(listener: () => void): void
}

type Line = { messages: ((message: unknown) => void)[]; closed: (() => void)[]; waiting: unknown[]; open: boolean }

/** Messages that wait for the first listener: a page sends a handful while a station opens. */
const mostWaiting = 256

/** Splits a channel into ports. `onOpen` learns of each port that the other side opens. */
export const multiplex = (channel: Channel, onOpen: (port: Port, id: number) => void) => {
  const lines = new Map<number, Line>()
  const end = (id: number): void => {
    const line = lines.get(id)
    if (line === undefined) return
    lines.delete(id)
    line.open = false
    line.waiting = []
    for (const listener of line.closed) listener()
  }
  const portOf = (id: number): Port => {
    const line: Line = { messages: [], closed: [], waiting: [], open: true }
    lines.set(id, line)
    return {
      post: (message) => {
        if (lines.has(id)) channel.send({ kind: 'message', port: id, message })
      },
      onMessage(listener) {
        line.messages.push(listener)
        // What came before anybody listened waits: a station may take a second to open.
        for (const message of line.waiting.splice(0)) listener(message)
      },
      onClose(listener) {
        // A port may have gone before anybody came to serve it.
        if (line.open) line.closed.push(listener)
        else listener()
      },
      close: () => close(id),
    }
  }
  const close = (id: number): void => {
    if (lines.has(id)) channel.send({ kind: 'close', port: id })
    end(id)
  }
  const deliver = (id: number, message: unknown): void => {
    const line = lines.get(id)
    if (line === undefined) return
    for (const listener of line.messages) listener(message)
    if (line.messages.length > 0) return
    if (line.waiting.push(message) > mostWaiting) close(id)
  }
  channel.onFrame((raw) => {
    const frame = frameSchema.safeParse(raw)
    if (!frame.success) return
    const { data } = frame
    if (data.kind === 'open') {
      if (!lines.has(data.port)) onOpen(portOf(data.port), data.port)
    } else if (data.kind === 'close') end(data.port)
    else deliver(data.port, data.message)
  })
  channel.onEnd(() => [...lines.keys()].forEach(end))
  let lastPort = 0
  return {
    /** The line between a station and its host. */
    host: portOf(0),
    /** Opens a new port to the other side. */
    open(): Port {
      const id = ++lastPort
      channel.send({ kind: 'open', port: id })
      return portOf(id)
    },
  }
}
