// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'

/** Who may make a call: a role, `setup` before the first person exists, `signed-out`, `anyone` signed in, `owing` also while the password has to be changed first. */
export type Access =
  | 'setup'
  | 'signed-out'
  | 'anyone'
  | 'owing'
  | 'technician'
  | 'officer'
  | 'administrator'
  | 'auditor'
  | 'developer'

/** A row of a contract. A row without roles does not compile: the list has at least one. */
export type CallRow<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> = {
  readonly kind: 'call'
  readonly params: P
  readonly result: R
  readonly roles: readonly [Access, ...Access[]]
  /** `entry`: the handler changes something, with its audit entry; `none`: it only reads. */
  readonly audit: 'entry' | 'none'
}

/** A row whose answer is a stream: a snapshot first, then deltas. */
export type StreamRow<P extends z.ZodType = z.ZodType, E extends z.ZodType = z.ZodType> = {
  readonly kind: 'stream'
  readonly params: P
  readonly event: E
  readonly roles: readonly [Access, ...Access[]]
}

/** name → row. */
export type ContractTable = Readonly<Record<string, CallRow | StreamRow>>

/** Types a call's row from its schemas. */
export const call = <P extends z.ZodType, R extends z.ZodType>(row: Omit<CallRow<P, R>, 'kind'>): CallRow<P, R> => ({
  kind: 'call',
  ...row,
})

/** Types a stream's row from its schemas. */
export const stream = <P extends z.ZodType, E extends z.ZodType>(
  row: Omit<StreamRow<P, E>, 'kind'>,
): StreamRow<P, E> => ({
  kind: 'stream',
  ...row,
})

/** Names of the calls, and of the streams, of a table. */
export type CallName<T extends ContractTable> = { [N in keyof T]: T[N] extends CallRow ? N : never }[keyof T] & string
export type StreamName<T extends ContractTable> = { [N in keyof T]: T[N] extends StreamRow ? N : never }[keyof T] &
  string

/** What a caller gives, what a handler gets, what comes back, and what a stream delivers. */
export type ParamsIn<T extends ContractTable, N extends keyof T> = z.input<T[N]['params']>
export type ParamsOut<T extends ContractTable, N extends keyof T> = z.output<T[N]['params']>
export type Result<T extends ContractTable, N extends keyof T> = T[N] extends CallRow ? z.output<T[N]['result']> : never
export type StreamEvent<T extends ContractTable, N extends keyof T> = T[N] extends StreamRow
  ? z.output<T[N]['event']>
  : never
