// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react'
import type { Contract } from '../../shared/contract/contract.ts'
import { toAirlockError, type AirlockError } from '../../shared/errors.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'
import { call } from './connection.ts'
import { useStation } from './station.ts'

export type DeviceLook = Result<Contract, 'devices.look'>
type Found = { readonly id: string; readonly look?: DeviceLook; readonly fault?: AirlockError }

/** How often a device that is looked at is asked for again, ms: what it says is counted all the time. */
const again = 5000

/** What the station knows of a device, for as long as somebody looks; `fault` where it does not know it. */
export const useDeviceLook = (
  id: string | undefined,
): { readonly look: DeviceLook | undefined; readonly fault: AirlockError | undefined } => {
  const [found, setFound] = useState<Found | undefined>(undefined)
  // What a plug, a flash or an export changes is asked for at once.
  const ports = useStation((state) => state.ports)
  const devices = useStation((state) => state.devices)
  const requests = useStation((state) => state.requests)
  useEffect(() => {
    if (id === undefined) return
    let gone = false
    const ask = async (): Promise<void> => {
      try {
        const look = await call('devices.look', { id })
        if (!gone) setFound({ id, look })
      } catch (error) {
        const fault = toAirlockError(error)
        if (!gone) setFound((last) => ({ ...(last?.id === id ? last : { id }), fault }))
      }
    }
    void ask()
    const timer = setInterval(() => void ask(), again)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [id, ports, devices, requests])
  // What was asked of the one before is no answer about this one.
  return found?.id === id ? { look: found?.look, fault: found?.fault } : { look: undefined, fault: undefined }
}
