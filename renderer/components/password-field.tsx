// SPDX-License-Identifier: Apache-2.0
import { PasswordInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { brokenRules, passwordRules } from '../../shared/password-rules.ts'
import { useText } from '../text/use-text.ts'
import { Status } from './status.tsx'

/** Whether the station would take it. */
export const isPassable = (password: string, login: string): boolean => brokenRules(password, login).length === 0

/** A new password: it can be pasted and shown; its rules tick while somebody types. */
export const PasswordField = ({
  label,
  value,
  login,
  change,
}: {
  label: string
  value: string
  login: string
  change: (password: string) => void
}): ReactElement => {
  const t = useText()
  const broken = brokenRules(value, login)
  // What hardly anybody ever types is named only when somebody did.
  const shown = passwordRules.filter((rule) => rule !== 'characters' || broken.includes(rule))
  return (
    <div className="stack tight">
      <PasswordInput
        label={label}
        value={value}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <ul className="ticks">
        {shown.map((rule) => {
          const ok = value !== '' && !broken.includes(rule)
          return (
            <li key={rule} data-rule={rule} data-ok={ok}>
              <Status shape={ok ? 'done' : 'ready'} tone={ok ? 'good' : 'quiet'} word={t(`person.rule.${rule}`)} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
