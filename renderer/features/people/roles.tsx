// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@mantine/core'
import type { ReactElement } from 'react'
import { roleName } from '../../../shared/contract/values.ts'
import type { Role } from '../../state/session.ts'
import { useText } from '../../text/use-text.ts'

/** The roles of a person, one or more. */
export const Roles = ({
  chosen,
  change,
}: {
  chosen: readonly Role[]
  change: (roles: readonly Role[]) => void
}): ReactElement => {
  const t = useText()
  return (
    <fieldset className="card">
      <legend>{t('people.roles')}</legend>
      <div className="stack tight">
        {roleName.options.map((role) => (
          <Checkbox
            key={role}
            label={t(`role.${role}`)}
            checked={chosen.includes(role)}
            onChange={({ currentTarget }) =>
              change(currentTarget.checked ? [...chosen, role] : chosen.filter((one) => one !== role))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
