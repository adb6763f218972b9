// SPDX-License-Identifier: Apache-2.0
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createHeadlessHost } from '../../../main/cli/station/headless-host.ts'
import { callAndWait } from '../../../main/cli/station/station-client.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import { portPair } from '../../../shared/rpc/port.ts'
import { serve } from '../../../shared/rpc/server.ts'

const never = new AbortController().signal

describe('a command that starts several jobs', () => {
  it('hears from all of them before it tells of the one that failed', async () => {
    const [near, far] = portPair(structuredClone)
    const [good, bad] = [randomUUID(), randomUUID()]
    const ended: string[] = []
    const shown = {
      kind: 'flashing',
      startedAt: 0,
      endedAt: 1,
      person: 'p',
      subject: 's',
      progress: null,
      result: null,
    }
    const view = (id: string, state: string, code: string | null) => ({ ...shown, id, state, code })
    const handlers = {
      'flashing.start': () => ({ jobs: [bad, good].map((jobId) => ({ port: jobId, jobId })) }),
      'jobs.watch': async ({ jobId }: { jobId: string }, _caller: unknown, emit: (event: unknown) => void) => {
        if (jobId === good) await new Promise((resolve) => setTimeout(resolve, 50))
        emit(jobId === good ? view(good, 'done', null) : view(bad, 'failed', 'flash.unplugged'))
        ended.push(jobId)
      },
    }
    serve(contract, handlers as never, far, {
      gate: () => undefined,
      limits: { inFlight: 8, perSecond: 100, weight: 10_000 },
      now: () => 0,
      onFault: () => undefined,
    })
    const client = createClient(contract, near)
    const targets = [{ port: bad }, { port: good }]
    await expect(callAndWait(client, 'flashing.start', { bundle: '0'.repeat(64), targets })).rejects.toMatchObject({
      code: 'flash.unplugged',
    })
    expect(ended).toEqual([bad, good])
  })
})

describe('the key store of a station without a window', () => {
  const host = createHeadlessHost('a passphrase for tests')
  const unwrap = (wrapped: string) => Promise.resolve(host['host.unwrap']({ wrapped }, undefined, never))

  it('gives back what it wrapped, to the same passphrase only', async () => {
    const secret = randomBytes(32).toString('base64')
    const { wrapped } = await host['host.wrap']({ secret }, undefined, never)
    expect(await unwrap(wrapped)).toEqual({ secret })
    const other = createHeadlessHost('a guess')
    await expect(Promise.resolve(other['host.unwrap']({ wrapped }, undefined, never))).rejects.toMatchObject({
      code: 'audit.key',
    })
  })

  it('takes nothing that is cut short, least of all a tag of four bytes', async () => {
    const { wrapped } = await host['host.wrap']({ secret: randomBytes(32).toString('base64') }, undefined, never)
    const [kind, salt, nonce, body = ''] = wrapped.split('.')
    const bytes = Buffer.from(body, 'base64')
    for (const length of [0, 4, 8, 12, 15, 16, 47]) {
      const cut = [kind, salt, nonce, bytes.subarray(0, length).toString('base64')].join('.')
      await expect(unwrap(cut)).rejects.toMatchObject({ code: 'audit.key' })
    }
    await expect(unwrap([kind, salt, '', body].join('.'))).rejects.toMatchObject({ code: 'audit.key' })
  })
})
