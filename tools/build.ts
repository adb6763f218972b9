// SPDX-License-Identifier: Apache-2.0
/** Bundles the app into `out`: one folder a process, as in the sources. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'

const root = join(import.meta.dirname, '..')

/** Native modules keep their own folders, and Electron brings itself. */
const external = ['electron', 'better-sqlite3', 'serialport', /^node:/]

type Bundle = { readonly entry: string; readonly folder: string; readonly format: 'es' | 'cjs' }

/** A process's program: all of its modules in one file, as they were written (no minifying: stack traces are read). */
const configOf = ({ entry, folder, format }: Bundle): InlineConfig => ({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: entry,
    target: 'node24',
    outDir: join(root, 'out', folder),
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      external,
      output: { format, entryFileNames: '[name].js', codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: ['electron', 'better-sqlite3', 'serialport'] },
})

/** The data that the station reads lies beside its program, as in the sources. */
const copyResources = (): void => {
  rmSync(join(root, 'out/resources'), { recursive: true, force: true })
  cpSync(join(root, 'resources'), join(root, 'out/resources'), { recursive: true })
}

/** React and its plug-in look at NODE_ENV, which a test runner sets to its own. */
const buildPage = async (): Promise<void> => {
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await build({ root: join(root, 'renderer'), configFile: join(root, 'vite.config.ts') })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

/** The parts of the app by name, in the order in which they are built. */
const parts = {
  page: buildPage,
  // A sandboxed preload has neither modules nor packages: one plain script.
  preload: () => build(configOf({ entry: 'preload/preload.ts', folder: 'preload', format: 'cjs' })),
  shell: () => build(configOf({ entry: 'main/shell/main.ts', folder: 'main/shell', format: 'es' })),
  station: () => build(configOf({ entry: 'main/station/main.ts', folder: 'main/station', format: 'es' })),
  resources: copyResources,
} as const
type Part = keyof typeof parts
const isPart = (word: string): word is Part => Object.hasOwn(parts, word)

/** Builds the parts named, or all of them. */
export const buildParts = async (names: readonly Part[] = Object.keys(parts).filter(isPart)): Promise<void> => {
  for (const name of names) await parts[name]()
}

if (import.meta.main) {
  const words = process.argv.slice(2)
  const wrong = words.filter((word) => !isPart(word))
  if (wrong.length > 0) throw new Error(`unknown: ${wrong.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  await buildParts(words.length === 0 ? undefined : words.filter(isPart))
}
