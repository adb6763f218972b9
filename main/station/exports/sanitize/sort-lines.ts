// SPDX-License-Identifier: Apache-2.0

/** Lines sorted by code units in pieces, so that nothing else waits long: `breathe` is called between pieces. */
export const sortLines = async (lines: string[], breathe: () => Promise<void>): Promise<string[]> => {
  const piece = 8192
  let runs: string[][] = []
  for (let start = 0; start < lines.length; start += piece) {
    runs.push(lines.slice(start, start + piece).sort())
    await breathe()
  }
  while (runs.length > 1) {
    const next: string[][] = []
    for (let i = 0; i < runs.length; i += 2) {
      const [a = [], b] = [runs[i], runs[i + 1]]
      next.push(b === undefined ? a : await mergeRuns(a, b, piece, breathe))
    }
    runs = next
  }
  return runs[0] ?? []
}

const mergeRuns = async (
  a: readonly string[],
  b: readonly string[],
  piece: number,
  breathe: () => Promise<void>,
): Promise<string[]> => {
  const out: string[] = []
  let [i, j] = [0, 0]
  let x = a[0]
  let y = b[0]
  while (x !== undefined || y !== undefined) {
    if (y === undefined || (x !== undefined && x <= y)) {
      if (x !== undefined) out.push(x)
      x = a[++i]
    } else {
      out.push(y)
      y = b[++j]
    }
    if (out.length % piece === 0) await breathe()
  }
  return out
}
