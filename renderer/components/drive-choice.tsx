// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import { useState, type ReactElement } from 'react'
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

/** The drive that is meant: the only one, or the one that somebody has chosen; and the choice, where there are several. */
export const useDrive = (
  drives: readonly Drive[],
): { readonly drive: Drive | undefined; readonly choice: ReactElement | null } => {
  const [chosen, choose] = useState<string | undefined>(undefined)
  const drive = drives.find(({ id }) => id === chosen) ?? (drives.length === 1 ? drives[0] : undefined)
  const several = drives.length > 1
  return { drive, choice: several ? <DriveChoice drives={drives} chosen={drive?.id} choose={choose} /> : null }
}

/** Why nothing can be written to the drive that is meant; undefined where it can. */
export const useNotWritable = (drives: readonly Drive[], drive: Drive | undefined): string | undefined => {
  const t = useText()
  if (drives.length === 0) return t('write.noDrive')
  if (drive === undefined) return `${t('write.choose')}.`
  if (!drive.admitted) return t('drives.notAdmitted')
  return drive.readOnly ? t('write.readOnly') : undefined
}
