// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type KeyboardEvent, type ReactElement } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { closeOverlay } from '../../state/overlay.ts'
import { usePreferences } from '../../state/preferences.ts'
import type { Person } from '../../state/session.ts'
import { readKeys } from '../../state/shortcuts.ts'
import { useText } from '../../text/use-text.ts'
import { commandLines, pageLines } from './commands.ts'
import { fits, present, step, type Group, type Line } from './found.ts'
import { useObjects } from './use-objects.ts'

const Option = ({ line, chosen, take }: { line: Line; chosen: boolean; take: (line: Line) => void }): ReactElement => {
  const language = usePreferences((state) => state.language)
  return (
    <li
      id={line.id}
      role="option"
      aria-selected={chosen}
      className="find-line"
      // The field keeps the focus, as the pattern of a combobox asks for.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => take(line)}
    >
      <span className={line.mono === true ? 'mono strong' : 'strong'}>{line.title}</span>
      {line.detail !== undefined && <span className="muted small">{line.detail}</span>}
      {line.keys !== undefined && <kbd className="keys">{readKeys(line.keys, language)}</kbd>}
    </li>
  )
}

const Lines = ({ group, chosen, take }: { group: Group; chosen: string | undefined; take: (line: Line) => void }) => {
  const t = useText()
  const name = `find-group-${group.name}`
  return (
    <li role="presentation">
      <p id={name} role="presentation" className="find-group">
        {t(`find.${group.name}`)}
      </p>
      <ul role="group" aria-labelledby={name}>
        {group.lines.map((line) => (
          <Option key={line.id} line={line} chosen={line.id === chosen} take={take} />
        ))}
      </ul>
    </li>
  )
}

const useGroups = (text: string, person: Person): readonly Group[] => {
  const t = useText()
  const objects = useObjects(text, person)
  const fitting = (lines: readonly Line[]): Line[] => lines.filter(({ title }) => fits(title, text))
  return present({ ...objects, pages: fitting(pageLines(person, t)), commands: fitting(commandLines(t)) })
}

/** Find: devices, bundles, exports and entries first, then pages, then commands. A combobox with one list. */
export const Find = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const groups = useGroups(text.trim(), person)
  const lines = groups.flatMap((group) => group.lines)
  const chosen = lines[Math.min(at, lines.length - 1)]
  useEffect(() => {
    if (chosen !== undefined) document.getElementById(chosen.id)?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.id])
  const take = (line: Line): void => {
    closeOverlay()
    line.act()
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && chosen !== undefined && !event.nativeEvent.isComposing) take(chosen)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setAt(step(at, event.key, lines.length))
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={t('find.title')} onClose={closeOverlay} top>
      <input
        className="find-field"
        role="combobox"
        aria-label={t('find.field')}
        aria-expanded={lines.length > 0}
        aria-controls="find-list"
        aria-autocomplete="list"
        aria-activedescendant={chosen?.id}
        placeholder={t('find.hint')}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        data-autofocus
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          setAt(0)
        }}
        onKeyDown={press}
      />
      <p className="hidden-text" role="status">
        {t('find.count', { count: lines.length })}
      </p>
      <ul id="find-list" role="listbox" aria-label={t('find.results')} className="find-list">
        {groups.map((group) => (
          <Lines key={group.name} group={group} chosen={chosen?.id} take={take} />
        ))}
      </ul>
      {lines.length === 0 && <p className="muted">{t('find.none')}</p>}
    </Dialog>
  )
}
