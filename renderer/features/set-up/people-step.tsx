// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Fault } from '../../components/fault.tsx'
import { PersonFields, type NewPerson } from '../../components/person-fields.tsx'
import { isPassable } from '../../components/password-field.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { refresh } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import type { Draft } from './draft.ts'
import { Step, type Ways } from './step.tsx'

const isWhole = ({ name, login, password }: NewPerson): boolean =>
  name.trim() !== '' && login !== '' && isPassable(password, login)

/** An administrator and a compliance officer: nobody alone can let anything leave. */
export const People = ({
  draft,
  change,
  ways,
}: {
  draft: Draft
  change: (next: Partial<Draft>) => void
  ways: Ways
}): ReactElement => {
  const t = useText()
  const [passwords, setPasswords] = useState({ administrator: '', officer: '' })
  const [action, run] = useAction()
  const administrator = { ...draft.administrator, password: passwords.administrator }
  const officer = { ...draft.officer, password: passwords.officer }
  const take =
    (who: 'administrator' | 'officer') =>
    ({ name, login, password }: NewPerson): void => {
      setPasswords((now) => ({ ...now, [who]: password }))
      change({ [who]: { name, login } })
    }
  const blocked = (): string | undefined => {
    if (!isWhole(administrator) || !isWhole(officer)) return t('setUp.peopleMissing')
    return administrator.login.toLowerCase() === officer.login.toLowerCase() ? t('setUp.peopleSame') : undefined
  }
  const make = (): void =>
    run(async () => {
      const place = { hall: draft.hall.trim(), bench: draft.bench.trim() }
      const named = Object.fromEntries(Object.entries(place).filter(([, name]) => name !== ''))
      await call('station.setUp', { site: draft.site, ...named, administrator, officer })
      ways.next()
      await refresh.status()
    })
  return (
    <Step
      title={t('setUp.people')}
      lead={t('setUp.peopleLead')}
      ways={{ ...ways, next: make }}
      blocked={blocked()}
      busy={action.busy}
      nextName={action.busy ? t('setUp.peopleMaking') : t('setUp.peopleMake')}
    >
      <Fault fault={action.fault} />
      <div className="wizard-pair">
        <fieldset className="card">
          <legend>{t('role.administrator')}</legend>
          <PersonFields person={administrator} change={take('administrator')} />
        </fieldset>
        <fieldset className="card">
          <legend>{t('role.officer')}</legend>
          <PersonFields person={officer} change={take('officer')} />
        </fieldset>
      </div>
    </Step>
  )
}
