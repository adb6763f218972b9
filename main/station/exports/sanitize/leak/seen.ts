// SPDX-License-Identifier: Apache-2.0

/** A set of 64-bit fingerprints: values that were looked at and are clean. */
export type Seen = { has(a: number, b: number): boolean; add(a: number, b: number): void }

const full = 1 << 22

/** Open addressing over two words each; at four million it starts anew, which costs time and nothing else. */
export const createSeen = (): Seen => {
  let slots = 1 << 12
  let cells = new Int32Array(slots * 2)
  let count = 0
  const slotOf = (a: number, b: number): number => {
    let slot = (a ^ Math.imul(b, 0x85ebca6b)) & (slots - 1)
    while ((cells[slot * 2] !== 0 || cells[slot * 2 + 1] !== 0) && (cells[slot * 2] !== a || cells[slot * 2 + 1] !== b))
      slot = (slot + 1) & (slots - 1)
    return slot
  }
  const put = (a: number, b: number): void => {
    const slot = slotOf(a, b)
    cells[slot * 2] = a
    cells[slot * 2 + 1] = b
  }
  const grow = (): void => {
    const old = cells
    slots = slots < full ? slots * 2 : slots
    cells = new Int32Array(slots * 2)
    if (old.length === cells.length) count = 0
    else for (let i = 0; i < old.length; i += 2) if (old[i] !== 0 || old[i + 1] !== 0) put(old[i] ?? 0, old[i + 1] ?? 0)
  }
  return {
    has: (a, b) => {
      const slot = slotOf(a, b)
      return cells[slot * 2] === a && cells[slot * 2 + 1] === b && (a !== 0 || b !== 0)
    },
    add(a, b) {
      if (++count * 2 > slots) grow()
      put(a, b)
    },
  }
}
