// SPDX-License-Identifier: Apache-2.0
import { PasswordInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from './components/button.tsx'
import { Dialog } from './components/dialog.tsx'
import { Fault } from './components/fault.tsx'
import { Form } from './components/form.tsx'
import { isPassable, PasswordField } from './components/password-field.tsx'
import { useAction } from './state/action.ts'
import { changePassword } from './state/session.ts'
import { useText } from './text/use-text.ts'

/** One's own password, from the person menu: the one of now, then the new one. */
export const ChangePassword = ({ login, onClose }: { login: string; onClose: () => void }): ReactElement => {
  const t = useText()
  const [now, setNow] = useState('')
  const [wanted, setWanted] = useState('')
  const [action, run] = useAction()
  const blocked = now !== '' && isPassable(wanted, login) ? undefined : t('password.incompleteBoth')
  const change = (): void =>
    run(async () => {
      await changePassword(now, wanted)
      onClose()
    })
  return (
    <Dialog title={t('password.own')} onClose={onClose}>
      <Form className="stack" blocked={blocked} send={change}>
        <Fault fault={action.fault} />
        <PasswordInput
          label={t('password.now')}
          value={now}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
          onChange={({ currentTarget }) => setNow(currentTarget.value)}
        />
        <PasswordField label={t('password.wanted')} value={wanted} login={login} change={setWanted} />
        <div className="row end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked} showReason>
              {t('password.change')}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}
