// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Status } from '../../components/status.tsx'
import { useFormat, useText } from '../../text/use-text.ts'
import { stateLook, stateOf, type Account } from './account.ts'
import { acts, type Act } from './act.tsx'

const fits = (act: Act, { active, locked }: Account): boolean => {
  if (act === 'back') return !active
  return active && (act !== 'unlock' || locked)
}

/** One account, and what can be done with it. */
export const AccountPanel = ({
  account,
  self,
  choose,
}: {
  account: Account
  self: boolean
  choose: (act: Act) => void
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const state = stateOf(account)
  const at = (time: number | null): string => (time === null ? t('people.never') : format.full(time))
  return (
    <>
      <section className="card stack tight account">
        <h2>{account.name}</h2>
        <Status {...stateLook[state]} word={t(`people.${state}`)} />
        <Facts
          facts={[
            [t('person.login'), <span className="mono">{account.login}</span>],
            [t('people.roles'), account.roles.map((role) => t(`role.${role}`)).join(', ')],
            [t('people.lastSignIn'), at(account.lastSignIn)],
            [t('people.lastFailure'), at(account.lastFailure)],
            [t('people.password'), t(account.temporary ? 'people.password.temporary' : 'people.password.own')],
          ]}
        />
      </section>
      <div className="panel-foot stack tight">
        {self ? (
          <p className="muted">{t('people.self')}</p>
        ) : (
          acts
            .filter((act) => fits(act, account))
            .map((act) => (
              <Button key={act} wide kind={act === 'leave' ? 'danger' : 'standard'} onPress={() => choose(act)}>
                {t(`people.short.${act}`)}
              </Button>
            ))
        )}
      </div>
    </>
  )
}
