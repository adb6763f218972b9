// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { PortMap } from '../../components/port-map.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { followStream } from '../../state/follow.ts'
import type { PortMap as Map } from '../../state/port-map.ts'
import { endSession } from '../../state/session.ts'
import { useText } from '../../text/use-text.ts'
import type { Ways } from './step.tsx'

/** The map as it is, for as long as somebody is signed in here. */
const Numbers = (): ReactElement | null => {
  const [map, setMap] = useState<Map | undefined>(undefined)
  useEffect(() => followStream('ports.watch', {}, () => true, setMap), [])
  return map === undefined ? null : <PortMap map={map} blocked={undefined} changed={setMap} />
}

/** The numbers stand in the log under somebody's name: an administrator signs in for them. */
const SignIn = ({ done }: { done: () => void }): ReactElement => {
  const t = useText()
  const [who, setWho] = useState({ login: '', password: '' })
  const [other, setOther] = useState(false)
  const [action, run] = useAction()
  const blocked = who.login === '' || who.password === '' ? t('signIn.fill') : undefined
  const enter = (): void =>
    run(async () => {
      const { person } = await call('session.signIn', who)
      if (person.roles.includes('administrator')) return done()
      setOther(true)
      setWho({ login: '', password: '' })
      await call('session.signOut', {})
    })
  return (
    <Form className="card stack" label={t('ports.signIn')} blocked={blocked} send={enter}>
      <p>{t('ports.signInWhy')}</p>
      <TextInput
        label={t('person.login')}
        value={who.login}
        autoComplete="off"
        onChange={({ currentTarget }) => setWho({ ...who, login: currentTarget.value })}
      />
      <PasswordInput
        label={t('person.password')}
        value={who.password}
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        onChange={({ currentTarget }) => setWho({ ...who, password: currentTarget.value })}
      />
      {other && <Notice tone="attention" title={t('ports.onlyAdministrator')} live />}
      <Fault fault={action.fault} />
      <div>
        <Button kind="primary" type="submit" busy={action.busy} blocked={blocked} showReason>
          {t('ports.signIn')}
        </Button>
      </div>
    </Form>
  )
}

/** One device into each port in turn: its tile lights up and asks what the sticker says. Nobody has to do it now. */
export const Ports = ({ ways }: { ways: Ways }): ReactElement => {
  const t = useText()
  const [signedIn, setSignedIn] = useState(false)
  useEffect(() => (signedIn ? endSession : undefined), [signedIn])
  return (
    <div className="stack">
      <PageHead title={t('setUp.ports')} lead={t('ports.stepLead')} />
      {signedIn ? <Numbers /> : <SignIn done={() => setSignedIn(true)} />}
      <div className="wizard-foot">
        {ways.back !== undefined && <Button onPress={ways.back}>{t('common.back')}</Button>}
        <div>
          <Button kind={signedIn ? 'primary' : 'standard'} onPress={ways.next}>
            {t(signedIn ? 'common.next' : 'ports.skip')}
          </Button>
        </div>
      </div>
    </div>
  )
}
