// SPDX-License-Identifier: Apache-2.0
import { EventEmitter } from 'node:events'

/** Electron's MessagePortMain in one process: in order, asynchronous, by structured clone; `close` is told to the other end. */
export class StandInPort extends EventEmitter {
  #other: StandInPort | undefined
  #open = true
  #started = false
  #waiting: unknown[] = []

  static pair(): { port1: StandInPort; port2: StandInPort } {
    const [port1, port2] = [new StandInPort(), new StandInPort()]
    port1.#other = port2
    port2.#other = port1
    return { port1, port2 }
  }

  postMessage(message: unknown): void {
    const [other, data] = [this.#other, structuredClone(message)]
    if (this.#open && other !== undefined) queueMicrotask(() => other.#deliver(data))
  }

  start(): void {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] })
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    const other = this.#other
    queueMicrotask(() => {
      if (other === undefined || !other.#open) return
      other.#open = false
      other.emit('close')
    })
  }

  #deliver(data: unknown): void {
    if (!this.#open) return
    if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
}
