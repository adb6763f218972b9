// SPDX-License-Identifier: Apache-2.0
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startConnection } from './state/connection.ts'

/** Puts the page up: styles that are made at run time bear the nonce of this load. */
export const start = (): void => {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
  setNonce(nonce)
  startConnection()
  const root = document.getElementById('root')
  if (root !== null) createRoot(root).render(<App nonce={nonce} />)
}
