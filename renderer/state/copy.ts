// SPDX-License-Identifier: Apache-2.0
/** Puts text where the system pastes from; where it does not take it, what was there stays. */
export const copyText = (text: string): void => void navigator.clipboard.writeText(text).catch(() => undefined)
