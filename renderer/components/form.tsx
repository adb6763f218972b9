// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

/** Fields and their button: Enter sends them as the button does, and neither while something stands against it. */
export const Form = ({
  blocked,
  send,
  className = 'stack tight',
  label,
  id,
  children,
}: {
  /** Why it cannot be sent now. */
  blocked: string | undefined
  send: () => void
  className?: string
  label?: string
  id?: string
  children: ReactNode
}): ReactElement => (
  <form
    className={className}
    aria-label={label}
    id={id}
    onSubmit={(event) => {
      event.preventDefault()
      if (blocked === undefined) send()
    }}
  >
    {children}
  </form>
)

/** Why somebody does it, as it goes into the log. */
export const Reason = ({
  label,
  value,
  change,
}: {
  label: string
  value: string
  change: (reason: string) => void
}): ReactElement => (
  <TextInput
    label={label}
    value={value}
    maxLength={1000}
    autoComplete="off"
    onChange={({ currentTarget }) => change(currentTarget.value)}
  />
)
