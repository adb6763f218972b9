// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { endSession } from '../../state/session.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { Step, type Ways } from './step.tsx'
import { Words, type Reviewed } from './words.tsx'

const empty = { login: '', password: '' }

type PolicyFile = { readonly driveId: string; readonly drive: string; readonly name: string }

/** Every trust file on any drive. */
const findPolicies = async (): Promise<PolicyFile[]> => {
  const { drives } = await call('media.list', {})
  return drives.flatMap(({ id, name: drive, files }) =>
    files.filter(({ kind }) => kind === 'trust').map(({ name }) => ({ driveId: id, drive, name })),
  )
}

type Who = typeof empty

/** Several trust files are a choice: whoever compares has the paper of one of them. */
const WhichPolicy = ({
  policies,
  busy,
  read,
  leave,
}: {
  policies: readonly PolicyFile[]
  busy: boolean
  read: (policy: PolicyFile) => void
  leave: () => void
}): ReactElement => {
  const t = useText()
  const [place, setPlace] = useState('')
  const chosen = place === '' ? undefined : policies[Number(place)]
  const blocked = chosen === undefined ? `${t('setUp.choosePolicy')}.` : undefined
  return (
    <Form className="stack" blocked={blocked} send={() => (chosen === undefined ? undefined : read(chosen))}>
      <NativeSelect
        label={t('setUp.whichPolicy')}
        description={t('setUp.whichPolicyHint')}
        value={place}
        data={[
          { value: '', label: t('setUp.choosePolicy') },
          ...policies.map(({ name, drive }, at) => ({ value: String(at), label: `${name} · ${drive}` })),
        ]}
        onChange={({ currentTarget }) => setPlace(currentTarget.value)}
      />
      <div className="wizard-foot">
        <Button onPress={leave}>{t('setUp.later')}</Button>
        <div>
          <Button kind="primary" type="submit" busy={busy} blocked={blocked} showReason>
            {t('setUp.readChosen')}
          </Button>
        </div>
      </div>
    </Form>
  )
}

/** Each of the two signs in here with their own name. */
const WhoIsIt = ({
  who,
  setWho,
  busy,
  begin,
  leave,
}: {
  who: Who
  setWho: (who: Who) => void
  busy: boolean
  begin: () => void
  leave: () => void
}): ReactElement => {
  const t = useText()
  const blocked = who.login === '' || who.password === '' ? t('signIn.fill') : undefined
  return (
    <Form className="stack" blocked={blocked} send={begin}>
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
      <div className="wizard-foot">
        <Button onPress={leave}>{t('setUp.later')}</Button>
        <div>
          <Button kind="primary" type="submit" busy={busy} blocked={blocked} showReason>
            {busy ? t('signIn.checking') : t('setUp.readPolicy')}
          </Button>
        </div>
      </div>
    </Form>
  )
}

/** Two people, one after the other, each sign in here and type four words of the paper. */
export const Trust = ({ ways, leave }: { ways: Ways; leave: () => void }): ReactElement => {
  const t = useText()
  const inForce = useStation(({ status }) => status?.trust !== null)
  return inForce ? (
    <Step title={t('setUp.trust')} lead={t('setUp.check.trustGood')} ways={ways}>
      <Compared count={2} />
    </Step>
  ) : (
    <Comparison next={ways.next} leave={leave} />
  )
}

/** How many of the two have compared. */
const Compared = ({ count }: { count: number }): ReactElement => {
  const t = useText()
  return (
    <ul className="ticks">
      {[1, 2].map((place) => (
        <li key={place}>
          <Status
            shape={count >= place ? 'done' : 'waiting'}
            tone={count >= place ? 'good' : 'quiet'}
            word={t(`setUp.${place === 1 ? 'first' : 'second'}Person${count >= place ? '' : 'Waits'}`)}
          />
        </li>
      ))}
    </ul>
  )
}

const Comparison = ({ next, leave }: { next: () => void; leave: () => void }): ReactElement => {
  const t = useText()
  const [who, setWho] = useState(empty)
  const [reviewed, setReviewed] = useState<Reviewed | undefined>(undefined)
  const [found, setFound] = useState<readonly PolicyFile[] | undefined>(undefined)
  const [confirmed, setConfirmed] = useState(0)
  const [signedIn, setSignedIn] = useState(false)
  const [action, run] = useAction()
  useEffect(() => (signedIn ? endSession : undefined), [signedIn])

  const review = async ({ driveId, name }: PolicyFile): Promise<void> =>
    setReviewed({ driveId, name, ...(await call('trust.review', { driveId, name })) })
  const begin = (): void =>
    run(async () => {
      await call('session.signIn', who)
      setSignedIn(true)
      const policies = await findPolicies()
      setFound(policies)
      const [only] = policies
      if (only !== undefined && policies.length === 1) await review(only)
    })
  const confirm = (words: readonly { position: number; word: string }[]): void =>
    run(async () => {
      if (reviewed === undefined) return
      const { driveId, name, manifest } = reviewed
      const { confirmations, inForce } = await call('trust.confirm', {
        driveId,
        name,
        manifest,
        words: [...words],
        password: who.password,
      })
      setConfirmed(confirmations)
      setReviewed(undefined)
      setFound(undefined)
      setWho(empty)
      setSignedIn(false)
      if (!inForce) return
      next()
      await refresh.status()
    })
  return (
    <div className="stack">
      <PageHead title={t('setUp.trust')} lead={t('setUp.trustLead')} />
      <Compared count={confirmed} />
      <Fault fault={action.fault} />
      {found?.length === 0 && (
        <Notice tone="attention" title={t('setUp.noPolicy')} live>
          <p>{t('setUp.noPolicyNext')}</p>
        </Notice>
      )}
      {reviewed !== undefined ? (
        <Words key={reviewed.manifest + who.login} reviewed={reviewed} busy={action.busy} confirm={confirm} />
      ) : found !== undefined && found.length > 1 ? (
        <WhichPolicy policies={found} busy={action.busy} read={(policy) => run(() => review(policy))} leave={leave} />
      ) : (
        <WhoIsIt who={who} setWho={setWho} busy={action.busy} begin={begin} leave={leave} />
      )}
    </div>
  )
}
