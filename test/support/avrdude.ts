// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'

export type AvrdudeResult = { ok: boolean; seconds: number; output: string }

/** Runs the field's own client for Optiboot on a port, e.g. `avrdude(pty, 'flash:w:image.hex:i')`: write and verify. */
export const avrdude = (port: string, ...operations: string[]): Promise<AvrdudeResult> =>
  new Promise((resolve, reject) => {
    const started = performance.now()
    let output = ''
    const words = ['-c', 'arduino', '-p', 'm328p', '-P', port, '-b', '115200', '-D']
    const child = spawn('avrdude', [...words, ...operations.flatMap((operation) => ['-U', operation])])
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ ok: code === 0, seconds: (performance.now() - started) / 1000, output }))
  })
