// SPDX-License-Identifier: Apache-2.0
import { useCallback, useState } from 'react'
import { toAirlockError, type AirlockError } from '../../shared/errors.ts'

/** Something that a person asked for: whether it runs, and why the last try did not work. */
export type Action = { readonly busy: boolean; readonly fault: AirlockError | undefined; clear(): void }

/** Runs one action at a time; a second press while it runs does nothing. Its error is kept to be shown, with the input. */
export const useAction = (): readonly [Action, (work: () => Promise<void>) => void] => {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<AirlockError | undefined>(undefined)
  const run = useCallback(
    (work: () => Promise<void>): void => {
      if (busy) return
      setBusy(true)
      setFault(undefined)
      work()
        .catch((error: unknown) => setFault(toAirlockError(error)))
        .finally(() => setBusy(false))
    },
    [busy],
  )
  return [{ busy, fault, clear: () => setFault(undefined) }, run]
}
