// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError, toAirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { Loading } from '../../components/empty.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { Status } from '../../components/status.tsx'
import { call } from '../../state/connection.ts'
import { copyText } from '../../state/copy.ts'
import { useErrorText } from '../../text/error-text.ts'
import { shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { outcomeLook, readable, sentence, whoWithRole, whyOf } from './sentence.ts'

type Whole = Result<Contract, 'audit.entry'>

/** One entry: a plain sentence, who, when, why; then the exact bytes and their place in the tree. */
export const EntryPanel = ({ seq, firstBad }: { seq: number; firstBad: number | undefined }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const textOf = useErrorText()
  const headline = (code: ErrorCode): string => textOf(code).headline
  const [found, setFound] = useState<Whole | AirlockError | undefined>(undefined)
  // What stood here stays until the next one is read: whoever walks through the list sees no gaps.
  useEffect(() => {
    let wanted = true
    const take = (answer: Whole | AirlockError): void => {
      if (wanted) setFound(answer)
    }
    call('audit.entry', { seq }).then(take, (error: unknown) => take(toAirlockError(error)))
    return () => void (wanted = false)
  }, [seq])
  if (found instanceof AirlockError) return <Fault fault={found} />
  if (found === undefined) return <Loading sentence={t('common.loading')} />
  const { entry, text, hash, treeSize, proof } = found
  const broken = entry.seq === firstBad
  return (
    <>
      <section className="card stack tight">
        <div className="row apart">
          <h2>{t('audit.entryNumber', { seq: entry.seq })}</h2>
          {broken ? (
            <Status shape="octagon" tone="bad" word={t('audit.changed')} />
          ) : (
            <Status {...outcomeLook[entry.outcome]} word={t(`audit.outcome.${entry.outcome}`)} />
          )}
        </div>
        <p className="panel-lead">{sentence(entry, t)}</p>
        <Facts
          facts={[
            [t('audit.subject'), <span className="mono">{entry.thing ?? entry.object.id}</span>],
            [t('audit.time'), format.full(entry.at)],
            [t('audit.who'), whoWithRole(entry, t)],
            [t('audit.reason'), whyOf(entry, t, headline)],
          ]}
        />
        <h3>{t('audit.place')}</h3>
        <ul className={`chain ${broken ? 'broken' : ''}`}>
          <li>
            <p className="small muted">{t('audit.leafHash')}</p>
            <p className="mono small">{shortDigest(hash)}</p>
          </li>
          {broken ? (
            <li className="small tone-bad strong">{t('audit.proofBroken')}</li>
          ) : (
            <li className="small">{t('audit.proof', { steps: proof.length, size: treeSize })}</li>
          )}
        </ul>
        <details className="details">
          <summary>{t('audit.exact')}</summary>
          <pre className="leaf mono" tabIndex={0}>
            {readable(text)}
          </pre>
        </details>
      </section>
      <div className="panel-foot">
        <Button wide onPress={() => copyText(text)}>
          {t('audit.copy')}
        </Button>
      </div>
    </>
  )
}
