// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { mediaCalls } from '../../shared/contract/media-calls.ts'
import { toAirlockError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import type { Drive } from './media/drive-table.ts'
import type { Parts } from './parts.ts'

type MediaHandlers = Pick<Handlers<Contract, Caller>, keyof typeof mediaCalls>

const toDrives = (drives: readonly Drive[]) => ({
  drives: drives.map((drive) => ({ ...drive, files: drive.files.map((file) => ({ ...file })) })),
})

/** Removable drives. */
export const mediaHandlers = ({ drives, audit }: Parts): MediaHandlers => ({
  'media.list': async () => toDrives(await drives.list()),
  'media.watch': (_nothing, _caller, emit, signal) => drives.watch((now) => emit(toDrives(now)), signal),
  'media.eject': async ({ driveId }, caller) => {
    const { actor } = personOf(caller)
    const entry = { actor, action: 'media.eject', object: { type: 'drive', id: driveId } } as const
    try {
      const outcome = await drives.eject(driveId)
      audit.note({ ...entry, outcome: 'ok', after: { outcome } })
      return { outcome }
    } catch (error) {
      audit.note({ ...entry, outcome: 'failed', reason: toAirlockError(error).code })
      throw error
    }
  },
})
