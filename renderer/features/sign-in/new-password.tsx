// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { Logo } from '../../components/logo.tsx'
import { isPassable, PasswordField } from '../../components/password-field.tsx'
import { useAction } from '../../state/action.ts'
import { changePassword, signOut, useSession } from '../../state/session.ts'
import { useText } from '../../text/use-text.ts'

/** After signing in with a password that somebody else gave, or that has grown old: a new one, before anything else. */
export const NewPassword = ({
  owes,
  login,
  given,
}: {
  owes: 'temporary' | 'ended'
  login: string
  given: string
}): ReactElement => {
  const t = useText()
  const name = useSession(({ person }) => person?.name ?? '')
  const [wanted, setWanted] = useState('')
  const [action, run] = useAction()
  const blocked = isPassable(wanted, login) ? undefined : t('password.incomplete')
  return (
    <main className="door">
      <div className="door-mark">
        <Logo size={44} />
        <h1>{t('password.title')}</h1>
        <p className="lead">{t(`password.${owes}`, { name })}</p>
      </div>
      <Fault fault={action.fault} />
      <Form className="stack" blocked={blocked} send={() => run(() => changePassword(given, wanted))}>
        <PasswordField label={t('password.wanted')} value={wanted} login={login} change={setWanted} />
        <Button kind="primary" wide type="submit" busy={action.busy} blocked={blocked} showReason>
          {t('password.change')}
        </Button>
        <Button wide onPress={() => void signOut()}>
          {t('frame.signOut')}
        </Button>
      </Form>
    </main>
  )
}
