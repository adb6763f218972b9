// SPDX-License-Identifier: Apache-2.0
import { Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'
import type { AirlockError } from '../../../shared/errors.ts'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { SignedFacts } from '../../components/signed-facts.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import type { Person } from '../../state/session.ts'
import { refresh, type ExportRequest } from '../../state/station.ts'
import { isOwn } from '../../state/waiting.ts'
import { useErrorText } from '../../text/error-text.ts'
import { useText } from '../../text/use-text.ts'
import { blockedBy, totalsOf, type Blocked, type Preview } from './review-model.ts'

const Tick = ({ ok, word }: { ok: boolean; word: string }): ReactElement => (
  <li>
    <Status shape={ok ? 'done' : 'triangle'} tone={ok ? 'good' : 'attention'} word={word} />
  </li>
)

const Checklist = ({
  preview,
  officer,
  ownRequest,
  undecided,
}: {
  preview: Preview
  /** Whether whoever looks is of those who sign. */
  officer: boolean
  ownRequest: boolean
  undecided: number
}): ReactElement => {
  const t = useText()
  return (
    <section className="card">
      <h2>{t(officer ? 'sign.before' : 'sign.checked')}</h2>
      <ul className="ticks">
        <Tick ok word={t('sign.rules')} />
        <Tick ok word={t('sign.leak', { count: totalsOf(preview).recordsOut })} />
        {officer && <Tick ok={!ownRequest} word={t(ownRequest ? 'sign.samePerson' : 'sign.otherPerson')} />}
        <Tick ok={undecided === 0} word={t('sign.undecided', { count: undecided })} />
      </ul>
    </section>
  )
}

/** Fields that no earlier approval let out: each is let out knowingly, or the export is rejected. */
const NewFields = ({
  fields,
  decided,
  decide,
}: {
  fields: readonly string[]
  decided: readonly string[]
  decide: (fields: readonly string[]) => void
}): ReactElement => {
  const t = useText()
  return (
    <fieldset className="card">
      <legend>{t('sign.newFields', { count: fields.length })}</legend>
      <div className="stack tight">
        {fields.map((field) => (
          <Checkbox
            key={field}
            label={<span className="mono small">{field}</span>}
            checked={decided.includes(field)}
            onChange={({ currentTarget }) =>
              decide(currentTarget.checked ? [...decided, field] : decided.filter((one) => one !== field))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

type Meaning = 'approve' | 'reject'

const Choice = ({ meaning, choose }: { meaning: Meaning; choose: (meaning: Meaning) => void }): ReactElement => {
  const t = useText()
  return (
    <Radio.Group
      value={meaning}
      aria-label={t('sign.meaning')}
      onChange={(value) => choose(value === 'reject' ? 'reject' : 'approve')}
    >
      <div className="stack tight">
        <Radio value="approve" label={t('sign.approve')} />
        <Radio value="reject" label={t('sign.reject')} />
      </div>
    </Radio.Group>
  )
}

/** Only the password is asked for: where it is the wrong one, its field says so. */
const Secret = ({
  name,
  value,
  fault,
  change,
}: {
  name: string
  value: string
  fault: AirlockError | undefined
  change: (password: string) => void
}): ReactElement => {
  const t = useText()
  const textOf = useErrorText()
  const wrong = fault?.code === 'person.credentials' ? textOf(fault.code).number : undefined
  return (
    <>
      <PasswordInput
        label={t('sign.password', { name })}
        value={value}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        error={wrong === undefined ? undefined : <span role="alert">{t('sign.wrongPassword', { number: wrong })}</span>}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      {wrong === undefined && <Fault fault={fault} />}
    </>
  )
}

const Sign = (props: {
  meaning: Meaning
  block: Blocked | undefined
  busy: boolean
  sign: () => void
}): ReactElement => {
  const t = useText()
  const { meaning, block, busy, sign } = props
  return (
    <div className="panel-foot">
      <div>
        <Button
          kind="primary"
          wide
          icon={<IconSignature size={22} aria-hidden />}
          blocked={block === undefined ? undefined : t(`sign.blocked.${block}`)}
          busy={busy}
          onPress={sign}
        >
          {t(meaning === 'approve' ? 'sign.doApprove' : 'sign.doReject')}
        </Button>
      </div>
    </div>
  )
}

type SignProps = { request: ExportRequest; preview: Preview; person: Person }

/** The officer's decision: meaning, reason, password; bound to exactly the bytes of the preview. */
export const SignPanel = ({ request, preview, person }: SignProps): ReactElement => {
  const t = useText()
  const [meaning, setMeaning] = useState<Meaning>('approve')
  const [reason, setReason] = useState('')
  const [password, setPassword] = useState('')
  const [decided, setDecided] = useState<readonly string[]>([])
  const [action, run] = useAction()
  const { newFields, contentDigest } = preview
  const ownRequest = isOwn(person, request)
  const undecided = newFields.length - decided.length
  const officer = person.roles.includes('officer')
  const maySign = officer && !ownRequest
  const block = blockedBy({
    officer,
    open: request.state === 'requested',
    ownRequest,
    meaning,
    undecided,
    reason,
    password,
  })
  const sign = (): void =>
    run(async () => {
      const { id } = request
      setPassword('')
      try {
        if (meaning === 'approve')
          await call('exports.approve', { id, contentDigest, newFields: [...decided], password })
        else await call('exports.reject', { id, reason, password })
      } finally {
        await refresh.requests()
      }
    })
  return (
    <>
      <Checklist preview={preview} officer={officer} ownRequest={ownRequest} undecided={undecided} />
      {maySign && newFields.length > 0 && <NewFields fields={newFields} decided={decided} decide={setDecided} />}
      {maySign && (
        <Form className="card stack" id="signature" blocked={block} send={sign}>
          <h2>{t('sign.yours')}</h2>
          <Choice meaning={meaning} choose={setMeaning} />
          <SignedFacts name={person.name} contentDigest={contentDigest} />
          {meaning === 'reject' && (
            <TextInput
              label={t('sign.reason')}
              value={reason}
              maxLength={256}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          )}
          <Secret name={person.name} value={password} fault={action.fault} change={setPassword} />
          <p className="muted small">{t(meaning === 'approve' ? 'sign.legalApprove' : 'sign.legalReject')}</p>
        </Form>
      )}
      {officer ? (
        <Sign meaning={meaning} block={block} busy={action.busy} sign={sign} />
      ) : (
        <p className="card muted">{t('sign.blocked.notOfficer')}</p>
      )}
    </>
  )
}
