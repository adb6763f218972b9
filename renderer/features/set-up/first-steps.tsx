// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { setPreferences, usePreferences } from '../../state/preferences.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { isSite, type Draft } from './draft.ts'
import { Step, type Ways } from './step.tsx'

const languages = { en: 'English', de: 'Deutsch' } as const
const themes = ['system', 'light', 'dark', 'contrast'] as const
const sizes = ['normal', 'large'] as const

const choice =
  <T extends string>(known: readonly T[], take: (value: T) => void) =>
  (value: string): void => {
    const found = known.find((one) => one === value)
    if (found !== undefined) take(found)
  }

/** Language, theme, size. */
export const Language = ({ ways }: { ways: Ways }): ReactElement => {
  const t = useText()
  const { language, theme, size } = usePreferences()
  return (
    <Step title={t('setUp.language')} lead={t('setUp.languageLead')} ways={ways}>
      <NativeSelect
        label={t('setUp.languageField')}
        value={language}
        data={(['en', 'de'] as const).map((value) => ({ value, label: languages[value] }))}
        onChange={({ currentTarget }) =>
          choice(['en', 'de'], (one) => setPreferences({ language: one }))(currentTarget.value)
        }
      />
      <NativeSelect
        label={t('setUp.themeField')}
        value={theme}
        data={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={({ currentTarget }) => choice(themes, (one) => setPreferences({ theme: one }))(currentTarget.value)}
      />
      <NativeSelect
        label={t('setUp.sizeField')}
        value={size}
        data={sizes.map((value) => ({ value, label: t(`setUp.size.${value}`) }))}
        onChange={({ currentTarget }) => choice(sizes, (one) => setPreferences({ size: one }))(currentTarget.value)}
      />
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
      <p className="card">
        {t('setUp.sitePreview')} <span className="mono strong">{draft.site === '' ? '…' : draft.site}</span>
      </p>
    </Step>
  )
}

/** The station's time, large: records use it. */
export const Clock = ({ ways }: { ways: Ways }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <Step title={t('setUp.clock')} lead={t('setUp.clockLead')} ways={ways} nextName={t('setUp.clockRight')}>
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
