// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { useAction } from '../state/action.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Fault } from './fault.tsx'

/** A reason and the password, which is all that is cleared after an error, for one of several acts. */
export const Statement = ({
  acts,
}: {
  acts: readonly { readonly name: string; readonly say: (reason: string, password: string) => Promise<unknown> }[]
}): ReactElement => {
  const t = useText()
  const [reason, setReason] = useState('')
  const [password, setPassword] = useState('')
  const [action, run] = useAction()
  const missing = reason.trim() === '' ? t('exception.needReason') : undefined
  const blocked = missing ?? (password === '' ? t('exception.needPassword') : undefined)
  return (
    <div className="stack tight">
      <TextInput
        label={t('exception.why')}
        value={reason}
        maxLength={1000}
        autoComplete="off"
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <PasswordInput
        label={t('person.password')}
        value={password}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Fault fault={action.fault} />
      <div className="row">
        {acts.map(({ name, say }, n) => (
          <Button
            key={name}
            blocked={blocked}
            showReason={n === 0}
            busy={action.busy}
            onPress={() =>
              run(async () => {
                setPassword('')
                await say(reason, password)
              })
            }
          >
            {name}
          </Button>
        ))}
      </div>
    </div>
  )
}
