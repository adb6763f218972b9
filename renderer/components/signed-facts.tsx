// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { useStation } from '../state/station.ts'
import { shortDigest } from '../text/format.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Facts } from './facts.tsx'

/** What a signature will say: who, when, and exactly what. */
export const SignedFacts = ({ name, contentDigest }: { name: string; contentDigest: string }): ReactElement => {
  const t = useText()
  const { full } = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <Facts
      facts={[
        [t('sign.signs'), name],
        [t('sign.now'), full(now)],
        [t('sign.contents'), <span className="mono">{shortDigest(contentDigest)}</span>],
      ]}
    />
  )
}
