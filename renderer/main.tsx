// SPDX-License-Identifier: Apache-2.0
import '@fontsource/ibm-plex-sans/400.css'
import '@fontsource/ibm-plex-sans/500.css'
import '@fontsource/ibm-plex-sans/600.css'
import '@fontsource/ibm-plex-mono/400.css'
import '@fontsource/ibm-plex-mono/500.css'
import '@mantine/core/styles.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/frame.css'
import './styles/components.css'
import './styles/bench.css'
import './styles/screens.css'
import './styles/forced-colors.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App } from './app.tsx'
import { startConnection } from './state/connection.ts'

// Without this zod tries to compile its parsers, which a strict content policy forbids and reports.
z.config({ jitless: true })

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
setNonce(nonce)
startConnection()
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App nonce={nonce} />)
