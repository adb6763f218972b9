// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import { Fragment, useState, type ReactElement } from 'react'
import { DriveFiles, useImportBlocked } from '../../components/drive-file.tsx'
import { Facts } from '../../components/facts.tsx'
import type { Shape, Tone } from '../../components/icons.ts'
import { StackedBar } from '../../components/progress.tsx'
import { Seal } from '../../components/seal.tsx'
import { roleLabel } from '../../components/signer-role.ts'
import { Status } from '../../components/status.tsx'
import { WithdrawnNotices } from '../../components/withdrawn.tsx'
import { bundlesOn } from '../../state/imports.ts'
import { useRun } from '../../state/run.ts'
import type { Person } from '../../state/session.ts'
import { useStation, type BundleDetails } from '../../state/station.ts'
import { countdown, groups, shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { countTiles, lines, type Line, type Tile } from './plan.ts'
import { PanelFoot } from './panel-foot.tsx'
import { useBench } from './run.ts'

const looks: Readonly<Record<Line, { shape: Shape; tone: Tone }>> = {
  updated: { shape: 'done', tone: 'good' },
  active: { shape: 'writing', tone: 'active' },
  waiting: { shape: 'waiting', tone: 'quiet' },
  ready: { shape: 'ready', tone: 'active' },
  upToDate: { shape: 'upToDate', tone: 'quiet' },
  aside: { shape: 'aside', tone: 'quiet' },
  needsYou: { shape: 'triangle', tone: 'bad' },
  notSuitable: { shape: 'notSuitable', tone: 'attention' },
}

/** Bundles on the drives, where the work is: import without leaving the bench. */
const Drives = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const blocked = useImportBlocked(person)
  const drives = (useStation((state) => state.drives) ?? []).filter((drive) => bundlesOn(drive).length > 0)
  if (drives.length === 0) return null
  return (
    <section className="card" aria-label={t('bench.onDrive')}>
      {drives.map((drive) => (
        <div key={drive.id}>
          <h2>{t('bench.driveHas', { name: drive.name, count: bundlesOn(drive).length })}</h2>
          <DriveFiles drive={drive} person={person} />
          {blocked !== undefined && <p className="reason">{blocked}</p>}
        </div>
      ))}
    </section>
  )
}

const BundleCard = ({ bundle }: { bundle: BundleDetails }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const bundles = useStation((state) => state.bundles) ?? []
  const running = useRun(({ run }) => run !== null && run !== undefined)
  const [full, setFull] = useState(false)
  const { id, product, version } = bundle.bundle
  const signers = bundle.signers.map(({ name, role }) =>
    name === null ? roleLabel(t, role) : `${name} (${roleLabel(t, role)})`,
  )
  return (
    <section className="card" aria-label={t('bench.bundle')}>
      <WithdrawnNotices bundle={id} />
      <Seal bundle={id} name={`${product} ${version}`} excepted={bundle.exceptions.length > 0} />
      <Facts
        facts={[
          [
            t('bundle.signedBy'),
            signers.map((one, n) => (
              <Fragment key={n}>
                {n > 0 && ', '}
                <span className="whole">{one}</span>
              </Fragment>
            )),
          ],
          [t('bundle.released'), format.date(bundle.releasedAt)],
          [t('common.fingerprint'), <span className="mono">{full ? groups(id) : shortDigest(id)}</span>],
        ]}
      />
      {!running && (
        <button type="button" className="link in-table small" onClick={() => setFull(!full)}>
          {t(full ? 'bench.hidePrint' : 'bench.showPrint')}
        </button>
      )}
      {bundles.length > 1 && !running && (
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

/** How long the run still takes, and why that may have grown. */
const Left = (): ReactElement | null => {
  const t = useText()
  const format = useFormat()
  const left = useRun(({ run }) => run?.leftMs)
  const grew = useRun(({ run }) => run?.leftGrew)
  const now = useStation(({ status }) => status?.now) ?? 0
  if (left === null || left === undefined || left === 0) return null
  return (
    <p className="muted small">
      {t('bench.about', { left: countdown(left), at: format.clock(now + left) })}{' '}
      {grew !== null && grew !== undefined && <>· {t(`bench.grew.${grew}`)}</>}
    </p>
  )
}

/** Who works on the run; whoever has not yet, is told what their first step means. */
const People = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const format = useFormat()
  const people = useRun(({ run }) => run?.people) ?? []
  const open = useRun(({ run }) => run?.state !== 'finished')
  const [first] = people
  if (first === undefined) return null
  const mine = people.some(({ id }) => id === person.id)
  const names = format.list(people.map(({ name }) => name))
  return (
    <p className="muted small">
      {!mine && open && person.roles.includes('technician')
        ? t('bench.takeOver', { name: first.name })
        : t('bench.people', { count: people.length, names })}
    </p>
  )
}

const Counts = ({ tiles, person }: { tiles: readonly Tile[]; person: Person }): ReactElement => {
  const t = useText()
  const run = useRun(({ run: now }) => now !== null && now !== undefined)
  const atOnce = useRun(({ run: now }) => now?.atOnce)
  const counts = countTiles(tiles)
  const total = lines.reduce((sum, line) => sum + counts[line], 0)
  return (
    <section className="card">
      <h2>{t(run ? 'bench.run' : 'bench.plan')}</h2>
      <p className="count">
        <span className="big">{run ? counts.updated : counts.ready}</span>
        <span className="lead">{t(run ? 'bench.ofUpdated' : 'bench.ofToUpdate', { total })}</span>
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
      <Left />
      {atOnce !== undefined && counts.waiting > 0 && (
        <p className="muted small">{t('bench.atOnce', { count: atOnce })}</p>
      )}
      <People person={person} />
    </section>
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
  const running = useRun(({ run }) => run?.state === 'running')
  return (
    <aside className="panel" aria-label={t('bench.panel')}>
      {bundle !== undefined && <BundleCard bundle={bundle} />}
      {tiles.length > 0 && bundle !== undefined && <Counts tiles={tiles} person={person} />}
      {!running && <Drives person={person} />}
      <PanelFoot tiles={tiles} bundle={bundle} person={person} />
    </aside>
  )
}
