// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { go, useRoute } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { AccountPanel } from './account-panel.tsx'
import { stateLook, stateOf, type Account } from './account.ts'
import { ActDialog, type Act } from './act.tsx'
import { Add } from './add.tsx'

const columns = ['person.name', 'person.login', 'people.roles', 'people.lastSignIn', 'people.state'] as const

const Table = ({
  people,
  chosen,
  choose,
}: {
  people: readonly Account[]
  chosen: string | undefined
  choose: (id: string) => void
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <section className="card flush" aria-label={t('screen.people')}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.id} className={one.id === chosen ? 'chosen' : ''}>
              <th scope="row">
                <button
                  type="button"
                  className="link in-table"
                  aria-pressed={one.id === chosen}
                  onClick={() => choose(one.id)}
                >
                  {one.name}
                </button>
              </th>
              <td className="mono">{one.login}</td>
              <td>{one.roles.map((role) => t(`role.${role}`)).join(', ')}</td>
              <td>{one.lastSignIn === null ? t('people.never') : format.at(one.lastSignIn, now)}</td>
              <td>
                <Status {...stateLook[stateOf(one)]} word={t(`people.${stateOf(one)}`)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Who may do what here. Nobody is deleted; who has gone is marked as left. */
export const People = ({ person: self }: { person: Person }): ReactElement => {
  const t = useText()
  const [people, setPeople] = useState<readonly Account[] | undefined>(undefined)
  const [adding, setAdding] = useState(false)
  const chosen = useRoute(({ item }) => item)
  const [act, setAct] = useState<Act | undefined>(undefined)
  const [action, run] = useAction()
  const load = (): void => run(async () => setPeople((await call('people.list', {})).people))
  useEffect(load, [])
  const account = people?.find(({ id }) => id === chosen)
  const done = (): void => {
    setAdding(false)
    setAct(undefined)
    load()
  }
  return (
    <>
      <main className="main">
        <PageHead
          title={t('screen.people')}
          lead={t('people.lead', { count: people?.filter(({ active }) => active).length ?? 0 })}
        >
          <Button kind="primary" onPress={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        </PageHead>
        <Fault fault={action.fault} />
        {people === undefined && action.busy && <Loading sentence={t('common.loading')} />}
        {people !== undefined && <Table people={people} chosen={chosen} choose={(id) => go('people', id)} />}
      </main>
      <aside className="panel" aria-label={t('people.panel')}>
        {account === undefined ? (
          <p className="muted">{t('people.pick')}</p>
        ) : (
          <AccountPanel account={account} self={account.id === self.id} choose={setAct} />
        )}
      </aside>
      {adding && <Add done={done} onClose={() => setAdding(false)} />}
      {account !== undefined && act !== undefined && (
        <ActDialog key={act} act={act} account={account} done={done} onClose={() => setAct(undefined)} />
      )}
    </>
  )
}
