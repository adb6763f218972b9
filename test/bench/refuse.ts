// SPDX-License-Identifier: Apache-2.0
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyBundle } from '../../main/station/bundles/verify.ts'
import { openReader, type FileReader } from '../../main/station/platform/files.ts'
import { benchFolder } from '../support/bench-log.ts'
import { median, program, takeTurns, type Row } from '../support/bench-turns.ts'
import { writeBigBundle } from '../support/big-bundle.ts'
import { testClock } from '../support/clock.ts'
import { testPki } from '../support/pki.ts'

const rounds = 21
const sizes = { '1 KiB': 1024, '256 MiB': 256 * 1024 ** 2, '4 GiB': 4 * 1024 ** 3 } as const
type Size = keyof typeof sizes
const { policy, release } = testPki()
const context = {
  policy: { ...policy, limits: { ...policy.limits, maxBundleBytes: 2 ** 33 } },
  state: {
    now: testClock().now(),
    importer: '0.1.0',
    lastAuditTime: undefined,
    lastSignedTime: undefined,
    counters: {},
    freeBytes: 2 ** 40,
    imported: [],
  },
}

/** Judges a file as an import does; gives the bytes that were read of it. */
const refuse = async (path: string): Promise<number> => {
  const file = openReader(path)
  let count = 0
  const counting: FileReader = {
    ...file,
    read(position, length, room) {
      const chunk = file.read(position, length, room)
      count += chunk.length
      return chunk
    },
  }
  const { verdict } = await verifyBundle(counting, context)
  file.close()
  if (verdict.code !== 'sig.invalid') throw new Error(`the answer is ${verdict.code ?? verdict.verdict}`)
  return count
}

/** A forged signature on bundles of very different sizes, against `openssl cms -verify` of one manifest. */
export const run = async (): Promise<{ name: string; rows: Row[] }> => {
  const folder = benchFolder()
  try {
    const pathOf = (size: string): string => join(folder, size)
    for (const [size, bytes] of Object.entries(sizes))
      for (const { name, content } of writeBigBundle(pathOf(size), bytes, { sparse: true, forged: true }))
        writeFileSync(pathOf(name), content)
    writeFileSync(pathOf('trusted'), release.certificate)
    const words = ['cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any', '-no_check_time']
    const files = ['-in', 'manifest.json.release.p7s', '-content', 'manifest.json', '-CAfile', 'trusted', '-out', 'out']
    const paths = files.map((word) => (word.startsWith('-') ? word : pathOf(word)))
    const read: Partial<Record<Size, number>> = {}
    const judging = (size: Size) => ({ run: async () => (read[size] = await refuse(pathOf(size))) })
    const times = await takeTurns(rounds, {
      '1 KiB': judging('1 KiB'),
      '256 MiB': judging('256 MiB'),
      '4 GiB': judging('4 GiB'),
      openssl: { run: () => program('openssl', [...words, ...paths], true) },
    })
    const rows = (['1 KiB', '256 MiB', '4 GiB'] as const).flatMap((size): Row[] => [
      { what: `${size}: refused, median (asked: 50 ms)`, value: median(times[size]) * 1000, unit: 'ms' },
      { what: `${size}: slowest`, value: Math.max(...times[size]) * 1000, unit: 'ms' },
      { what: `${size}: read (asked: at most 2 MiB)`, value: (read[size] ?? 0) / 1024, unit: 'KiB' },
    ])
    const openssl = median(times.openssl)
    rows.push({ what: 'openssl cms -verify, median', value: openssl * 1000, unit: 'ms' })
    rows.push({ what: '4 GiB refused against openssl cms -verify', value: median(times['4 GiB']) / openssl, unit: '×' })
    return { name: 'refuse', rows }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
