// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Notice } from '../../components/notice.tsx'
import type { ExportRequest } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

/** What was decided about an export: by whom, when, and why it was sent back. */
export const Decision = ({ request }: { request: ExportRequest }): ReactElement | null => {
  const t = useText()
  const { full } = useFormat()
  const { state, decision } = request
  if (state === 'voided')
    return (
      <Notice tone="bad" title={t('exports.state.voided')}>
        {t('exports.voided')}
      </Notice>
    )
  if (decision === null) return null
  const said = { name: decision.name, at: full(decision.at) }
  if (state !== 'rejected') return <Notice tone="good" title={t('decision.approved', said)} />
  return (
    <Notice tone="attention" title={t('decision.rejected', said)}>
      {t('decision.reason', { reason: decision.text })}
    </Notice>
  )
}
