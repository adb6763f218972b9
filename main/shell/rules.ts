// SPDX-License-Identifier: Apache-2.0
/** What the shell allows, as pure answers. Everything that is not named here is refused. */
import { appOrigin, pageUrl } from './app-protocol.ts'

/** Requests: below the app's origin, and images that the page carries in itself. */
export const mayRequest = ({ url, resourceType }: { url: string; resourceType: string }): boolean =>
  url.startsWith(`${appOrigin}/`) || (resourceType === 'image' && url.startsWith('data:image/'))

/** Permissions: the page may put text on the clipboard (after a press, as Chromium sees to), and nothing else. */
export const mayHave = (permission: string): boolean => permission === 'clipboard-sanitized-write'

/** Navigation: the page may load itself again, whole, and nothing else; no frame goes anywhere. */
export const mayNavigate = ({ url, isMainFrame }: { url: string; isMainFrame: boolean }): boolean =>
  isMainFrame && url === pageUrl

/** Messages: only from the top frame of the page itself; a frame that is gone (null) says nothing any more. */
export const maySpeak = (frame: { readonly origin: string; readonly parent: unknown } | null): boolean =>
  frame !== null && frame.parent === null && frame.origin === appOrigin
