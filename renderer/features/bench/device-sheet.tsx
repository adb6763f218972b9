// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useState, type ReactElement, type ReactNode } from 'react'
import { AirlockError } from '../../../shared/errors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Facts } from '../../components/facts.tsx'
import { CollectedBySerial } from '../../components/collected.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { Listening } from '../../components/listening.tsx'
import { Notice } from '../../components/notice.tsx'
import { go } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import type { BundleDetails } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { useMayNot } from './blocked.ts'
import { OtherDevice, otherDevice } from './other-device.tsx'
import { tileStates, type Tile } from './plan.ts'
import { addAsItIs, include, setAside, startRun, type Label } from './run.ts'

const text = (value: string | number | boolean | undefined): string => (typeof value === 'string' ? value : '')

/** A device that cannot say who it is: somebody reads its label and types it here. */
const LabelForm = ({
  tile,
  bundle,
  mayNot,
  start,
  others,
}: {
  tile: Tile
  bundle: BundleDetails | undefined
  /** Why this person writes nothing. */
  mayNot: string | undefined
  start: (label: Label) => void
  others: ReactNode
}): ReactElement => {
  const t = useText()
  const known = tile.fault?.details ?? {}
  const [model, setModel] = useState(text(known['model']) || (bundle?.compat[0]?.model ?? ''))
  const [serial, setSerial] = useState('')
  const [hardware, setHardware] = useState('')
  const missing = model.trim() === '' || serial.trim() === '' ? t('label.missing') : undefined
  const blocked = mayNot ?? missing
  const label = (): Label => ({
    model: model.trim(),
    serial: serial.trim(),
    ...(hardware.trim() === '' ? {} : { hardware: hardware.trim() }),
  })
  return (
    <Form className="stack" blocked={blocked} send={() => start(label())}>
      <Notice tone="attention" title={t(tile.fault?.code === 'device.unknown' ? 'label.whoIsIt' : 'label.which')}>
        <p>{t('label.text')}</p>
      </Notice>
      <TextInput
        label={t('device.model')}
        value={model}
        onChange={({ currentTarget }) => setModel(currentTarget.value)}
      />
      <TextInput
        label={t('device.serial')}
        description={text(known['serial']) === '' ? undefined : t('label.last', { serial: text(known['serial']) })}
        value={serial}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        onChange={({ currentTarget }) => setSerial(currentTarget.value)}
      />
      <TextInput
        label={t('device.hardware')}
        value={hardware}
        onChange={({ currentTarget }) => setHardware(currentTarget.value)}
      />
      <div className="row end">
        {others}
        <Button kind="primary" type="submit" blocked={blocked}>
          {t('label.write')}
        </Button>
      </div>
    </Form>
  )
}

/** What stands in the way without a fault: a plug that is waited for, a device that does not suit. */
const Notices = ({ tile: { state, fault, why } }: { tile: Tile }): ReactElement => {
  const t = useText()
  return (
    <>
      {fault === undefined && state === 'unplugged' && (
        <Notice tone="bad" shape={tileStates[state].shape} title={t('bench.waitsForPlug')}>
          <p>{t('bench.waitsForPlugMore')}</p>
        </Notice>
      )}
      {why !== undefined && state === 'notSuitable' && (
        <Notice tone="attention" title={t(`bench.why.${why}`)}>
          <p>{t(`bench.whyMore.${why}`)}</p>
        </Notice>
      )}
    </>
  )
}

/** What can be done with the device besides writing it. */
const Others = ({
  tile,
  mayNot,
  onClose,
}: {
  tile: Tile
  mayNot: string | undefined
  onClose: () => void
}): ReactElement => {
  const t = useText()
  const { serial, fault, port } = tile
  const isIn = tile.state === 'ready' || tile.state === 'waiting'
  return (
    <>
      {serial !== undefined && <Button onPress={() => go('devices', serial)}>{t('device.history')}</Button>}
      {tile.selectable && (
        <Button onPress={() => include(port, !isIn)}>{t(isIn ? 'bench.leaveOut' : 'bench.takeIn')}</Button>
      )}
      {fault !== undefined && (
        <Button
          blocked={mayNot}
          onPress={() => {
            setAside(port)
            onClose()
          }}
        >
          {t('bench.setAside')}
        </Button>
      )}
    </>
  )
}

/** What is known of the device at one place, what is wrong with it, and what to do. */
export const DeviceSheet = ({
  tile,
  bundle,
  person,
  onClose,
}: {
  tile: Tile & { readonly number: number }
  bundle: BundleDetails | undefined
  person: Person
  onClose: () => void
}): ReactElement => {
  const t = useText()
  const { serial, fault } = tile
  const again = (label?: Label): void => {
    if (bundle !== undefined) void startRun(bundle.bundle.id, [tile.port], label)
    onClose()
  }
  const mayNot = useMayNot(person)
  const [labels, setLabels] = useState(false)
  const asksLabel = labels || fault?.code === 'device.unknown'
  const other = otherDevice(fault)
  const port = t('bench.portNumber', { number: tile.number })
  const named = fault && new AirlockError(fault.code, { ...fault.details, port })
  const others = <Others tile={tile} mayNot={mayNot} onClose={onClose} />
  return (
    <Dialog title={port} onClose={onClose}>
      {asksLabel ? (
        <LabelForm tile={tile} bundle={bundle} mayNot={mayNot} start={again} others={others} />
      ) : (
        <Fault fault={named} shape={tileStates[tile.state].shape} />
      )}
      {other !== undefined && !asksLabel && (
        <OtherDevice
          device={other}
          mayNot={mayNot}
          readLabel={() => setLabels(true)}
          add={() => {
            addAsItIs(tile.port, { model: other.model, serial: other.serial })
            onClose()
          }}
        />
      )}
      <Notices tile={tile} />
      {!asksLabel && (
        <>
          <Facts
            facts={[
              [t('device.serial'), serial === undefined ? t('bench.notAsked') : <span className="mono">{serial}</span>],
              [t('device.hardware'), tile.hardware ?? '–'],
              [t('device.version'), tile.from ?? '–'],
              [t('device.port'), <span className="mono small">{tile.port}</span>],
            ]}
          />
          <Listening port={tile.port} person={person} />
          <CollectedBySerial serial={serial} />
        </>
      )}
      {!asksLabel && (fault !== undefined || serial !== undefined || tile.selectable) && (
        <div className="row end">
          {others}
          {fault !== undefined && (
            <Button kind="primary" blocked={mayNot} onPress={() => again()}>
              {t('bench.again')}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  )
}
