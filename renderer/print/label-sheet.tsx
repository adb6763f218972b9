// SPDX-License-Identifier: Apache-2.0
import { IconSquareCheckFilled } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { LabelOf } from './records.ts'
import { useStation } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'

/** From this length on a serial number takes two lines: its digits stay at least 3 mm high. */
const oneLine = 14

const Label = ({ label, version, copy }: { label: LabelOf; version: string; copy: number }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const station = useStation(({ status }) => status?.stationId ?? '').slice(0, 8)
  const { serial, endedAt, entry } = label
  return (
    <div className="sticker">
      <p className={`label-serial mono ${serial.length > oneLine ? 'long' : ''}`}>{serial}</p>
      <p className="label-updated">
        <IconSquareCheckFilled size="5mm" aria-hidden />
        {t('label.updated', { version })}
      </p>
      <p className="label-foot">
        {format.date(endedAt)} {copy > 1 && <b className="sheet-copy">{t('print.copy', { copy })}</b>}
      </p>
      <p className="label-foot">{t('label.record', { station, entry })}</p>
    </div>
  )
}

/** One label for each device, 57 × 32 mm, black on white. */
export const LabelSheet = ({
  labels,
  version,
  copies,
}: {
  labels: readonly LabelOf[]
  version: string
  copies: readonly number[]
}): ReactElement => (
  <div className="labels">
    {labels.map((label, n) => (
      <Label key={label.jobId} label={label} version={version} copy={copies[n] ?? 1} />
    ))}
  </div>
)
