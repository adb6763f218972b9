// SPDX-License-Identifier: Apache-2.0
import { NumberInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Loading } from '../../components/empty.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import type { Draft } from './draft.ts'
import { Step, type Ways } from './step.tsx'

/** An estimate: a device that is updated once a year and listened to for some hours. Bytes. */
const perDevice = 4_000_000
/** Room for the bundles of a year, bytes. */
const bundles = 12 * 40_000_000

/** Where the data lies, what is free, what a year needs. */
export const Storage = ({
  draft,
  change,
  ways,
}: {
  draft: Draft
  change: (next: Partial<Draft>) => void
  ways: Ways
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [storage, setStorage] = useState<Result<Contract, 'storage.get'> | undefined>(undefined)
  const [action, run] = useAction()
  useEffect(() => run(async () => setStorage(await call('storage.get', {}))), [])
  const need = draft.devices * perDevice + bundles
  const enough = (storage?.look.free ?? 0) >= need
  return (
    <Step title={t('setUp.storage')} lead={t('setUp.storageLead')} ways={ways}>
      <Fault fault={action.fault} />
      {storage === undefined ? (
        <Loading sentence={t('common.loading')} />
      ) : (
        <div className="card stack tight">
          <Facts
            facts={[
              [t('setUp.storageWhere'), <span className="mono">{storage.folder ?? '–'}</span>],
              [
                t('storage.free'),
                t('storage.ofTotal', { free: format.size(storage.look.free), total: format.size(storage.total) }),
              ],
              [t('setUp.storageReserve'), format.size(storage.reserve.size)],
              [t('setUp.storageNeed'), format.size(need)],
            ]}
          />
          <Status
            shape={enough ? 'done' : 'triangle'}
            tone={enough ? 'good' : 'attention'}
            word={t(enough ? 'setUp.storageEnough' : 'setUp.storageTight')}
          />
        </div>
      )}
      <NumberInput
        label={t('setUp.storageDevices')}
        description={t('setUp.storageNeedMore', { perDevice: format.size(perDevice) })}
        value={draft.devices}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        hideControls
        onChange={(value) => change({ devices: Math.max(1, Number(value) || 1) })}
      />
    </Step>
  )
}
