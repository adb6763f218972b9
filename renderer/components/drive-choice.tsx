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
  return (
    <NativeSelect
      label={t('media.which')}
      value={chosen ?? ''}
      data={[
        { value: '', label: t('write.choose') },
        ...drives.map(({ id, name, total, free }) => ({
          value: id,
          label: t('media.choice', { name, total: size(total), free: size(free) }),
        })),
      ]}
      onChange={({ currentTarget: { value } }) => choose(value === '' ? undefined : value)}
    />
  )
}
