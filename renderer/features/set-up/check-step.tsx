// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Status } from '../../components/status.tsx'
import { go } from '../../state/route.ts'
import { useStation, type Status as StationStatus } from '../../state/station.ts'
import { shortDigest, type Format } from '../../text/format.ts'
import { useFormat, useText, type Text } from '../../text/use-text.ts'
import { nameOf } from './draft.ts'
import { Step, type Ways } from './step.tsx'

type Line = { readonly word: string; readonly tone: 'good' | 'attention' | 'bad' }

/** What is ready: good; what can wait: attention; what stops the work: bad. */
const linesOf = (status: StationStatus, t: Text, format: Format): readonly Line[] => {
  const { clock, storage, trust, enrolled, audit } = status
  const free = { free: format.size(storage.free) }
  const named = { site: status.site ?? '', hall: status.hall ?? '', bench: status.bench ?? '' }
  const line = (good: boolean, yes: string, no: string, otherwise: Line['tone']): Line =>
    good ? { word: yes, tone: 'good' } : { word: no, tone: otherwise }
  const clockWrong = clock.state === 'behind' || clock.state === 'ahead'
  const storageWrong = storage.state === 'full' || storage.state === 'reserve'
  return [
    { word: t('setUp.check.site', { name: nameOf(named) }), tone: 'good' },
    line(
      clock.state === 'good',
      t('setUp.check.clockGood'),
      t('setUp.check.clockBad'),
      clockWrong ? 'bad' : 'attention',
    ),
    line(
      storage.state === 'good',
      t('setUp.check.storageGood', free),
      t('setUp.check.storageBad', free),
      storageWrong ? 'bad' : 'attention',
    ),
    { word: t('setUp.check.people'), tone: 'good' },
    line(trust !== null, t('setUp.check.trustGood'), t('setUp.check.trustBad'), 'bad'),
    line(audit.code === null, t('setUp.check.logGood', { count: audit.size }), t('setUp.check.logBad'), 'bad'),
    line(enrolled, t('setUp.check.enrolledGood'), t('setUp.check.enrolledLater'), 'attention'),
  ]
}

const shapeOf = { good: 'done', attention: 'triangle', bad: 'octagon' } as const

/** The last page: everything at one look, and the record of it on paper or as a file. */
export const Check = ({ ways }: { ways: Ways }): ReactElement | null => {
  const t = useText()
  const format = useFormat()
  const status = useStation((state) => state.status)
  if (status === undefined) return null
  return (
    <Step
      title={t('setUp.check')}
      lead={t('setUp.checkLead')}
      nextName={t('setUp.openBench')}
      ways={{
        ...ways,
        next: () => {
          go('bench')
          ways.next()
        },
      }}
    >
      <ul className="card ticks">
        {linesOf(status, t, format).map(({ word, tone }) => (
          <li key={word}>
            <Status shape={shapeOf[tone]} tone={tone} word={word} />
          </li>
        ))}
      </ul>
      <section className="card" aria-label={t('setUp.record')}>
        <h2>{t('setUp.record')}</h2>
        <div className="wizard-pair">
          <Facts
            facts={[
              [t('setUp.site'), status.site ?? '–'],
              [t('setUp.hallField'), status.hall || '–'],
              [t('setUp.benchField'), status.bench || '–'],
              [t('clock.now'), format.full(status.now)],
            ]}
          />
          <Facts
            facts={[
              [t('station.id'), <span className="mono">{status.stationId}</span>],
              [t('station.version'), <span className="mono">{status.version}</span>],
              [
                t('station.trust'),
                status.trust === null ? '–' : <span className="mono">{shortDigest(status.trust.manifest)}</span>,
              ],
              [t('station.root'), <span className="mono">{shortDigest(status.audit.root)}</span>],
            ]}
          />
        </div>
      </section>
      <div>
        <Button onPress={() => window.print()}>{t('setUp.printRecord')}</Button>
      </div>
      <p className="muted to-end">{t('setUp.openBenchMore')}</p>
    </Step>
  )
}
