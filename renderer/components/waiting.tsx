// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { AirlockError } from '../../shared/errors.ts'
import { useConnection } from '../state/connection.ts'
import { useText } from '../text/use-text.ts'
import { Fault } from './fault.tsx'
import { Logo } from './logo.tsx'

/** Before the station answers: why it does not open, where it said so; after five seconds what is being waited for. */
export const Waiting = (): ReactElement => {
  const t = useText()
  const lost = useConnection((state) => state.lost)
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 5000)
    return () => clearTimeout(timer)
  }, [])
  const why = useMemo(
    () => (lost === undefined || lost === 'station.lost' ? undefined : new AirlockError(lost)),
    [lost],
  )
  const sentence = (): string => {
    // An Airlock that is too old for its records does not open however often it tries.
    if (why !== undefined) return why.code === 'storage.schema' ? '' : t('door.again')
    if (lost !== undefined) return t('door.lost')
    return t(long ? 'door.slow' : 'door.opening')
  }
  return (
    <main className="door" role="main">
      <div className="door-mark">
        <Logo size={44} />
        <h1>Airlock</h1>
      </div>
      <Fault fault={why} />
      <p role="status" className="muted">
        {sentence()}
      </p>
    </main>
  )
}
