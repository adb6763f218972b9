// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { DriveFile } from '../../components/drive-file.tsx'
import { Facts } from '../../components/facts.tsx'
import type { Shape, Tone } from '../../components/icons.ts'
import { StackedBar } from '../../components/progress.tsx'
import { Seal } from '../../components/seal.tsx'
import { Status } from '../../components/status.tsx'
import { useImports } from '../../state/imports.ts'
import type { Person } from '../../state/session.ts'
import { useStation, type BundleDetails } from '../../state/station.ts'
import { countdown, shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { countTiles, lines, type Line, type Tile } from './plan.ts'
import { newRun, startRun, stopRun, useBench } from './run.ts'

const looks: Readonly<Record<Line, { shape: Shape; tone: Tone }>> = {
  updated: { shape: 'done', tone: 'good' },
  active: { shape: 'writing', tone: 'active' },
  ready: { shape: 'ready', tone: 'active' },
  upToDate: { shape: 'upToDate', tone: 'quiet' },
  aside: { shape: 'aside', tone: 'quiet' },
  needsYou: { shape: 'triangle', tone: 'bad' },
  notSuitable: { shape: 'notSuitable', tone: 'attention' },
}

/** Whether a drive has bundles that nobody has looked at: then they stand first. */
const useUntried = (): boolean => {
  const drives = useStation((state) => state.drives) ?? []
  const jobs = useImports((state) => state.jobs)
  return drives.some(({ id, files }) =>
    files.some(({ kind, name }) => kind === 'bundle' && jobs[`${id}/${name}`] === undefined),
  )
}

/** Bundles on the drives, where the work is: import without leaving the bench. */
const Drives = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const drives = (useStation((state) => state.drives) ?? []).filter(({ files }) =>
    files.some(({ kind }) => kind === 'bundle'),
  )
  if (drives.length === 0) return null
  return (
    <section className="card" aria-label={t('bench.onDrive')}>
      {drives.map((drive) => {
        const files = drive.files.filter(({ kind }) => kind === 'bundle')
        return (
          <div key={drive.id}>
            <h2>{t('bench.driveHas', { name: drive.name, count: files.length })}</h2>
            <ul className="drive-files">
              {files.map((file) => (
                <DriveFile key={file.name} drive={drive} file={file} person={person} />
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}

const BundleCard = ({ bundle }: { bundle: BundleDetails }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const bundles = useStation((state) => state.bundles) ?? []
  const { id, product, version } = bundle.bundle
  return (
    <section className="card" aria-label={t('bench.bundle')}>
      <Seal name={`${product} ${version}`} />
      <Facts
        facts={[
          [t('bundle.signedBy'), bundle.signedBy.map((role) => role).join(', ')],
          [t('bundle.released'), format.date(bundle.releasedAt)],
          [t('common.fingerprint'), <span className="mono">{shortDigest(id)}</span>],
        ]}
      />
      {bundles.length > 1 && (
        <NativeSelect
          label={t('bench.choose')}
          value={id}
          data={bundles.map((one) => ({ value: one.id, label: `${one.product} ${one.version}` }))}
          onChange={({ currentTarget }) => useBench.setState({ chosen: currentTarget.value })}
        />
      )}
    </section>
  )
}

const Counts = ({
  tiles,
  running,
  done,
}: {
  tiles: readonly Tile[]
  running: boolean
  done: boolean
}): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  const counts = countTiles(tiles)
  const total = lines.reduce((sum, line) => sum + counts[line], 0)
  const left = Math.max(0, ...tiles.map((tile) => tile.left ?? 0))
  return (
    <section className="card">
      <h2>{t(running || done ? 'bench.run' : 'bench.plan')}</h2>
      <p className="row">
        <span className="big">{running || done ? counts.updated : counts.ready}</span>
        <span className="lead">{t(running || done ? 'bench.ofUpdated' : 'bench.ofToUpdate', { total })}</span>
      </p>
      <StackedBar parts={lines.map((line) => ({ tone: looks[line].tone, count: counts[line] }))} />
      <ul className="counts">
        {lines
          .filter((line) => counts[line] > 0)
          .map((line) => (
            <li key={line}>
              <Status {...looks[line]} word={t(`bench.count.${line}`)} />
              <span>{counts[line]}</span>
            </li>
          ))}
      </ul>
      {running && left > 0 && (
        <p className="muted small">{t('bench.about', { left: countdown(left), at: format.clock(now + left) })}</p>
      )}
    </section>
  )
}

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

/** The right panel: the drive's bundles, the chosen one, the plan or the run, and the one next step. */
export const Panel = ({
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
  const untried = useUntried()
  const counts = countTiles(tiles)
  const run = useBench((state) => state.run)
  const running = counts.active > 0
  const done = !running && Object.keys(run).length > 0
  const ready = tiles.filter(({ state }) => state === 'ready').map(({ port }) => port)
  const blocked = (): string | undefined => {
    if (!person.roles.includes('technician')) return t('bench.onlyTechnician')
    if (bundle === undefined) return t('bench.needBundle')
    return ready.length === 0 ? t('bench.needDevice') : undefined
  }
  return (
    <aside className="panel" aria-label={t('bench.panel')}>
      {!running && untried && <Drives person={person} />}
      {bundle !== undefined && <BundleCard bundle={bundle} />}
      {tiles.length > 0 && <Counts tiles={tiles} running={running} done={done} />}
      {!running && !untried && <Drives person={person} />}
      <div className="panel-foot">
        {running && (
          <Button wide onPress={() => setStopping(true)}>
            {t('bench.stopAsk', { count: counts.active })}
          </Button>
        )}
        {done && (
          <Button kind={ready.length === 0 ? 'primary' : 'standard'} wide onPress={newRun}>
            {t('bench.newRun')}
          </Button>
        )}
        {((!running && !done) || ready.length > 0) && (
          <div>
            <Button
              kind="primary"
              wide
              icon={<IconBolt size={22} aria-hidden />}
              blocked={blocked()}
              showReason
              onPress={() => void (bundle === undefined ? undefined : startRun(bundle.bundle.id, ready))}
            >
              {running ? t('bench.add', { count: ready.length }) : t('bench.update', { count: ready.length })}
            </Button>
          </div>
        )}
      </div>
      {stopping && <Stop count={counts.active} onClose={() => setStopping(false)} />}
    </aside>
  )
}
