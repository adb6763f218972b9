// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from 'node:util'

const names = ['data', 'drive', 'media', 'port'] as const

/**
 * The station's words out of the app's own: its data folder, folders that count as drives, folders below which
 * mounts do, ports that no list shows.
 * What else stands there (Electron's and Chromium's words) is left alone.
 */
export const stationWords = (argv: readonly string[], data: string): readonly string[] => {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string' },
      drive: { type: 'string', multiple: true },
      media: { type: 'string', multiple: true },
      port: { type: 'string', multiple: true },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given = tokens.flatMap((token) =>
    token.kind === 'option' && token.value !== undefined && names.some((name) => name === token.name)
      ? [`--${token.name}`, token.value]
      : [],
  )
  return given.includes('--data') ? given : ['--data', data, ...given]
}
