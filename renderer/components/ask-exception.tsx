// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { call } from '../state/connection.ts'
import type { RefusedResult } from '../state/imports.ts'
import { useSession } from '../state/session.ts'
import { refresh } from '../state/station.ts'
import { useText } from '../text/use-text.ts'
import { Notice } from './notice.tsx'
import { Statement } from './statement.tsx'

/** Beside the refusal of what has expired: whoever may import may ask that it is let in all the same. */
export const AskException = ({ result: { verdict, entry } }: { result: RefusedResult }): ReactElement | null => {
  const t = useText()
  const roles = useSession(({ person }) => person?.roles) ?? []
  const [said, setSaid] = useState(false)
  const possible = verdict.code === 'freshness.expired' || verdict.code === 'policy.expired'
  if (!possible || !(roles.includes('technician') || roles.includes('administrator'))) return null
  if (said) return <Notice tone="good" title={t('exception.said')} live />
  const say = async (reason: string, password: string): Promise<void> => {
    await call('override.ask', { entry, reason, password })
    setSaid(true)
    await refresh.overrides()
  }
  return (
    <details className="details">
      <summary>{t('exception.ask')}</summary>
      <div className="stack tight">
        <p>{t('exception.askHow')}</p>
        <Statement acts={[{ name: t('exception.send'), say }]} />
      </div>
    </details>
  )
}
