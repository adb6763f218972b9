// SPDX-License-Identifier: Apache-2.0
import { IconShieldCheckFilled, IconShieldHalfFilled, IconShieldX } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useStation } from '../state/station.ts'
import { useText } from '../text/use-text.ts'

const looks = {
  verified: { Icon: IconShieldCheckFilled, tone: 'tone-good' },
  excepted: { Icon: IconShieldHalfFilled, tone: 'tone-attention' },
  withdrawn: { Icon: IconShieldX, tone: 'tone-bad' },
} as const

/** Whether a bundle must not be used any more: by the recall list, or by two people at this site. */
export const useWithdrawn = (bundle: string | undefined): boolean =>
  useStation(({ withdrawn, withdrawnHere }) => [...withdrawn, ...withdrawnHere].some((one) => one.bundle === bundle))

/** What a bundle's signatures are worth here, in one line under its name; an exception of two people stays for ever. */
export const Seal = (props: { bundle: string; name: string; excepted: boolean }): ReactElement => {
  const t = useText()
  const trusted = props.excepted ? 'excepted' : 'verified'
  const state = useWithdrawn(props.bundle) ? 'withdrawn' : trusted
  const { Icon, tone } = looks[state]
  return (
    <div className="seal">
      <Icon size={32} aria-hidden className={tone} />
      <div>
        <h2>{props.name}</h2>
        <p className={`${tone} strong`}>{t(`seal.${state}`)}</p>
      </div>
    </div>
  )
}
