// SPDX-License-Identifier: Apache-2.0
type Box = { readonly x: number; readonly y: number }

/** Which of the boxes lies next in a direction: in the same row beside it, in the next row nearest above or below. */
export const nextBox = (boxes: readonly Box[], from: number, key: string): number | undefined => {
  const here = boxes[from]
  if (here === undefined) return undefined
  if (key === 'ArrowLeft') return from > 0 ? from - 1 : undefined
  if (key === 'ArrowRight') return from < boxes.length - 1 ? from + 1 : undefined
  const down = key === 'ArrowDown'
  const beyond = boxes.filter(({ y }) => (down ? y > here.y : y < here.y))
  const row = down ? Math.min(...beyond.map(({ y }) => y)) : Math.max(...beyond.map(({ y }) => y))
  const nearest = beyond
    .filter(({ y }) => y === row)
    .toSorted((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x))[0]
  return nearest === undefined ? undefined : boxes.indexOf(nearest)
}
