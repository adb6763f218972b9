// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { z } from 'zod'
import type { printKind } from '../../shared/contract/print-calls.ts'
import { keep } from './kept.ts'

export type PrintKind = z.infer<typeof printKind>

/** Something to be put on paper. `draw` is told which printing of each thing it draws, in the order of `ids`. */
export type Printable = {
  readonly kind: PrintKind
  readonly ids: readonly string[]
  readonly title: string
  readonly draw: (copies: readonly number[]) => ReactElement
}

/** What somebody is about to print; whoever comes next is not shown it. */
export const usePrint = keep<{ readonly asked: Printable | undefined }>({ asked: undefined })

/** Shows the preview: nothing is printed that nobody has seen. */
export const askPrint = (asked: Printable): void => usePrint.setState({ asked })
export const closePrint = (): void => usePrint.setState({ asked: undefined })
