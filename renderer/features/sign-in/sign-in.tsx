// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Logo } from '../../components/logo.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAction } from '../../state/action.ts'
import { recentPeople, signIn, signOut, useSession } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** Who was here lately, as large buttons: a press fills the user name. */
const Recent = ({ chosen, choose }: { chosen: string; choose: (login: string) => void }): ReactElement | null => {
  const t = useText()
  const people = recentPeople()
  if (people.length === 0) return null
  return (
    <ul className="recent" aria-label={t('signIn.recent')}>
      {people.map(({ login, name, role }) => (
        <li key={login}>
          <button
            type="button"
            className="btn wide recent-person"
            aria-pressed={chosen === login}
            onClick={() => choose(login)}
          >
            <span>{name}</span>
            <span className="muted small">{t(`role.${role}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Sign-in, and the lock: the name stands, the password is asked, the view behind is kept. */
export const SignIn = (): ReactElement => {
  const t = useText()
  const site = useStation(({ status }) => status?.site) ?? ''
  const readOnly = useStation(({ status }) => status?.state === 'read-only')
  const locked = useSession((session) => session.locked)
  const person = useSession((session) => session.person)
  const [login, setLogin] = useState(person?.login ?? recentPeople()[0]?.login ?? '')
  const [password, setPassword] = useState('')
  const [caps, setCaps] = useState(false)
  const [action, run] = useAction()
  const submit = (): void =>
    run(async () => {
      await signIn(login, password).finally(() => setPassword(''))
    })
  return (
    <main className="door">
      <div className="door-mark">
        <Logo size={44} />
        <h1>{locked ? t('signIn.locked') : t('signIn.title')}</h1>
        <p className="lead">{locked ? t('signIn.lockedLead') : site}</p>
      </div>
      {readOnly && (
        <Notice tone="bad" title={t('signIn.readOnly')}>
          <p>{t('signIn.readOnlyNext')}</p>
        </Notice>
      )}
      <Fault fault={action.fault} />
      <Recent chosen={login} choose={setLogin} />
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (login !== '' && password !== '') submit()
        }}
      >
        <TextInput
          label={t('person.login')}
          value={login}
          autoComplete="username"
          spellCheck={false}
          onChange={({ currentTarget }) => setLogin(currentTarget.value)}
        />
        <PasswordInput
          label={t('person.password')}
          value={password}
          description={caps ? t('signIn.caps') : undefined}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
          onKeyUp={(event) => setCaps(event.getModifierState('CapsLock'))}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        <Button
          kind="primary"
          wide
          type="submit"
          busy={action.busy}
          blocked={login === '' || password === '' ? t('signIn.fill') : undefined}
          showReason
        >
          {action.busy ? t('signIn.checking') : locked ? t('signIn.unlock') : t('signIn.signIn')}
        </Button>
        {locked && (
          <Button wide onPress={() => void signOut()}>
            {t('signIn.other')}
          </Button>
        )}
      </form>
    </main>
  )
}
