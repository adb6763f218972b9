// SPDX-License-Identifier: Apache-2.0
import type { BrowserWindow, WebContents } from 'electron'
import { AirlockError } from '../../shared/errors.ts'
import type { HostContract } from '../../shared/host/host.ts'
import type { Handlers } from '../../shared/rpc/server.ts'

/** Electron's names of paper; a label is 57 × 32 mm, in micrometres. */
const sizes = { a4: 'A4', letter: 'Letter', label: { width: 57_000, height: 32_000 } } as const

const print = (contents: WebContents, paper: keyof typeof sizes, copies: number) =>
  new Promise<{ printed: boolean; reason: string }>((settle) =>
    contents.print({ pageSize: sizes[paper], copies }, (printed, reason) =>
      settle({ printed, reason: (reason ?? '').slice(0, 256) }),
    ),
  )

/** What the window does for the station: what it shows for paper, on paper or as a PDF. */
export const paperOf = (
  window: () => BrowserWindow | undefined,
): Pick<Handlers<HostContract, undefined>, 'host.print' | 'host.pdf'> => ({
  'host.print': ({ paper, count }) => {
    const page = window()
    return page === undefined ? { printed: false, reason: 'no window' } : print(page.webContents, paper, count)
  },
  'host.pdf': async () => {
    const page = window()
    if (page === undefined) throw new AirlockError('print.failed')
    const pdf = await page.webContents.printToPDF({ preferCSSPageSize: true })
    return { pdf: pdf.toString('base64') }
  },
})
