// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { useStation, type WithdrawnHere } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Notice } from './notice.tsx'

const useStory = () => {
  const t = useText()
  const { full } = useFormat()
  return ({ kind, what, at, askedBy, signedBy, reason }: WithdrawnHere): string => {
    const story = t('withdrawal.here', { at: full(at), first: askedBy, second: signedBy, reason })
    return kind === 'key' ? t('withdrawal.byKey', { what, story }) : story
  }
}

/** Why a bundle must not be used any more: each entry of the recall list, two people at this site; nothing for a good one. */
export const WithdrawnNotices = ({ bundle }: { bundle: string }): ReactElement => {
  const t = useText()
  const withdrawn = useStation((state) => state.withdrawn).filter((one) => one.bundle === bundle)
  const here = useStation((state) => state.withdrawnHere).filter((one) => one.bundle === bundle)
  const story = useStory()
  return (
    <>
      {here.map((one) => (
        <Notice key={one.at} tone="bad" title={t('bundles.withdrawnHereTitle')}>
          <p>{story(one)}</p>
        </Notice>
      ))}
      {withdrawn.map(({ entry, reason, instead }) => (
        <Notice key={entry} tone="bad" title={t('bundles.withdrawnTitle')}>
          <p>{t('bundles.withdrawnWhy', { entry, reason })}</p>
          <p>{t('keys.instead', { instead })}</p>
        </Notice>
      ))}
    </>
  )
}
