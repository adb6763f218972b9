// SPDX-License-Identifier: Apache-2.0
import { useId, useRef, type ReactElement, type ReactNode } from 'react'
import { IconCircleDashed } from '@tabler/icons-react'
import { usePreferences } from '../state/preferences.ts'
import { readKeys } from '../state/shortcuts.ts'

type Kind = 'primary' | 'standard' | 'in-row' | 'danger' | 'bare'
type ButtonProps = {
  kind?: Kind
  wide?: boolean
  icon?: ReactNode
  /** Why it cannot be pressed now: it stays in its place, reachable, described by this. */
  blocked?: string | undefined
  /** Whether the reason stands below the button, as it always does for the primary one; else it is a description only. */
  showReason?: boolean
  busy?: boolean
  autoFocus?: boolean
  /** Pressing it again at once is meant: the next record, and the next one. */
  repeats?: boolean
  /** Ctrl+P presses it. */
  prints?: boolean
  type?: 'button' | 'submit'
  onPress?: () => void
  children: ReactNode
}

const look: Readonly<Record<Kind, string>> = {
  primary: 'primary',
  standard: '',
  'in-row': 'in-row',
  danger: 'danger',
  bare: 'bare in-row',
}

/** A second press of the same target within this time is the same press, ms: gloves and worn buttons bounce. */
const bounce = 600

/** Lets one press through and swallows the next ones of the same bounce. */
const useOnce = (): ((at: number, press: () => void) => void) => {
  const last = useRef(-bounce)
  return (at, press) => {
    if (at - last.current < bounce) return
    last.current = at
    press()
  }
}

/** A button with a verb and its object. Blocked or busy it keeps its place and its focus and says why. */
export const Button = (props: ButtonProps): ReactElement => {
  const { kind = 'standard', wide = false, icon, blocked, busy = false, type = 'button', onPress, children } = props
  const id = useId()
  const once = useOnce()
  const off = blocked !== undefined || busy
  return (
    <>
      <button
        type={type}
        className={`btn ${look[kind]} ${wide ? 'wide' : ''}`}
        aria-disabled={off || undefined}
        aria-describedby={blocked === undefined ? undefined : id}
        autoFocus={props.autoFocus}
        data-autofocus={props.autoFocus}
        data-print={props.prints}
        onClick={(event) => {
          if (off) return event.preventDefault()
          if (onPress === undefined) return
          if (props.repeats === true) onPress()
          else once(event.timeStamp, onPress)
        }}
      >
        {icon}
        <span>{children}</span>
      </button>
      {blocked !== undefined && (
        <p id={id} className={(props.showReason ?? kind === 'primary') ? 'reason' : 'hidden-text'}>
          <IconCircleDashed size={18} aria-hidden />
          <span>{blocked}</span>
        </p>
      )}
    </>
  )
}

/** A button that is only an icon; its name says the object too. */
export const IconButton = ({
  name,
  keys,
  repeats = false,
  blocked,
  onPress,
  children,
}: {
  name: string
  /** Its shortcut, as `aria-keyshortcuts` writes it: it stands in the tooltip too. */
  keys?: string
  repeats?: boolean
  /** Why it cannot be pressed now: it stays in its place, and its tooltip says this. */
  blocked?: string | undefined
  onPress: () => void
  children: ReactNode
}): ReactElement => {
  const once = useOnce()
  const language = usePreferences((state) => state.language)
  return (
    <button
      type="button"
      className="btn icon bare"
      aria-label={name}
      aria-keyshortcuts={keys}
      aria-disabled={blocked !== undefined || undefined}
      aria-description={blocked}
      title={blocked ?? (keys === undefined ? name : `${name} (${readKeys(keys, language)})`)}
      onClick={({ timeStamp }) => {
        if (blocked !== undefined) return
        if (repeats) onPress()
        else once(timeStamp, onPress)
      }}
    >
      {children}
    </button>
  )
}
