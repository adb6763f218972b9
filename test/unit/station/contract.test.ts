// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHandlers } from '../../../main/station/handlers.ts'
import { openExports } from '../../../main/station/open-exports.ts'
import { openParts } from '../../../main/station/parts.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { call, stream } from '../../../shared/rpc/contract-table.ts'
import { ownGround, ownOptions } from '../../support/own-station.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const rows = Object.entries(contract)
const empty = z.strictObject({})

describe('the contract', () => {
  it.each(rows)('%s is for somebody, and takes nothing that it does not name', (_name, { roles, params }) => {
    expect(roles.length).toBeGreaterThan(0)
    expect(params.safeParse({ unnamed: 1 }).success).toBe(false)
    expect(params.safeParse(null).success).toBe(false)
  })

  it('opens nothing but the status, the set-up with the room that it has, and the door before anybody is signed in', () => {
    const open = rows.filter(([, { roles }]) => roles.some((role) => role === 'setup' || role === 'signed-out'))
    expect(open.map(([name, { roles }]) => [name, ...roles])).toEqual([
      ['station.status', 'setup', 'signed-out', 'anyone'],
      ['station.setUp', 'setup'],
      ['storage.get', 'setup', 'anyone'],
      ['session.signIn', 'signed-out', 'anyone'],
    ])
  })

  it('lets nobody but those who answer for it change anything', () => {
    const changing = rows.filter(([, row]) => row.kind === 'call' && row.audit === 'entry')
    const forAnyone = changing.filter(([, { roles }]) => roles.some((role) => role === 'anyone'))
    expect(forAnyone.map(([name]) => name)).toEqual(['session.signIn', 'session.signOut', 'session.changePassword'])
  })

  it('has a handler for every row, and no other', async () => {
    const parts = await openParts(ownOptions(tempFolder()), ownGround())
    const handlers = createHandlers(parts, openExports(parts), { interrupted: [], found: [] })
    parts.store.close()
    parts.measured.close()
    parts.lock.release()
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(contract).sort())
    for (const handler of Object.values(handlers)) expect(handler).toBeTypeOf('function')
  })

  it('has no row without roles: it does not compile', () => {
    const made = [
      // @ts-expect-error roles are missing
      call({ params: empty, result: empty, audit: 'none' }),
      // @ts-expect-error a list of roles has at least one
      call({ params: empty, result: empty, roles: [], audit: 'none' }),
      // @ts-expect-error a stream is for somebody too
      stream({ params: empty, event: empty, roles: [] }),
      // @ts-expect-error nobody has this role
      call({ params: empty, result: empty, roles: ['root'], audit: 'none' }),
    ]
    expect(made).toHaveLength(4)
  })
})
