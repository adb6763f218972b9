// SPDX-License-Identifier: Apache-2.0
import './jitless.ts'
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
import './styles/find.css'
import './styles/print.css'
import './styles/media.css'
import './styles/forced-colors.css'

// A chunk of its own: what it needs is loaded, and makes its schemas, only after `jitless` has run.
void import('./start.tsx').then(({ start }) => start())
