// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { registeredDrive, unregisteredRule } from '../../../shared/contract/drive-register-calls.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Actor, AuditLog } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Store } from '../store/open.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import type { Volume } from './volume.ts'

/** One registration, and what ended it. */
export type RegisteredDrive = z.infer<typeof registeredDrive>
/** What is done with drives that nobody has registered. */
export type UnregisteredRule = z.infer<typeof unregisteredRule>

/** Ended ones that the list shows beside those that count. */
const listed = 500

/**
 * The drives that the site knows as its own. What a drive says of itself is a claim: a serial number can be copied, so
 * that the register keeps strange drives out that somebody brings along, and no forged one.
 */
export type DriveRegister = {
  /** The registration of a drive that counts now. */
  of(drive: string): RegisteredDrive | undefined
  /** Those that count first, then what has ended, newest first. */
  list(): RegisteredDrive[]
  /** Errors: `medium.no-identity`, `medium.registered`. */
  add(actor: Actor, volume: Volume, told: { readonly label: string; readonly owner: string }): string
  /** Errors: `not-found` (it has ended, or never was). */
  end(actor: Actor, id: string, reason: string): void
  rule(): UnregisteredRule
  setRule(actor: Actor, rule: UnregisteredRule, reason: string): void
  /** Whether this drive may be worked with. */
  admits(drive: string): boolean
}

const row = z.object({
  id: z.string(),
  drive: z.string(),
  serial: z.string(),
  volume: z.string(),
  label: z.string(),
  owner: z.string(),
  by_name: z.string(),
  at_ms: z.int(),
  ended_by: z.string().nullable(),
  ended_ms: z.int().nullable(),
  ended_reason: z.string().nullable(),
})

const toRegistered = (found: unknown): RegisteredDrive => {
  const { by_name: by, at_ms: at, ended_by, ended_ms, ended_reason, ...facts } = row.parse(found)
  const ended = ended_ms === null ? null : { by: ended_by ?? '', at: ended_ms, reason: ended_reason ?? '' }
  return { ...facts, by, at, ended }
}

type Parts = { readonly store: Store; readonly audit: AuditLog; readonly clock: Clock }

/** The register over its table (migration 18) and the setting. */
export const createDriveRegister = ({ store, audit, clock }: Parts): DriveRegister => {
  const of = (drive: string): RegisteredDrive | undefined => {
    const found = store.read.get('SELECT * FROM registered_drive WHERE drive = ? AND ended_ms IS NULL', drive)
    return found === undefined ? undefined : toRegistered(found)
  }
  // What nobody can have set here lets nothing in.
  const rule = (): UnregisteredRule =>
    unregisteredRule.catch('refused').parse(readSetting(store.read, 'unregistered-drives') ?? 'allowed')
  return {
    of,
    list: () =>
      store.read
        .all('SELECT * FROM registered_drive ORDER BY ended_ms IS NOT NULL, n DESC LIMIT ?', listed)
        .map(toRegistered),
    add(actor, { id: drive, serial = '', volumeId: volume = '', device }, { label, owner }) {
      // A configured folder is known by its path. A volume without an id is known by its place only, where any other one
      // may be next time, whatever the stick's own number is.
      if (device !== undefined && volume === '') throw new AirlockError('medium.no-identity')
      if (of(drive) !== undefined) throw new AirlockError('medium.registered')
      const id = newId()
      const object = { type: 'drive', id: drive }
      const after = { name: label, owner, serial, volume }
      audit.change({ actor, action: 'media.register', object, outcome: 'ok', after, corr: id }, (tx) =>
        tx.run(
          `INSERT INTO registered_drive (id, drive, serial, volume, label, owner, by_name, at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          id,
          drive,
          serial,
          volume,
          label,
          owner,
          actor.name,
          clock.now(),
        ),
      )
      return id
    },
    end(actor, id, reason) {
      const found = store.read.get('SELECT * FROM registered_drive WHERE id = ? AND ended_ms IS NULL', id)
      if (found === undefined) throw new AirlockError('not-found', { registration: id })
      const { drive, label: name, owner, serial, volume } = toRegistered(found)
      const entry = { actor, action: 'media.unregister', object: { type: 'drive', id: drive }, outcome: 'ok' } as const
      audit.change({ ...entry, reason, before: { name, owner, serial, volume }, corr: id }, (tx) =>
        tx.run(
          'UPDATE registered_drive SET ended_by = ?, ended_ms = ?, ended_reason = ? WHERE id = ?',
          actor.name,
          clock.now(),
          reason,
          id,
        ),
      )
    },
    rule,
    setRule(actor, next, reason) {
      const object = { type: 'setting', id: 'unregistered-drives' }
      const changed = { before: { rule: rule() }, after: { rule: next } }
      audit.change({ actor, action: 'media.rule', object, outcome: 'ok', reason, ...changed }, (tx) =>
        writeSetting(tx, 'unregistered-drives', next),
      )
    },
    admits: (drive) => rule() === 'allowed' || of(drive) !== undefined,
  }
}
