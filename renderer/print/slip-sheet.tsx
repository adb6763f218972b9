// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'
import { Facts } from '../components/facts.tsx'
import { shortDigest } from '../text/format.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { Line, Sheet } from './sheet.tsx'

export type Slip = Result<Contract, 'print.slip'>

/** What goes with a drive that leaves the site: what is on it, who let it out, and room for the hands it passes through. */
export const SlipSheet = ({ slip, copy }: { slip: Slip; copy: number | undefined }): ReactElement => {
  const t = useText()
  const format = useFormat()
  return (
    <Sheet title={t('slip.title', { number: String(slip.number) })} copy={copy} foot={slip.sha256}>
      <p className="sheet-big">{slip.reason}</p>
      <Facts
        facts={[
          [t('ask.period'), `${format.date(slip.from)} – ${format.date(slip.to)}`],
          [t('slip.records'), format.number(slip.records)],
          [t('bundle.size'), format.size(slip.bytes)],
          [t('slip.asked'), slip.requestedBy],
          [t('slip.approved'), `${slip.approvedBy}, ${format.full(slip.approvedAt)}`],
          [t('slip.archive'), <span className="mono wrap">{slip.sha256.match(/.{4}/g)?.join(' ')}</span>],
          [t('slip.content'), <span className="mono">{shortDigest(slip.contentDigest)}</span>],
        ]}
      />
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('slip.file')}</th>
            <th scope="col">{t('write.drive')}</th>
            <th scope="col">{t('slip.written')}</th>
          </tr>
        </thead>
        <tbody>
          {slip.copies.map(({ medium, name, at }) => (
            <tr key={`${medium}/${name}`}>
              <td className="mono">{name}</td>
              <td>{medium}</td>
              <td>{format.full(at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t('slip.hands')}</h3>
      <Line label={t('slip.handed')} />
      <Line label={t('slip.taken')} />
      <Line label={t('slip.arrived')} />
    </Sheet>
  )
}
