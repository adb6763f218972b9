// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { useStation } from '../state/station.ts'
import { useText } from '../text/use-text.ts'
import { Notice } from './notice.tsx'

/** Why a bundle must not be used any more, one notice for each entry of the recall list; nothing for a good one. */
export const WithdrawnNotices = ({ bundle }: { bundle: string }): ReactElement => {
  const t = useText()
  const withdrawn = useStation((state) => state.withdrawn).filter((one) => one.bundle === bundle)
  return (
    <>
      {withdrawn.map(({ entry, reason, instead }) => (
        <Notice key={entry} tone="bad" title={t('bundles.withdrawnTitle')}>
          <p>{t('bundles.withdrawnWhy', { entry, reason })}</p>
          <p>{t('keys.instead', { instead })}</p>
        </Notice>
      ))}
    </>
  )
}
