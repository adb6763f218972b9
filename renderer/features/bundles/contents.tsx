// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useEffect, useState, type ReactElement, type ReactNode } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Loading } from '../../components/empty.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Contents = Result<Contract, 'bundles.contents'>
type Payload = Contents['payloads'][number]
type Evidence = Result<Contract, 'bundles.evidence'>

const Markdown = lazy(async () => ({ default: (await import('../../components/markdown.tsx')).Markdown }))

const hex = (value: number): string => `0x${value.toString(16).toUpperCase()}`

/** What an image says of itself, one fact a line. */
const Image = ({ payload }: { payload: Payload }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const { component, driver, size, sha256, facts, fault } = payload
  const said: readonly (readonly [string, ReactNode])[] = [
    [t('contents.format'), payload.format],
    [t('contents.driver'), driver],
    [t('bundle.size'), format.size(size)],
    [t('common.fingerprint'), <span className="mono">{shortDigest(sha256)}</span>],
    ...(facts.version === undefined ? [] : [[t('bundle.version'), facts.version] as const]),
    ...(facts.securityCounter === undefined
      ? []
      : [[t('bundle.counter'), format.number(facts.securityCounter)] as const]),
    ...(facts.vendor === undefined ? [] : [[t('contents.vendorId'), facts.vendor] as const]),
    ...(facts.deviceClass === undefined ? [] : [[t('contents.classId'), facts.deviceClass] as const]),
    ...(facts.target === undefined ? [] : [[t('contents.target'), hex(facts.target)] as const]),
    ...(facts.encrypted === true ? [[t('contents.encrypted'), t('contents.yes')] as const] : []),
    ...(facts.ranges ?? [])
      .slice(0, 16)
      .map(({ address, length }) => [t('contents.at', { address: hex(address) }), format.size(length)] as const),
  ]
  return (
    <section aria-label={component}>
      <h3>{component}</h3>
      {fault !== null && <p className="bad-text">{t('contents.fault', { what: fault })}</p>}
      <Facts facts={said} />
    </section>
  )
}

const Listed = ({ heads, rows, total }: { heads: string[]; rows: string[][]; total: number }): ReactElement => {
  const t = useText()
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, n) => (
            <tr key={n}>
              {cells.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && <p className="muted">{t('contents.more', { count: total - rows.length })}</p>}
    </>
  )
}

const Shown = ({ evidence }: { evidence: Evidence }): ReactElement => {
  const t = useText()
  switch (evidence.kind) {
    case 'components': {
      const rows = evidence.items.map(({ name, version, licence }) => [name, version, licence])
      const heads = [t('contents.part'), t('bundle.version'), t('contents.licence')]
      return <Listed heads={heads} rows={rows} total={evidence.total} />
    }
    case 'vulnerabilities': {
      const rows = evidence.items.map(({ id, state }) => [id, state])
      return <Listed heads={[t('contents.weakness'), t('contents.statement')]} rows={rows} total={evidence.total} />
    }
    case 'provenance':
      return (
        <Facts
          facts={[
            [t('contents.builder'), evidence.builder],
            [t('contents.buildType'), evidence.buildType],
            [t('contents.subjects'), String(evidence.subjects)],
          ]}
        />
      )
    case 'markdown':
      return (
        <Suspense fallback={<p className="muted">{t('common.loading')}</p>}>
          <Markdown text={evidence.text} />
          {evidence.cut && <p className="muted">{t('contents.cut')}</p>}
        </Suspense>
      )
    case 'text':
      return (
        <>
          <pre className="mono small raw-text">{evidence.text}</pre>
          {evidence.cut && <p className="muted">{t('contents.cut')}</p>}
        </>
      )
    case 'large':
    case 'unreadable':
      return <p>{t(`contents.${evidence.kind}`)}</p>
  }
}

/** One piece of evidence, read when it is asked for. */
const Piece = ({ bundle, piece }: { bundle: string; piece: Contents['evidence'][number] }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [shown, setShown] = useState<Evidence | undefined>(undefined)
  const [action, run] = useAction()
  const { path, type, size } = piece
  const show = (): void => run(async () => setShown(await call('bundles.evidence', { id: bundle, path })))
  return (
    <section>
      <div className="row apart">
        <h3>{t(`contents.type.${type}`)}</h3>
        {shown === undefined && (
          <Button kind="in-row" busy={action.busy} onPress={show}>
            {t('contents.show')}
            <span className="hidden-text"> {t(`contents.type.${type}`)}</span>
          </Button>
        )}
      </div>
      <p className="muted small">
        {format.size(size)} · <span className="mono">{shortDigest(piece.sha256)}</span>
      </p>
      <Fault fault={action.fault} />
      {shown !== undefined && <Shown evidence={shown} />}
    </section>
  )
}

/** Images and evidence of a bundle, as they speak of themselves; what was signed about them is in its details. */
export const ContentsDialog = ({ bundle, onClose }: { bundle: string; onClose: () => void }): ReactElement => {
  const t = useText()
  const [contents, setContents] = useState<Contents | undefined>(undefined)
  const [action, run] = useAction()
  useEffect(() => run(async () => setContents(await call('bundles.contents', { id: bundle }))), [bundle])
  return (
    <Dialog title={t('contents.title')} onClose={onClose} size={820}>
      <Fault fault={action.fault} />
      {contents === undefined && action.fault === undefined && <Loading sentence={t('common.loading')} />}
      {contents?.payloads.map((payload) => (
        <Image key={payload.path} payload={payload} />
      ))}
      {contents?.evidence.map((piece) => (
        <Piece key={piece.path} bundle={bundle} piece={piece} />
      ))}
      {contents?.evidence.length === 0 && <p className="muted">{t('contents.noEvidence')}</p>}
    </Dialog>
  )
}
