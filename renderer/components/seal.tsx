// SPDX-License-Identifier: Apache-2.0
import { IconShieldCheckFilled } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useText } from '../text/use-text.ts'

/** That a bundle was verified, in one line under its name. */
export const Seal = ({ name }: { name: string }): ReactElement => {
  const t = useText()
  return (
    <div className="seal">
      <IconShieldCheckFilled size={32} aria-hidden className="tone-good" />
      <div>
        <h2>{name}</h2>
        <p className="tone-good strong">{t('common.verifiedBundle')}</p>
      </div>
    </div>
  )
}
