// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchFolder } from '../support/bench-log.ts'
import { openImporter, type BenchImporter } from '../support/bench-import.ts'
import { median, program, takeTurns, touchMemory, type Contender, type Row } from '../support/bench-turns.ts'
import { writeBigBundle } from '../support/big-bundle.ts'
import { testPki } from '../support/pki.ts'

const mebibyte = 1024 ** 2
const size = 256 * mebibyte
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7)
/** Payloads whose import may not grow the memory; 5120 takes minutes. */
const memorySizes = (process.env['BENCH_MEMORY'] ?? '256,1024').split(',').map(Number)
const policy = { ...testPki().policy, limits: { ...testPki().policy.limits, maxBundleBytes: 2 ** 33 } }

/** The same payload as a verity bundle of rauc; undefined where rauc or mksquashfs is not installed. */
const raucBundle = async (folder: string, image: string): Promise<{ bundle: string; keyring: string } | undefined> => {
  const [content, bundle] = [join(folder, 'rauc'), join(folder, 'image.raucb')]
  const [key, keyring] = [join(folder, 'rauc.key'), join(folder, 'rauc.pem')]
  mkdirSync(content)
  const manifest =
    '[update]\ncompatible=bench\nversion=1\n\n[bundle]\nformat=verity\n\n[image.app]\nfilename=image.bin\n'
  writeFileSync(join(content, 'manifest.raucm'), manifest)
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-subj', '/CN=bench']
  try {
    await program('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', keyring])
    await program('cp', [image, join(content, 'image.bin')])
    await program('rauc', [`--cert=${keyring}`, `--key=${key}`, 'bundle', content, bundle])
    return { bundle, keyring }
  } catch (error) {
    process.stderr.write(`import: without rauc: ${String(error)}\n`)
    return undefined
  } finally {
    rmSync(content, { recursive: true })
  }
}

const importer = (folder: string, bundle: string): Contender => {
  let station: BenchImporter | undefined
  const at = join(folder, 'station')
  const fresh = (): void => {
    station?.close()
    rmSync(at, { recursive: true, force: true })
    station = openImporter(at, policy)
  }
  fresh()
  return {
    async run() {
      const { verdict } = (await station?.run(bundle)) ?? {}
      if (verdict?.verdict !== 'accepted') throw new Error(`refused: ${verdict?.code}`)
    },
    clear: fresh,
  }
}

/** Bytes by which a station's process grows in importing a payload of so many MiB. */
const growth = async (folder: string, megabytes: number): Promise<number> => {
  const [bundle, rules, station] = ['sparse.airfw', 'policy.json', 'memory'].map((name) => join(folder, name))
  if (bundle === undefined || rules === undefined || station === undefined) throw new Error('no folder')
  writeBigBundle(bundle, megabytes * mebibyte, { sparse: true })
  writeFileSync(rules, JSON.stringify(policy))
  const child = join(import.meta.dirname, '../support/bench-import.ts')
  const grown = Number(await program(process.execPath, [child, station, rules, bundle]))
  rmSync(station, { recursive: true })
  return grown
}

/** One bundle verified, hashed and copied durably, against cp + sync, openssl's SHA-256 and rauc on the same bytes. */
export const run = async (): Promise<{ name: string; rows: Row[] }> => {
  const folder = benchFolder()
  try {
    const bundle = join(folder, 'pump.airfw')
    writeBigBundle(bundle, size)
    await program('sync', [bundle])
    const rauc = await raucBundle(folder, bundle)
    const [copy, extracted] = [join(folder, 'copy'), join(folder, 'extracted')]
    const contenders = {
      ours: importer(folder, bundle),
      cp: {
        async run() {
          await program('cp', [bundle, copy])
          await program('sync', [copy])
        },
        clear: () => rmSync(copy),
      },
      openssl: { run: () => program('openssl', ['dgst', '-sha256', bundle]) },
      rauc: {
        async run() {
          if (rauc === undefined) return
          await program('rauc', [`--keyring=${rauc.keyring}`, 'extract', rauc.bundle, extracted])
          await program('sync', [join(extracted, 'image.bin')])
        },
        clear: () => rmSync(extracted, { recursive: true, force: true }),
      },
    }
    const times = await takeTurns(rounds, contenders, touchMemory)
    const [ours, cp, openssl, extract] = [times.ours, times.cp, times.openssl, times.rauc].map(median)
    const against = (yardstick = 0): number => (ours ?? 0) / yardstick
    const rows: Row[] = [
      { what: 'bundle', value: size / mebibyte, unit: 'MiB' },
      { what: 'import, median', value: ours ?? 0, unit: 's' },
      { what: 'cp and sync, median', value: cp ?? 0, unit: 's' },
      { what: 'openssl dgst -sha256, median', value: openssl ?? 0, unit: 's' },
      {
        what: 'rauc extract (verity) and sync, median',
        value: rauc === undefined ? 'not here' : (extract ?? 0),
        unit: 's',
      },
      { what: 'import against cp and sync (asked: at most 1.6)', value: against(cp), unit: '×' },
      { what: 'the same, the best turn of each', value: Math.min(...times.ours) / Math.min(...times.cp), unit: '×' },
      { what: 'import against openssl dgst', value: against(openssl), unit: '×' },
      {
        what: 'import against rauc (asked: below 1)',
        value: rauc === undefined ? 'not here' : against(extract),
        unit: '×',
      },
    ]
    for (const megabytes of memorySizes) {
      const value = (await growth(folder, megabytes)) / mebibyte
      rows.push({ what: `memory grown by ${megabytes} MiB (asked: at most 64)`, value, unit: 'MiB' })
    }
    return { name: 'import', rows }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
