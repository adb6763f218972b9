// SPDX-License-Identifier: Apache-2.0
/**
 * What the shell uses of Electron. It is handed in, never imported where it is used: the same shell runs over a stand-in
 * made of Chromium and Node where Electron's binary is not there.
 */
export type Electron = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'crashReporter'
  | 'dialog'
  | 'Menu'
  | 'MessageChannelMain'
  | 'protocol'
  | 'session'
  | 'utilityProcess'
>
