// SPDX-License-Identifier: Apache-2.0
import { PasswordInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { useAction } from '../state/action.ts'
import { useText } from '../text/use-text.ts'
import { useErrorText } from '../text/error-text.ts'
import { Button } from './button.tsx'
import { Fault } from './fault.tsx'
import { Form, Reason } from './form.tsx'
import { Notice } from './notice.tsx'

/** What somebody can say with a reason and the password; `name` stands on its button. */
export type Act = { readonly name: string; readonly say: (reason: string, password: string) => Promise<unknown> }

/** A reason and the password, which is all that is cleared after an error, for one of several acts. Enter says a single one. */
export const Statement = ({
  acts,
  why,
  stands,
  said,
}: {
  acts: readonly Act[]
  /** What the reason is asked for by; else it is called so. */
  why?: string
  /** What stands against it besides. */
  stands?: string | undefined
  /** What came of it. */
  said?: string | undefined
}): ReactElement => {
  const t = useText()
  const textOf = useErrorText()
  const [reason, setReason] = useState('')
  const [password, setPassword] = useState('')
  const [action, run] = useAction()
  // Only the password is asked for: where it is the wrong one, its field says so.
  const wrong = action.fault?.code === 'person.credentials' ? textOf('person.credentials').number : undefined
  const missing = reason.trim() === '' ? t('exception.needReason') : undefined
  const blocked = stands ?? missing ?? (password === '' ? t('exception.needPassword') : undefined)
  const take = ({ say }: Act): void =>
    run(async () => {
      setPassword('')
      await say(reason, password)
      setReason('')
    })
  const only = acts.length === 1
  return (
    <Form blocked={blocked} send={() => (only ? acts.forEach(take) : undefined)}>
      <Reason label={why ?? t('exception.why')} value={reason} change={setReason} />
      <PasswordInput
        label={t('person.password')}
        value={password}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        error={wrong === undefined ? undefined : <span role="alert">{t('sign.wrongPassword', { number: wrong })}</span>}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {wrong === undefined && <Fault fault={action.fault} />}
      {said !== undefined && <Notice tone="good" title={said} live />}
      <div className="row">
        {acts.map((act, n) => (
          <Button
            key={act.name}
            type={only ? 'submit' : 'button'}
            blocked={blocked}
            showReason={n === 0}
            busy={action.busy}
            {...(only ? {} : { onPress: () => take(act) })}
          >
            {act.name}
          </Button>
        ))}
      </div>
    </Form>
  )
}
