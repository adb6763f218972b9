// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { trustImportResult } from '../../../shared/contract/values.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'

/** What the station trusts. */
export type Trust = Result<Contract, 'trust.look'>
export type Policy = NonNullable<Trust['policy']>
export type Key = Policy['roles'][number]['keys'][number]

/** What came of the trust files of a drive. */
export type Imported = z.infer<typeof trustImportResult>
