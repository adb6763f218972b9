// SPDX-License-Identifier: Apache-2.0
import { useId, type ReactElement, type ReactNode } from 'react'
import { IconCircleDashed } from '@tabler/icons-react'

type Kind = 'primary' | 'standard' | 'in-row' | 'danger' | 'bare'
type ButtonProps = {
  kind?: Kind
  wide?: boolean
  icon?: ReactNode
  /** Why it cannot be pressed now: it stays in its place, reachable, described by this. */
  blocked?: string | undefined
  /** Whether the reason stands below the button; without it, it is a description only. */
  showReason?: boolean
  busy?: boolean
  autoFocus?: boolean
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

/** A button with a verb and its object. Blocked or busy it keeps its place and its focus and says why. */
export const Button = (props: ButtonProps): ReactElement => {
  const { kind = 'standard', wide = false, icon, blocked, busy = false, type = 'button', onPress, children } = props
  const id = useId()
  const off = blocked !== undefined || busy
  return (
    <>
      <button
        type={type}
        className={`btn ${look[kind]} ${wide ? 'wide' : ''}`}
        aria-disabled={off || undefined}
        aria-describedby={blocked === undefined ? undefined : id}
        autoFocus={props.autoFocus}
        onClick={(event) => {
          if (off) event.preventDefault()
          else onPress?.()
        }}
      >
        {icon}
        <span>{children}</span>
      </button>
      {blocked !== undefined && (
        <p id={id} className={props.showReason === true ? 'reason' : 'hidden-text'}>
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
  onPress,
  children,
}: {
  name: string
  onPress: () => void
  children: ReactNode
}): ReactElement => (
  <button type="button" className="btn icon bare" aria-label={name} title={name} onClick={onPress}>
    {children}
  </button>
)
