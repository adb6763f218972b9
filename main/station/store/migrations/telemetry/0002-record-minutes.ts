// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../../migrate.ts'

/**
 * How many points, events and crashes each session has in each minute: what a device has said, and how much of it no
 * export has taken yet, is asked for whenever somebody looks at it, and must not count millions of rows.
 */
export const recordMinutes: Migration = {
  id: 2,
  name: 'record-minutes',
  sql: `
CREATE TABLE record_1m (
  session INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (session, bucket)
) STRICT, WITHOUT ROWID;
INSERT INTO record_1m SELECT session, bucket, sum(n) FROM (
  SELECT session, bucket, n FROM rollup_1m
  UNION ALL SELECT session, t_host - t_host % 60000, 1 FROM event
  UNION ALL SELECT session, t_host - t_host % 60000, 1 FROM crash
) GROUP BY 1, 2;
`,
}
