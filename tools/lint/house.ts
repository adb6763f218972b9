// SPDX-License-Identifier: Apache-2.0
/** The house as data: which folder may import which, which npm package lives where, which file owns which power. */

/** The order inside the station: each layer may import itself and what stands before it. */
export const stationOrder = [
  'platform',
  'store',
  'audit',
  'identity',
  'trust',
  'media',
  'jobs',
  'bundles',
  'devices',
  'flashing',
  'telemetry',
  'campaigns',
  'exports',
]

/** Layers that stand beside each other: neither imports the other. */
const beside = [
  ['bundles', 'devices'],
  ['flashing', 'telemetry'],
]

/** npm package → zones (prefixes) that may import it. An unlisted package is an error everywhere but in test and tools. */
export const packages: Record<string, string[]> = {
  '@duckdb/node-api': ['main/cli'],
  '@fontsource/ibm-plex-mono': ['renderer'],
  '@fontsource/ibm-plex-sans': ['renderer'],
  '@lingui/core': ['renderer'],
  '@lingui/react': ['renderer'],
  '@mantine/core': ['renderer'],
  '@mantine/hooks': ['renderer'],
  '@noble/post-quantum': ['main/station/trust'],
  '@tabler/icons-react': ['renderer'],
  '@tanstack/react-virtual': ['renderer'],
  'age-encryption': ['main/station/exports', 'main/cli'],
  'better-sqlite3': ['main/station/store'],
  electron: ['main/shell', 'preload'],
  'get-nonce': ['renderer'],
  marked: ['renderer'],
  'node-forge': ['main/station/trust'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  recharts: ['renderer'],
  serialport: ['main/station/devices'],
  zod: ['shared', 'main', 'renderer'],
  zustand: ['renderer'],
}

/** Node modules that no product code may load: the application has no network. */
export const network = ['net', 'http', 'https', 'http2', 'tls', 'dgram', 'dns', 'dns/promises']

/** The file that takes them away from a running station. */
const networkBan = 'main/station/platform/network-ban.ts'

/** Powers with one owner each: a Node module or a global, and the only files (prefixes) that may use it. */
export const owners: Record<string, string[]> = {
  fs: ['main/station/platform/', 'main/shell/'],
  'fs/promises': ['main/station/platform/', 'main/shell/'],
  child_process: ['main/station/platform/', 'main/shell/', 'main/cli/'],
  os: ['main/station/platform/', 'main/shell/'],
  'Date.now': ['main/station/platform/clock.ts'],
  'new Date': ['main/station/platform/clock.ts'],
  'Math.random': [],
  // How long nobody has touched the page is the page's own to know: it keeps nothing by it.
  'performance.now': ['main/station/platform/clock.ts', 'main/shell/', 'renderer/state/idle.ts'],
  console: ['main/station/platform/log.ts'],
  fetch: [],
  WebSocket: [],
  EventSource: [],
  XMLHttpRequest: [],
}

/** The zone of a repository path: what the rules speak about. Undefined: not part of the house (test, tools, config). */
export const zoneOf = (path: string): string | undefined => {
  const parts = path.split('/')
  const [top, second, third] = parts
  if (top === 'main' && second === 'station') {
    if (third === undefined || third.endsWith('.ts')) return 'main/station'
    return `main/station/${third}`
  }
  if (top === 'main' && (second === 'shell' || second === 'cli')) return `main/${second}`
  if (top === 'renderer') return second === 'features' && third ? `renderer/features/${third}` : 'renderer'
  if (top === 'preload' || top === 'shared') return top
  return undefined
}

/** Why `from` may not import `to` (both repository paths), or undefined when it may. */
export const importFault = (from: string, to: string): string | undefined => {
  const source = zoneOf(from)
  const target = zoneOf(to)
  if (source === undefined) return undefined
  if (target === undefined) return `${source} imports ${to}, which is not product code`
  if (source === target || target === 'shared') return undefined
  if (source === 'main/cli') {
    return target.startsWith('main/station/') ? undefined : `the command line may not import ${target}`
  }
  if (source === 'main/station')
    return target.startsWith('main/station/') ? undefined : `the station may not import ${target}`
  if (source === 'renderer') return target.startsWith('renderer/') ? undefined : `the page may not import ${target}`
  if (source.startsWith('renderer/features/')) {
    return target === 'renderer' ? undefined : `features do not import each other (${target})`
  }
  if (source.startsWith('main/station/') && target.startsWith('main/station/')) {
    const [a, b] = [source.slice(13), target.slice(13)]
    const [i, j] = [stationOrder.indexOf(a), stationOrder.indexOf(b)]
    if (i < 0 || j < 0) return `${i < 0 ? a : b} is not a layer of the station`
    if (beside.some((pair) => pair.includes(a) && pair.includes(b))) return `${a} and ${b} stand beside each other`
    return j < i ? undefined : `${a} may not import ${b}: it stands above`
  }
  return `${source} may not import ${target}`
}

/** Why `from` may not load the package or Node module `name`, or undefined when it may. */
export const packageFault = (from: string, name: string): string | undefined => {
  const source = zoneOf(from)
  if (source === undefined) return undefined
  if (name.startsWith('node:')) return builtinFault(from, source, name.slice(5))
  const id = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
  const zones = packages[id]
  if (zones === undefined) return `${id} is not classified in tools/lint/house.ts`
  return zones.some((zone) => source.startsWith(zone)) ? undefined : `${id} may not be imported in ${source}`
}

const builtinFault = (from: string, source: string, name: string): string | undefined => {
  if (network.includes(name) && from !== networkBan) return `node:${name}: product code has no network`
  if (source === 'shared' || source === 'preload' || source.startsWith('renderer'))
    return `node:${name} is not there in ${source}`
  return ownerFault(from, name)
}

/** Why the file `from` may not use the power `name`, or undefined when it may. */
export const ownerFault = (from: string, name: string): string | undefined => {
  if (zoneOf(from) === undefined) return undefined
  const allowed = Object.hasOwn(owners, name) ? owners[name] : undefined
  if (allowed === undefined || allowed.some((prefix) => from.startsWith(prefix))) return undefined
  return `${name} belongs to ${allowed.join(', ') || 'nobody'}`
}
