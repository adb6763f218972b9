// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { DisplayFields } from '../../components/display-fields.tsx'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { isSite, nameOf, type Draft } from './draft.ts'
import { Step, type Ways } from './step.tsx'

/** Language, theme, size. */
export const Language = ({ ways }: { ways: Ways }): ReactElement => {
  const t = useText()
  return (
    <Step title={t('setUp.language')} lead={t('setUp.languageLead')} ways={ways}>
      <DisplayFields />
    </Step>
  )
}

type DraftStep = { draft: Draft; change: (next: Partial<Draft>) => void; ways: Ways }

/** The site's short name: it stands in every record and archive. */
export const Site = ({ draft, change, ways }: DraftStep): ReactElement => {
  const t = useText()
  const good = isSite(draft.site)
  return (
    <Step
      title={t('setUp.site')}
      lead={t('setUp.siteLead')}
      ways={ways}
      blocked={good ? undefined : t('setUp.siteRule')}
    >
      <TextInput
        label={t('setUp.siteField')}
        description={t('setUp.siteRule')}
        value={draft.site}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => change({ site: currentTarget.value.toLowerCase() })}
      />
      <div className="wizard-pair">
        {(['hall', 'bench'] as const).map((field) => (
          <TextInput
            key={field}
            label={t(`setUp.${field}Field`)}
            description={t('setUp.placeHint', { example: `${t(`setUp.${field}Field`)} 3` })}
            value={draft[field]}
            maxLength={64}
            autoComplete="off"
            onChange={({ currentTarget }) => change({ [field]: currentTarget.value })}
          />
        ))}
      </div>
      <p className="card">
        {t('setUp.previewRecord')}: <span className="mono strong">{nameOf(draft)}</span>
      </p>
    </Step>
  )
}

/** The station's time, large: records use it. */
export const Clock = ({ ways }: { ways: Ways }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  const built = useStation(({ status }) => status?.built) ?? 0
  return (
    <Step
      title={t('setUp.clock')}
      lead={t('setUp.clockLead')}
      ways={ways}
      nextName={t('setUp.clockRight')}
      blocked={now < built ? t('setUp.clockBefore', { built: format.date(built) }) : undefined}
    >
      <div className="card">
        <p className="big">{format.clock(now)}</p>
        <p className="lead">
          {format.date(now)} · {format.offset(now)}
        </p>
      </div>
      <p className="muted">{t('setUp.clockWrong')}</p>
    </Step>
  )
}
