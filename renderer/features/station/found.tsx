// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Notice } from '../../components/notice.tsx'
import type { Status } from '../../state/station.ts'
import { useText, type Text } from '../../text/use-text.ts'

const kinds = ['exports.request', 'exports.write', 'bundles.check', 'bundles.import', 'trust.import'] as const

/** What was being done, in words. */
const workOf = (kind: string, t: Text): string => {
  const known = kinds.find((one) => one === kind)
  return t(known === undefined ? 'found.work.other' : `found.work.${known}`)
}

const sentence = (fact: Status['recovered'][number], t: Text): string => {
  if (fact.kind !== 'flash') return t(`found.${fact.kind}`, { count: fact.count })
  const { product, version, port, next } = fact
  return t('found.flash', { product, version, port, next: t(`found.next.${next}`) })
}

/** What the last start found and put right, and what it could not end. */
export const Found = ({ status }: { status: Status }): ReactElement | null => {
  const t = useText()
  // A flash that was cut off has its own sentence, with what to do next.
  const others = status.interrupted.filter(({ kind }) => kind !== 'flashing')
  if (status.recovered.length === 0 && others.length === 0) return null
  return (
    <Notice tone="attention" title={t('station.recovered')}>
      <ul>
        {status.recovered.map((fact) => (
          <li key={JSON.stringify(fact)}>{sentence(fact, t)}</li>
        ))}
        {others.map(({ jobId, kind, subject }) => (
          <li key={jobId}>{t('station.interrupted', { kind: workOf(kind, t), subject })}</li>
        ))}
      </ul>
    </Notice>
  )
}
