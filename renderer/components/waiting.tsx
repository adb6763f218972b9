// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import { useText } from '../text/use-text.ts'
import { Logo } from './logo.tsx'

/** Before the station answers. After five seconds it says what is being waited for. */
export const Waiting = ({ connected }: { connected: boolean }): ReactElement => {
  const t = useText()
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 5000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main className="door" role="main">
      <div className="door-mark">
        <Logo size={44} />
        <h1>Airlock</h1>
      </div>
      <p role="status" className="muted">
        {long ? t(connected ? 'door.slow' : 'door.lost') : t('door.opening')}
      </p>
    </main>
  )
}
