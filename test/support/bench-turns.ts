// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { freemem } from 'node:os'
import { quantile, seconds } from './bench-log.ts'

/** A row of a benchmark's table. */
export type Row = { readonly what: string; readonly value: number | string; readonly unit: string }

/** Something to time; `clear` puts away what it made, outside the time. */
export type Contender = { readonly run: () => Promise<unknown>; readonly clear?: () => void }

/**
 * Lets contenders take turns, so that what else the machine does hits all of them; gives the seconds of each turn.
 * Every round starts with another one. `before` runs before each turn, outside the time, so that all find the same.
 */
export const takeTurns = async <Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, Contender>>,
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Record<Name, number[]>> => {
  const names = Object.keys(contenders) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] as Name
      await before()
      times[name].push(await seconds(contenders[name].run))
      contenders[name].clear?.()
    }
  }
  return times
}

/** The middle one. */
export const median = (list: readonly number[]): number =>
  quantile(
    list.toSorted((a, b) => a - b),
    0.5,
  )

/** Runs a program to its end and gives what it wrote; rejects when it is not there or fails, unless `mayFail`. */
export const program = (name: string, words: readonly string[], mayFail = false): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(name, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, complaint] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 || mayFail) resolve(out)
      else reject(new Error(`${name} ended with ${code}: ${complaint}`))
    })
  })

/**
 * Uses much of the free memory once. A guest's memory that lay idle comes from its host page by page, which costs a
 * contender that gets it more than a whole copy, and its neighbour that gets what was just freed nothing.
 */
export const touchMemory = (): Promise<string> => {
  const bytes = Math.min(2 ** 32, Math.floor(freemem() / 2))
  return program(process.execPath, [
    '-e',
    `for (let i = 0; i < 4; i++) globalThis[i] = Buffer.alloc(${Math.floor(bytes / 4)}, 1)`,
  ])
}
