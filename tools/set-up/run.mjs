// SPDX-License-Identifier: Apache-2.0
/**
 * The door to every command: sets up what is missing, saying so first, then runs the command on Node 24.
 * Plain JavaScript for Node 20, no imports but Node's own: it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const bin = join(root, 'node_modules', '.bin')
/** On standard error: the output of a command is its own. */
const say = (text) => process.stderr.write(`set-up: ${text}\n`)
const stop = (text) => {
  process.stderr.write(`set-up: ${text}\n`)
  process.exit(1)
}

/** Debian packages by what needs them. The emulated board links libsimavr (GPL-3): test tools, never shipped. */
const board = [
  'gcc',
  'libc6-dev',
  'gcc-avr',
  'binutils-avr',
  'avr-libc',
  'arduino-core-avr',
  'libsimavr-dev',
  'libelf-dev',
]
const judges = [
  'git',
  'avrdude',
  'age',
  'zstd',
  'jq',
  'openssl',
  'tar',
  'libarchive-tools',
  'golang-go',
  'golang-golang-x-mod-dev',
]
/** A key that stays in its token: SoftHSM behind openssl's engine. */
const token = ['softhsm2', 'libengine-pkcs11-openssl']
/** They read back what was printed. */
const readers = ['poppler-utils']
/** The app runs in Chromium where Electron's binary is not there. */
const browser = ['chromium']
/** It sees what a program asks the system for. */
const witness = ['strace']
const commands = {
  demo: { script: 'tools/demo/main.ts', packages: board },
  test: { script: 'tools/test.ts', packages: [...board, ...judges, ...token, ...browser, ...readers, ...witness] },
  soak: { script: 'tools/soak.ts', packages: [...board, ...judges, ...token] },
  refusals: { script: 'tools/refusals.ts', packages: judges },
  bench: { script: 'tools/bench.ts', packages: [...board, ...judges, ...browser] },
  start: { script: 'tools/start.ts', packages: browser },
  // Paths in its words are those of the folder that the person stands in.
  airlock: { script: 'main/cli/main.ts', packages: [], cwd: process.env.INIT_CWD ?? process.cwd() },
}

const run = (command, words, options = {}) =>
  spawnSync(command, words, { cwd: root, stdio: 'inherit', ...options }).status ?? 1

const npm = (...words) => {
  const shell = process.platform === 'win32'
  if (run('npm', words, { shell, stdio: ['ignore', 'ignore', 'inherit'] }) !== 0)
    stop(`npm ${words[0]} failed: see its message above`)
}

const installPackages = () => {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const stamp = join(root, 'node_modules', '.airlock-set-up')
  const wanted = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('installing the npm packages of package-lock.json (npm ci)')
  // No package may compile or fetch anything: native modules bring their binaries along. Only node@24 places its own.
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error')
  npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error')
  assertNode()
  writeFileSync(stamp, wanted)
}

/** Under --ignore-scripts the devDependency node@24 is an empty shell, and the old Node would be used without a word. */
const assertNode = () => {
  const found = spawnSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? 'nothing'
  if (!found.startsWith('v24.')) {
    stop(
      `node_modules/.bin/node is ${found}, Node 24 is needed. Was npm told to ignore scripts? Run: npm rebuild node --ignore-scripts=false`,
    )
  }
}

const missingPackages = (names) =>
  names.filter((name) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' })
    return stdout !== 'install ok installed'
  })

const installSystemPackages = (names) => {
  if (names.length === 0) return
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) {
    say(`this system has no apt; needed: ${names.join(' ')}`)
    return
  }
  const missing = missingPackages(names)
  if (missing.length === 0) return
  say(`installing Debian packages by apt: ${missing.join(' ')}`)
  const asRoot = process.getuid() === 0 ? [] : ['sudo']
  const apt = (...words) => {
    const [command, ...rest] = [
      ...asRoot,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-qq',
      '-o',
      'DPkg::Lock::Timeout=300',
      ...words,
    ]
    return run(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  if (apt('update') !== 0) say('apt-get update failed; trying with the lists that are there')
  if (apt('install', '-y', '--no-install-recommends', ...missing) !== 0)
    stop(`apt could not install: ${missing.join(' ')}`)
}

const [name, ...words] = process.argv.slice(2)
installPackages()
assertNode()
if (name !== undefined) {
  const command = commands[name] ?? stop(`unknown command ${name}`)
  installSystemPackages(words.includes('--open') ? [...command.packages, ...browser] : command.packages)
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` }
  process.exitCode = run(join(bin, 'node'), [join(root, command.script), ...words], { env, cwd: command.cwd ?? root })
}
