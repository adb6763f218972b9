// SPDX-License-Identifier: Apache-2.0

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)), as far as drives need it. */
export type Mount = {
  /** Unlike the path, no two mounts have it at the same time. */
  readonly id: number
  /** `major:minor` of the device. */
  readonly device: string
  /** What of the volume is mounted; `/` for all of it. */
  readonly root: string
  readonly path: string
  /** For this mount or for the whole volume. */
  readonly readOnly: boolean
  readonly filesystem: string
  /** A device file, or whatever name the mount was given. */
  readonly source: string
}

/** Space, tab, line feed and backslash stand as three octal digits; UTF-8 passes through. */
const unescape = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(parseInt(digits, 8)))

const isReadOnly = (options: string): boolean => options.split(',').includes('ro')

/** Optional fields come before a lone dash; a line that is no such line gives nothing. */
const parseLine = (line: string): Mount[] => {
  const words = line.split(' ')
  const dash = words.indexOf('-', 6)
  const [id, , device, root, path, options] = words
  const [filesystem, source, ofVolume] = words.slice(dash + 1)
  if (dash < 0 || id === undefined || !/^\d+$/.test(id) || device === undefined || root === undefined) return []
  if (path === undefined || options === undefined || filesystem === undefined || source === undefined) return []
  return [
    {
      id: Number(id),
      device,
      root: unescape(root),
      path: unescape(path),
      readOnly: isReadOnly(options) || isReadOnly(ofVolume ?? ''),
      filesystem,
      source: unescape(source),
    },
  ]
}

/** The mounts of a process. Where several lie at one path, only the last one can be reached. */
export const parseMountinfo = (text: string): Mount[] => {
  const mounts = text.split('\n').flatMap(parseLine)
  const reached = new Map(mounts.map((mount) => [mount.path, mount.id]))
  return mounts.filter(({ path, id }) => reached.get(path) === id)
}
