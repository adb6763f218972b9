// SPDX-License-Identifier: Apache-2.0
import { IconBolt, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement, type ReactNode } from 'react'
import type { AirlockError } from '../../../shared/errors.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { useWithdrawn } from '../../components/seal.tsx'
import { useRun } from '../../state/run.ts'
import type { Person } from '../../state/session.ts'
import type { BundleDetails } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { PrintRun } from '../../print/print-run.tsx'
import { useLocked, useMayNot } from './blocked.ts'
import { countTiles, type Tile } from './plan.ts'
import { newRun, pauseRun, resumeRun, startRun, stopRun, useBench } from './run.ts'

const Stop = ({ count, onClose }: { count: number; onClose: () => void }): ReactElement => {
  const t = useText()
  return (
    <Dialog
      title={t('bench.stopTitle', { count })}
      onClose={onClose}
      foot={
        <>
          <Button kind="danger" onPress={() => void stopRun().finally(onClose)}>
            {t('bench.stop', { count })}
          </Button>
          <Button kind="primary" onPress={onClose} autoFocus>
            {t('bench.goOn')}
          </Button>
        </>
      }
    >
      <p>{t('bench.stopText')}</p>
    </Dialog>
  )
}

/** Why no device can be updated with this bundle; undefined: nothing speaks against it. */
const useUnfit = (bundle: BundleDetails | undefined): string | undefined => {
  const t = useText()
  const withdrawn = useWithdrawn(bundle?.bundle.id)
  if (bundle === undefined) return t('bench.needBundle')
  return withdrawn ? t('bench.withdrawn') : undefined
}

/** What the station did not do is said until there is another run, state or bundle: then it answers nothing any more. */
const useFault = (bundle: string | undefined): AirlockError | undefined => {
  const id = useRun(({ run }) => run?.id)
  const state = useRun(({ run }) => run?.state)
  useEffect(() => useBench.setState({ fault: undefined }), [id, state, bundle])
  return useBench(({ fault }) => fault)
}

/** What a run that is over leaves on paper. */
const Paper = (): ReactElement | null => {
  const id = useRun(({ run }) => (run?.state === 'finished' ? run.id : undefined))
  return id === undefined ? null : (
    <div className="row">
      <PrintRun id={id} />
    </div>
  )
}

/** The steps that are open now, the one that matters most at the foot. */
export const PanelFoot = ({
  tiles,
  bundle,
  person,
}: {
  tiles: readonly Tile[]
  bundle: BundleDetails | undefined
  person: Person
}): ReactElement => {
  const t = useText()
  const [stopping, setStopping] = useState(false)
  const state = useRun(({ run }) => run?.state)
  const fault = useFault(bundle?.bundle.id)
  const { active } = countTiles(tiles)
  const ready = tiles.filter((tile) => tile.state === 'ready').map(({ port }) => port)
  const mayNot = useMayNot(person)
  const unfit = useUnfit(bundle)
  const locked = useLocked()
  const none = t(tiles.length === 0 ? 'bench.leadNone' : 'bench.needDevice')
  const blocked = mayNot ?? locked ?? unfit ?? (ready.length === 0 ? none : undefined)
  const write = async (): Promise<void> => (bundle === undefined ? undefined : startRun(bundle.bundle.id, ready))
  const button = (kind: 'primary' | 'standard', text: string, press: () => Promise<void>, icon?: ReactNode) => (
    <div>
      <Button
        kind={kind}
        wide
        icon={icon}
        blocked={press === write ? (mayNot ?? locked) : mayNot}
        showReason={kind === 'primary'}
        onPress={() => void press()}
      >
        {text}
      </Button>
    </div>
  )
  const held = state === 'paused' || state === 'interrupted'
  const adds = state !== undefined && ready.length > 0
  return (
    <div className="panel-foot">
      <Fault fault={state === undefined && unfit !== undefined ? undefined : fault} />
      {state === 'paused' && <p className="muted small">{t('bench.paused')}</p>}
      {active > 0 && (
        <Button wide blocked={mayNot} onPress={() => setStopping(true)}>
          {t('bench.stopAsk', { count: active })}
        </Button>
      )}
      {state === 'running' &&
        button('standard', t('bench.pause', { count: active }), pauseRun, <IconPlayerPause size={22} aria-hidden />)}
      {held && active === 0 && button('standard', t('bench.endRun'), newRun)}
      {held && adds && button('standard', t('bench.add', { count: ready.length }), write)}
      {held &&
        button(
          'primary',
          t(state === 'paused' ? 'bench.continue' : 'bench.continueRun'),
          resumeRun,
          <IconPlayerPlay size={22} aria-hidden />,
        )}
      <Paper />
      {state === 'finished' && button(adds ? 'standard' : 'primary', t('bench.newRun'), newRun)}
      {!held &&
        adds &&
        button('primary', t('bench.add', { count: ready.length }), write, <IconBolt size={22} aria-hidden />)}
      {state === undefined && (
        <div>
          <Button
            kind="primary"
            wide
            icon={<IconBolt size={22} aria-hidden />}
            blocked={blocked}
            showReason
            onPress={() => void write()}
          >
            {t('bench.update', { count: ready.length })}
          </Button>
        </div>
      )}
      {stopping && <Stop count={active} onClose={() => setStopping(false)} />}
    </div>
  )
}
