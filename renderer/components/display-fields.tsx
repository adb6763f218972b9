// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import { setPreferences, usePreferences } from '../state/preferences.ts'
import { useText } from '../text/use-text.ts'

const languages = { en: 'English', de: 'Deutsch' } as const
const themes = ['system', 'light', 'dark', 'contrast'] as const
const sizes = ['normal', 'large'] as const

const choice =
  <T extends string>(known: readonly T[], take: (value: T) => void) =>
  (value: string): void => {
    const found = known.find((one) => one === value)
    if (found !== undefined) take(found)
  }

/** Language, theme, size of controls; each holds at once. */
export const DisplayFields = (): ReactElement => {
  const t = useText()
  const { language, theme, size } = usePreferences()
  return (
    <>
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
    </>
  )
}
