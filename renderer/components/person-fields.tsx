// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useText } from '../text/use-text.ts'
import { PasswordField } from './password-field.tsx'

/** Somebody who is going to be added. */
export type NewPerson = { readonly name: string; readonly login: string; readonly password: string }
export const nobody: NewPerson = { name: '', login: '', password: '' }

/** Full name, user name, password with its rules as a list that ticks while typing; pasting works. */
export const PersonFields = ({
  person,
  change,
  passwordLabel,
}: {
  person: NewPerson
  change: (person: NewPerson) => void
  passwordLabel?: string
}): ReactElement => {
  const t = useText()
  return (
    <div className="stack">
      <TextInput
        label={t('person.name')}
        value={person.name}
        autoComplete="off"
        onChange={({ currentTarget }) => change({ ...person, name: currentTarget.value })}
      />
      <TextInput
        label={t('person.login')}
        value={person.login}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => change({ ...person, login: currentTarget.value })}
      />
      <PasswordField
        label={passwordLabel ?? t('person.password')}
        value={person.password}
        login={person.login}
        change={(password) => change({ ...person, password })}
      />
    </div>
  )
}
