// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { useText } from '../../text/use-text.ts'

type Hits = Result<Contract, 'exports.hits'>['hits']

const Table = ({ hits }: { hits: Hits }): ReactElement => {
  const t = useText()
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('leak.title')}>
      <table className="table">
        <caption className="hidden-text">{t('leak.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('leak.where')}</th>
            <th scope="col">{t('leak.value')}</th>
            <th scope="col">{t('leak.rule')}</th>
          </tr>
        </thead>
        <tbody>
          {hits.map(({ where, rule, value }, place) => (
            <tr key={place}>
              <th scope="row" translate="no">
                {where}
              </th>
              <td className="mono wrap">{value}</td>
              <td>{rule === 'dictionary' ? t('leak.byNames') : <span className="mono">{rule}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The values for which the leak search refused a request; nothing of it when that was not the reason. */
export const LeakHits = ({ fault }: { fault: AirlockError | undefined }): ReactElement | null => {
  const t = useText()
  const [hits, setHits] = useState<Hits | undefined>(undefined)
  const [action, run] = useAction()
  const { export: id, hits: count } = fault?.details ?? {}
  if (fault?.code !== 'export.leak' || typeof id !== 'string') return null
  if (hits === undefined)
    return (
      <>
        <Fault fault={action.fault} />
        <div>
          <Button
            busy={action.busy}
            onPress={() => run(async () => setHits((await call('exports.hits', { id })).hits))}
          >
            {t('leak.show', { count: Number(count) })}
          </Button>
        </div>
      </>
    )
  const noList = hits.some(({ rule }) => rule === 'dictionary-missing')
  return noList ? <Notice tone="attention" live title={t('leak.none')} /> : <Table hits={hits} />
}
