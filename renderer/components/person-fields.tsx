// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useText } from '../text/use-text.ts'
import { Status } from './status.tsx'
import { passwordTicks } from './password-rules.ts'

/** Somebody who is going to be added. */
export type NewPerson = { readonly name: string; readonly login: string; readonly password: string }
export const nobody: NewPerson = { name: '', login: '', password: '' }

/** Full name, user name, password with its rules as a list that ticks while typing; pasting works. */
export const PersonFields = ({
  person,
  change,
}: {
  person: NewPerson
  change: (person: NewPerson) => void
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
      <PasswordInput
        label={t('person.password')}
        value={person.password}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        onChange={({ currentTarget }) => change({ ...person, password: currentTarget.value })}
      />
      <ul className="ticks">
        {passwordTicks(person.password, person.login).map(({ rule, ok }) => (
          <li key={rule}>
            <Status shape={ok ? 'done' : 'ready'} tone={ok ? 'good' : 'quiet'} word={t(`person.rule.${rule}`)} />
          </li>
        ))}
      </ul>
    </div>
  )
}
