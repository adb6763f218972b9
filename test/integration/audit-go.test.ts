// SPDX-License-Identifier: Apache-2.0
/** An exported log, judged by code that this project did not write: Go's golang.org/x/mod/sumdb, from Debian. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { stationActor } from '../../main/station/audit/entry.ts'
import { signCheckpoint } from '../../main/station/audit/checkpoint.ts'
import { runCommand } from '../../main/cli/main.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { openTestLog, testLogKey } from '../support/audit.ts'
import { tempFolder } from '../support/temp-folder.ts'

const source = new URL('audit-go/main.go', import.meta.url).pathname
const build = new URL('../../node_modules/.cache/audit-go', import.meta.url).pathname

type Ran = { status: number | null; out: string; err: string }

const run = (command: string, words: readonly string[], env: Record<string, string> = {}): Ran => {
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (error !== undefined) throw error
  return { status, out: stdout, err: stderr }
}

const airlock = async (...words: string[]): Promise<Ran> => {
  const said = { out: '', err: '' }
  const status = await runCommand(words, {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    clock: systemClock,
    env: {},
  })
  return { status, ...said }
}

const program = join(build, 'audit-go')
beforeAll(() => {
  mkdirSync(build, { recursive: true })
  // Debian's Go packages lie in one GOPATH; no module proxy is asked.
  const env = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(build, 'cache'), GOFLAGS: '' }
  expect(run('go', ['build', '-o', program, source], env)).toMatchObject({ status: 0 })
})

/** A log of 300 entries with every kind of text, and its export. */
const exported = async (): Promise<{ data: string; out: string; log: ReturnType<typeof openTestLog> }> => {
  const data = tempFolder()
  const log = openTestLog(data, testLogKey())
  const texts = [
    'plain',
    'Ünïcödé 山田 😀',
    '\u0000\u001b[31m\r\n',
    '\u202egnaL\u200b',
    '"\\/</script>',
    '\u2028\u007f',
  ]
  for (let i = 1; i < 300; i += 1) {
    const text = texts[i % texts.length] ?? ''
    log.audit.note({
      actor: stationActor,
      action: 'job.cancel',
      object: { type: 'thing', id: text },
      outcome: 'ok',
      reason: text,
      after: { [text]: [i, -i, 2 ** 53 - 1, null, true] },
    })
    if (i % 77 === 0) log.audit.anchor('day')
  }
  await log.audit.close()
  const out = join(tempFolder(), 'log')
  const proofs = [0, 1, 254, 255, 256, 299].flatMap((seq) => ['--prove', String(seq)])
  expect(await airlock('audit', 'export', '--data', data, '--out', out, ...proofs, '--json')).toMatchObject({
    status: 0,
  })
  return { data, out, log }
}

/** A copy of an export with one file changed. */
const changed = (folder: string, file: string, change: (text: string) => string): string => {
  const copy = join(tempFolder(), 'log')
  cpSync(folder, copy, { recursive: true })
  const text = readFileSync(join(copy, file), 'utf8')
  expect(change(text)).not.toBe(text)
  writeFileSync(join(copy, file), change(text))
  return copy
}

describe('an exported log', () => {
  it('verifies with Go: signature, entries, root, anchors, proofs; and both programs refuse the same changes', async () => {
    const { data, out, log } = await exported()
    const { size, root, note } = log.audit.head()
    expect(JSON.parse(run(program, [out]).out)).toEqual({ size: 300, root, anchors: 4, proofs: 6 })
    expect(JSON.parse((await airlock('audit', 'verify', out, '--json')).out)).toEqual({ verified: true, size, root })
    expect(JSON.parse((await airlock('audit', 'verify', data, '--json')).out)).toEqual({ verified: true, size, root })

    const swap = (text: string): string => {
      const [first = '', second = '', ...rest] = text.split('\n')
      return [second, first, ...rest].join('\n')
    }
    const forged = signCheckpoint({ origin: log.key.note.name, size, root }, testLogKey())
    const attacks = [
      changed(out, 'entries.jsonl', (text) =>
        text.replace(/(?<=\{"leaf":"[^"]{400})./, (c) => (c === 'A' ? 'B' : 'A')),
      ),
      changed(out, 'entries.jsonl', swap),
      changed(out, 'entries.jsonl', (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)),
      changed(out, 'entries.jsonl', (text) => text + text.slice(text.lastIndexOf('\n', text.length - 2) + 1)),
      changed(out, 'checkpoint', (text) => text.replace('\n300\n', '\n299\n')),
      changed(out, 'checkpoint', () => forged),
      changed(out, 'log.vkey', () => `${testLogKey().note.vkey}\n`),
      changed(out, 'anchors/78-day.note', (text) => text.replace('\n78\n', '\n79\n')),
    ]
    for (const attack of attacks) {
      expect(run(program, [attack]).status, attack).toBe(1)
      const judged = await airlock('audit', 'verify', attack, '--json')
      expect(judged.status, attack).toBe(1)
      expect(JSON.parse(judged.out)).toMatchObject({ verified: false })
    }
    expect(
      run(program, [changed(out, '255.tlog-proof', (text) => text.replace('index 255', 'index 254'))]).status,
    ).toBe(1)

    // A head that was signed elsewhere for other entries, and the key on paper.
    const fork = join(tempFolder(), 'fork.note')
    writeFileSync(fork, signCheckpoint({ origin: log.key.note.name, size: 200, root: '00'.repeat(32) }, log.key))
    expect(await airlock('audit', 'verify', data, '--checkpoint', fork)).toMatchObject({ status: 1 })
    expect(await airlock('audit', 'verify', out, '--checkpoint', fork)).toMatchObject({ status: 1 })
    const kept = join(tempFolder(), 'kept.note')
    writeFileSync(kept, note)
    expect(await airlock('audit', 'verify', data, '--checkpoint', kept, '--vkey', log.key.note.vkey)).toMatchObject({
      status: 0,
    })
    expect(await airlock('audit', 'verify', data, '--vkey', testLogKey().note.vkey)).toMatchObject({ status: 1 })
  })

  it('is written once and never over something', async () => {
    const { data, out } = await exported()
    expect((await airlock('audit', 'export', '--data', data, '--out', out)).status).toBe(2)
    expect((await airlock('audit', 'export', '--data', data)).status).toBe(2)
    expect(await airlock('audit', 'verify')).toMatchObject({ status: 2 })
    expect(await airlock('audit', 'verify', join(out, 'none'), '--json')).toMatchObject({ status: 2 })
  })

  it('of a station whose log was cut is refused by its head file', async () => {
    const { data, log } = await exported()
    const copy = join(tempFolder(), 'station')
    mkdirSync(join(copy, 'head'), { recursive: true })
    log.store.close()
    copyFileSync(log.headPath, join(copy, 'head', 'audit-head'))
    const short = openTestLog(tempFolder(), log.key)
    short.store.close()
    copyFileSync(short.database, join(copy, 'station.db'))
    expect(JSON.parse((await airlock('audit', 'verify', copy, '--json')).out)).toMatchObject({
      verified: false,
      code: 'audit.rolled-back',
      firstBad: 1,
    })
    expect(await airlock('audit', 'verify', join(data, 'station.db'))).toMatchObject({ status: 0 })
  })
})
