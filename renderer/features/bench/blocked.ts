// SPDX-License-Identifier: Apache-2.0
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** Who works at the bench; everybody else looks. */
export const mayUpdate = ({ roles }: Person): boolean => roles.includes('technician')

/** Why whoever looks can change nothing here; undefined: they can. */
export const useMayNot = (person: Person): string | undefined => {
  const t = useText()
  return mayUpdate(person) ? undefined : t('bench.onlyTechnician')
}

/** Why nothing new begins here: the log does not fit its seal, and nothing could be entered into it. */
export const useLocked = (): string | undefined => {
  const t = useText()
  const code = useStation(({ status }) => status?.audit.code) ?? undefined
  return code === undefined ? undefined : t('bench.locked')
}
