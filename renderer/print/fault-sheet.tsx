// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { isErrorCode } from '../../shared/error-codes.ts'
import { Facts } from '../components/facts.tsx'
import { useStation } from '../state/station.ts'
import { useErrorText } from '../text/error-text.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Line, Sheet } from './sheet.tsx'

/** What is wrong with the log, for those who have to decide: where it breaks, what it was signed with, what is blocked. */
export const FaultSheet = ({
  code,
  broken,
  copy,
}: {
  code: string
  broken: number | undefined
  copy: number | undefined
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const textOf = useErrorText()
  const status = useStation((state) => state.status)
  const words = isErrorCode(code) ? textOf(code, broken === undefined ? {} : { seq: broken }) : undefined
  return (
    <Sheet title={t('fault.title')} copy={copy} {...(status === undefined ? {} : { foot: status.audit.root })}>
      <p className="sheet-big">
        {broken === undefined ? (words?.headline ?? code) : t('audit.broken', { entry: broken })}
      </p>
      <p>{broken === undefined ? words?.state : t('audit.brokenMore', { before: broken })}</p>
      <Facts
        facts={[
          [t('common.code'), <span className="mono">{`${words?.number ?? ''} · ${code}`}</span>],
          [t('station.entries'), format.number(status?.audit.size ?? 0)],
          [t('station.root'), <span className="mono wrap">{status?.audit.root.match(/.{4}/g)?.join(' ')}</span>],
          [t('station.id'), <span className="mono">{status?.stationId ?? ''}</span>],
          [t('station.version'), <span className="mono">{status?.version ?? ''}</span>],
          [t('setUp.clock'), format.full(status?.now ?? 0)],
        ]}
      />
      <h3>{t('refusal.next')}</h3>
      <ol className="steps">
        {words?.next.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h3>{t('fault.taken')}</h3>
      <Line label={t('role.administrator')} />
      <Line label={t('role.officer')} />
    </Sheet>
  )
}
