// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'

/** Where a station's data folder keeps what belongs to the log: the head file not beside the database. */
export const auditPaths = (data: string): { database: string; headFile: string; key: string } => ({
  database: join(data, 'station.db'),
  headFile: join(data, 'head', 'audit-head'),
  key: join(data, 'keys', 'audit-log.key'),
})
