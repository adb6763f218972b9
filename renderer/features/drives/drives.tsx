// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { useDrive } from '../../components/drive-choice.tsx'
import { Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form, Reason } from '../../components/form.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { go } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { RegisteredList } from './registered-list.tsx'

type Register = Result<Contract, 'media.registered'>
type Rule = Register['rule']

/** What is done with drives that are not registered; a change has a reason. */
const RuleCard = ({ register, person, load }: { register: Register; person: Person; load: () => Promise<void> }) => {
  const t = useText()
  const [wanted, setWanted] = useState<Rule>(register.rule)
  const [reason, setReason] = useState('')
  const [action, run] = useAction()
  const may = person.roles.includes('administrator')
  const blocked = (): string | undefined => {
    if (wanted === register.rule) return t('drives.sameRule')
    return reason.trim() === '' ? t('drives.needReason') : undefined
  }
  const set = (): void =>
    run(async () => {
      await call('media.setRule', { rule: wanted, reason })
      setReason('')
      await load()
    })
  const none = register.drives.every(({ ended }) => ended !== null)
  return (
    <section className="card stack tight" aria-label={t('drives.rule')}>
      <h2>{t('drives.rule')}</h2>
      <p className="strong">{t(`drives.rule.${register.rule}`)}</p>
      {may && (
        <Form blocked={blocked()} send={set}>
          <NativeSelect
            label={t('drives.ruleField')}
            value={wanted}
            data={(['allowed', 'refused'] as const).map((value) => ({ value, label: t(`drives.rule.${value}`) }))}
            onChange={({ currentTarget: { value } }) => setWanted(value === 'refused' ? 'refused' : 'allowed')}
          />
          {wanted === 'refused' && none && <p className="small">{t('drives.noneYet')}</p>}
          <Reason label={t('drives.reason')} value={reason} change={setReason} />
          <Fault fault={action.fault} />
          <div>
            <Button type="submit" blocked={blocked()} showReason busy={action.busy}>
              {t('drives.setRule')}
            </Button>
          </div>
        </Form>
      )}
    </section>
  )
}

/** Registers one of the drives that are plugged in now. */
const RegisterCard = ({ load }: { load: () => Promise<void> }): ReactElement => {
  const t = useText()
  const drives = (useStation((state) => state.drives) ?? []).filter(({ registered }) => registered === null)
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [owner, setOwner] = useState('')
  const [action, run] = useAction()
  const { drive, choice } = useDrive(drives)
  const label = typed ?? drive?.name ?? ''
  const blocked = (): string | undefined => {
    if (drives.length === 0) return t('drives.plug')
    if (drive === undefined) return t('media.choose')
    return label.trim() === '' || owner.trim() === '' ? t('drives.incomplete') : undefined
  }
  const register = (): void =>
    run(async () => {
      if (drive === undefined) return
      await call('media.register', { driveId: drive.id, label, owner })
      setTyped(undefined)
      setOwner('')
      await load()
    })
  return (
    <section className="card stack tight" aria-label={t('drives.add')}>
      <h2>{t('drives.add')}</h2>
      <p className="muted small">{t('drives.claim')}</p>
      <Form blocked={blocked()} send={register}>
        {choice}
        {drive !== undefined && <p className="strong">{drive.name}</p>}
        <TextInput
          label={t('drives.label')}
          value={label}
          maxLength={80}
          autoComplete="off"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <TextInput
          label={t('drives.owner')}
          value={owner}
          maxLength={80}
          autoComplete="off"
          onChange={({ currentTarget }) => setOwner(currentTarget.value)}
        />
        <Fault fault={action.fault} />
        <div>
          <Button kind="primary" type="submit" blocked={blocked()} showReason busy={action.busy}>
            {t('drives.register')}
          </Button>
        </div>
      </Form>
    </section>
  )
}

/** Station → Drives: which drives belong to the site, and what is done with the others. */
export const Drives = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const [register, setRegister] = useState<Register | undefined>(undefined)
  const [action, run] = useAction()
  const load = async (): Promise<void> => setRegister(await call('media.registered', {}))
  useEffect(() => run(load), [])
  const administrator = person.roles.includes('administrator')
  return (
    <main className="main">
      <PageHead title={t('drives.title')} lead={t('drives.lead')}>
        <Button onPress={() => go('station')}>{t('ports.back')}</Button>
      </PageHead>
      <Fault fault={action.fault} />
      {register === undefined ? (
        action.fault === undefined && <Loading sentence={t('common.loading')} />
      ) : (
        <div className="stack">
          <div className="cards">
            <RuleCard key={register.rule} register={register} person={person} load={load} />
            {administrator && <RegisterCard load={load} />}
          </div>
          {!administrator && <p className="muted">{t('drives.onlyAdministrator')}</p>}
          <RegisteredList drives={register.drives} administrator={administrator} load={load} />
        </div>
      )}
    </main>
  )
}
