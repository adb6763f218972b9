// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Drive } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'

/** Several drives lead to a choice; what tells them apart stands in it: name, size, free space. */
export const DriveChoice = ({
  drives,
  chosen,
  choose,
}: {
  drives: readonly Drive[]
  chosen: string | undefined
  choose: (id: string | undefined) => void
}): ReactElement => {
  const t = useText()
  const { size } = useFormat()
  const labelOf = ({ name, total, free, registered, admitted }: Drive): string => {
    const label = t('media.choice', { name, total: size(total), free: size(free) })
    if (registered !== null) return `${label} · ${t('drives.known', registered)}`
    return admitted ? label : `${label} · ${t('drives.unknown')}`
  }
  return (
    <NativeSelect
      label={t('media.which')}
      value={chosen ?? ''}
      data={[
        { value: '', label: t('write.choose') },
        ...drives.map((drive) => ({ value: drive.id, label: labelOf(drive) })),
      ]}
      onChange={({ currentTarget: { value } }) => choose(value === '' ? undefined : value)}
    />
  )
}
