// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, TextInput } from '@mantine/core'
import { useRef, useState, type ReactElement, type RefObject } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Logo } from '../../components/logo.tsx'
import { Notice } from '../../components/notice.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { NewPassword } from './new-password.tsx'
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

/** The password of somebody who is known here: to be shown and pasted, with a word where Caps Lock is on. */
const Secret = ({
  field,
  value,
  change,
}: {
  field: RefObject<HTMLInputElement | null>
  value: string
  change: (password: string) => void
}): ReactElement => {
  const t = useText()
  const [caps, setCaps] = useState(false)
  return (
    <>
      <PasswordInput
        ref={field}
        label={t('person.password')}
        value={value}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        onKeyUp={(event) => setCaps(event.getModifierState('CapsLock'))}
        onKeyDown={(event) => setCaps(event.getModifierState('CapsLock'))}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <p className="strong" role="status">
        {caps && <Status shape="triangle" tone="attention" word={t('signIn.caps')} />}
      </p>
    </>
  )
}

/** The way in, in sight however much stands above it. */
const Foot = ({
  blocked,
  busy,
  locked,
}: {
  blocked: string | undefined
  busy: boolean
  locked: boolean
}): ReactElement => {
  const t = useText()
  return (
    <div className="door-foot">
      <Button kind="primary" wide type="submit" busy={busy} blocked={blocked} showReason>
        {busy ? t('signIn.checking') : locked ? t('signIn.unlock') : t('signIn.signIn')}
      </Button>
      {locked && (
        <Button wide onPress={() => void signOut()}>
          {t('signIn.other')}
        </Button>
      )}
    </div>
  )
}

/** Sign-in, and the lock: the name stands, the password is asked, the view behind is kept. */
export const SignIn = (): ReactElement => {
  const t = useText()
  const site = useStation(({ status }) => status?.site) ?? ''
  const readOnly = useStation(({ status }) => status?.state === 'read-only')
  const locked = useSession((session) => session.locked)
  const person = useSession((session) => session.person)
  const owes = useSession((session) => session.owes)
  const [login, setLogin] = useState(person?.login ?? recentPeople()[0]?.login ?? '')
  const [password, setPassword] = useState('')
  // Kept for as long as it has to be changed: nobody types it twice.
  const [given, setGiven] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const [action, run] = useAction()
  const submit = (): void =>
    run(async () => {
      setGiven('')
      await signIn(login, password).finally(() => setPassword(''))
      setGiven(password)
    })
  const untyped = password === '' ? t('signIn.fillPassword') : undefined
  const left = action.fault?.details['left']
  if (owes !== null && !locked) return <NewPassword owes={owes} login={login} given={given} />
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
      {typeof left === 'number' && (
        <p className="strong tone-bad" role="status">
          {t('signIn.left', { count: left })}
        </p>
      )}
      <Recent
        chosen={login}
        choose={(one) => {
          setLogin(one)
          field.current?.focus()
        }}
      />
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
        <Secret field={field} value={password} change={setPassword} />
        <Foot blocked={login === '' ? t('signIn.fill') : untyped} busy={action.busy} locked={locked} />
      </form>
    </main>
  )
}
