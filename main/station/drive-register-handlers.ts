// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { driveRegisterCalls } from '../../shared/contract/drive-register-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import type { Parts } from './parts.ts'

type DriveRegisterHandlers = Pick<Handlers<Contract, Caller>, keyof typeof driveRegisterCalls>

/** The register of drives; whoever watches the drives is told of every change. */
export const driveRegisterHandlers = ({ drives, register }: Parts): DriveRegisterHandlers => ({
  'media.registered': () => ({ rule: register.rule(), drives: register.list() }),
  'media.register': async ({ driveId, ...told }, caller) => ({
    id: register.add(personOf(caller).actor, await drives.volumeOf(driveId), told),
  }),
  'media.unregister': ({ id, reason }, caller) => {
    register.end(personOf(caller).actor, id, reason)
    return {}
  },
  'media.setRule': ({ rule, reason }, caller) => {
    register.setRule(personOf(caller).actor, rule, reason)
    return {}
  },
})
