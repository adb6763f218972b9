// SPDX-License-Identifier: Apache-2.0
import { Menu } from '@mantine/core'
import { IconHelp, IconLock, IconSearch } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'
import { ChangePassword } from './change-password.tsx'
import { ClockChip } from './clock-chip.tsx'
import { IconButton } from './components/button.tsx'
import { DriveChip } from './drive-chip.tsx'
import { openFind, openHelp } from './state/overlay.ts'
import { setPreferences, usePreferences, type Preferences } from './state/preferences.ts'
import { lock, signOut, type Person } from './state/session.ts'
import { shortcuts } from './state/shortcuts.ts'
import { useStation } from './state/station.ts'
import { useText } from './text/use-text.ts'

const themes: readonly Preferences['theme'][] = ['system', 'light', 'dark', 'contrast']

/** Name, role; theme, size and language in one press each; sign out. */
const PersonChip = ({ person, changePassword }: { person: Person; changePassword: () => void }): ReactElement => {
  const t = useText()
  const { theme, language, size } = usePreferences()
  const initials = person.name
    .split(' ')
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
  const mark = (chosen: boolean): ReactElement => <span className="menu-mark">{chosen ? '✓' : ''}</span>
  return (
    <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="chip boxed">
          <span className="face" aria-hidden>
            {initials}
          </span>
          <span>
            <b>{person.name}</b>
            <small>{person.roles.map((role) => t(`role.${role}`)).join(', ')}</small>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map((name) => (
          <Menu.Item key={name} onClick={() => setPreferences({ theme: name })}>
            {mark(theme === name)}
            {t(`theme.${name}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => setPreferences({ size: size === 'large' ? 'normal' : 'large' })}>
          {mark(size === 'large')}
          {t('frame.largeControls')}
        </Menu.Item>
        <Menu.Divider />
        {(['en', 'de'] as const).map((name) => (
          <Menu.Item key={name} lang={name} onClick={() => setPreferences({ language: name })}>
            {mark(language === name)}
            {name === 'en' ? 'English' : 'Deutsch'}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={changePassword}>
          {mark(false)}
          {t('password.menu')}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()}>
          {mark(false)}
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Site, hall and bench, drive, clock, person: the same on every screen. */
export const TopBar = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const [changing, setChanging] = useState(false)
  const site = useStation(({ status }) => status?.site) ?? ''
  const hall = useStation(({ status }) => status?.hall) ?? ''
  const bench = useStation(({ status }) => status?.bench) ?? ''
  const station = useStation(({ status }) => status?.stationId) ?? ''
  const place = [hall, bench].filter((name) => name !== '').join(' · ')
  return (
    <header className="topbar">
      <div className="chip grow">
        <span>
          <b>{site}</b>
          <small>{place === '' ? t('frame.station', { id: station.slice(0, 8) }) : place}</small>
        </span>
      </div>
      <DriveChip person={person} />
      <ClockChip />
      <PersonChip person={person} changePassword={() => setChanging(true)} />
      <IconButton name={t('find.open')} keys={shortcuts.find} onPress={openFind}>
        <IconSearch size={22} stroke={1.8} aria-hidden />
      </IconButton>
      <IconButton name={t('help.open')} keys={shortcuts.help} onPress={() => openHelp()}>
        <IconHelp size={22} stroke={1.8} aria-hidden />
      </IconButton>
      <IconButton name={t('frame.lock')} keys={shortcuts.lock} onPress={() => void lock()}>
        <IconLock size={22} stroke={1.8} aria-hidden />
      </IconButton>
      {changing && <ChangePassword login={person.login} onClose={() => setChanging(false)} />}
    </header>
  )
}
