// SPDX-License-Identifier: Apache-2.0
/** The command line against the emulated board, as a firmware team's bench calls it. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard, type Board } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { tempFolder } from '../support/temp-folder.ts'

const run = promisify(execFile)
const cli = join(import.meta.dirname, '../../main/cli/main.ts')

type Answer = { code: number; json: Record<string, unknown>; err: string }

/** Runs a command with --json; whatever its exit code, one JSON value is on its output. */
const airlock = async (...words: string[]): Promise<Answer> => {
  const ended = await run(process.execPath, [cli, ...words, '--json']).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  )
  const json: unknown = JSON.parse(ended.stdout)
  return { code: ended.code, json: json as Record<string, unknown>, err: ended.stderr }
}

const board = async (): Promise<Board> => {
  const started = await startBoard({ firmware: '1.0.0' })
  onTestFinished(() => started.stop())
  return started
}

describe('airlock flash', () => {
  it('says what is at a port, writes Intel HEX, and writes nothing twice when told to compare', async () => {
    const at = await board()
    const { firmware } = await buildAvr()
    const probed = await airlock('flash', 'probe', '--port', at.pty)
    expect(probed).toMatchObject({
      code: 0,
      json: {
        signature: '1e950f',
        loader: '4.4',
        profile: 'dosing-controller',
        application: { model: 'dosing-controller', serial: 'DC-0042-7Q', hardware: 'rev-c', version: '1.0.0' },
      },
    })
    const words = ['flash', '--port', at.pty, '--image', firmware['2.0.0'].hex]
    const written = await airlock(...words)
    expect(written).toMatchObject({
      code: 0,
      json: { units: 107, written: 107, skipped: 0, recoveries: [], application: { version: '2.0.0' } },
    })
    const image = readFileSync(firmware['2.0.0'].bin)
    expect(Buffer.compare(at.readFlash().subarray(0, image.length), image)).toBe(0)
    const again = await airlock(...words, '--compare')
    expect(again).toMatchObject({
      code: 0,
      json: { written: 0, skipped: 107, readBackSha256: written.json['readBackSha256'] },
    })
  })

  it('says by code and exit code why it did not', async () => {
    const at = await board()
    const folder = tempFolder()
    const [big, broken] = [join(folder, 'big.bin'), join(folder, 'broken.hex')]
    writeFileSync(big, new Uint8Array(32_257))
    writeFileSync(broken, ':00000001FE\n')
    const refusal = async (...words: string[]) => {
      const { code, json } = await airlock('flash', ...words)
      return [code, (json['error'] as { code: string }).code]
    }
    expect(await refusal('--port', at.pty, '--image', big)).toEqual([1, 'flash.image-too-big'])
    expect(await refusal('--port', at.pty, '--image', broken)).toEqual([1, 'flash.image'])
    expect(await refusal('--port', join(folder, 'nothing'), '--image', big)).toEqual([1, 'port.unknown'])
    expect(await refusal('--port', big, '--image', big)).toEqual([1, 'port.not-serial'])
    expect(await refusal('--port', '/dev/null', '--image', big)).toEqual([1, 'port.not-serial'])
    expect(await refusal('--image', big)).toEqual([2, 'usage'])
    expect(await refusal('--port', at.pty, '--image', big, '--driver', 'ymodem')).toEqual([2, 'usage'])
    expect((await at.status()).pages).toBe(0)
  })
})
