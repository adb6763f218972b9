// SPDX-License-Identifier: Apache-2.0
import { create } from 'zustand'

/** What lies over the open screen; `topic` is the page of the help. */
type Overlay =
  | { readonly open: undefined }
  | { readonly open: 'find' }
  | { readonly open: 'help'; readonly topic?: string }

export const useOverlay = create<Overlay>(() => ({ open: undefined }))

export const openFind = (): void => useOverlay.setState({ open: 'find' }, true)
export const openHelp = (topic?: string): void =>
  useOverlay.setState(topic === undefined ? { open: 'help' } : { open: 'help', topic }, true)
export const closeOverlay = (): void => useOverlay.setState({ open: undefined }, true)
