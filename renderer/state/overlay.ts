// SPDX-License-Identifier: Apache-2.0
import { keep } from './kept.ts'

/** What lies over the open screen. */
export const useOverlay = keep<{ readonly open: 'find' | 'help' | undefined }>({ open: undefined })

export const openFind = (): void => useOverlay.setState({ open: 'find' })
export const openHelp = (): void => useOverlay.setState({ open: 'help' })
export const closeOverlay = (): void => useOverlay.setState({ open: undefined })
