// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { z } from 'zod'
import { tableNames, type TableName } from '../../../shared/formats/telemetry-archive.ts'
import type { Lake } from '../lake/lake.ts'
import { emptyTable, readFiles } from '../lake/table-sql.ts'

/** What stands where a policy dropped the field. */
export const notTold = 'not told'

/** From here on an event is an error (OpenTelemetry severity numbers). */
const errorSeverity = 17

/**
 * One row a boot: who ran what, for how long, and what went wrong meanwhile. A sitting that two exports brought, open
 * and closed, is one. A boot that nobody saw end lasted until it was last heard. `reset`: the boot ended by a reset that
 * nobody asked for, which the next boot tells; so it counts for the version that was running.
 */
const bootSql = `
CREATE TEMP TABLE boot AS
WITH sitting AS (
  SELECT site, coalesce(device, '') AS device, coalesce(session, 'at ' || started) AS session,
    coalesce(max(model), '${notTold}') AS model, coalesce(max(hardware), '${notTold}') AS hardware,
    coalesce(max(firmware), '${notTold}') AS version, min(started) AS started, max(ended) AS ended,
    max(lower(coalesce(kind, boot_reason))) AS reason
  FROM sessions WHERE started IS NOT NULL GROUP BY 1, 2, 3),
heard AS (
  SELECT site, session, max(t) AS t FROM (
    SELECT site, session, t FROM points WHERE session IN (SELECT session FROM sitting WHERE ended IS NULL)
    UNION ALL
    SELECT site, session, t FROM events WHERE session IN (SELECT session FROM sitting WHERE ended IS NULL))
  GROUP BY 1, 2),
crashed AS (SELECT site, session, count(*) AS n FROM crashes GROUP BY 1, 2),
failed AS (SELECT site, session, count(*) AS n FROM events WHERE severity >= ${errorSeverity} GROUP BY 1, 2),
known AS (
  SELECT sitting.*, greatest(0, coalesce(sitting.ended, heard.t, sitting.started) - sitting.started) / 3600000 AS hours,
    coalesce(crashed.n, 0) AS crashes, coalesce(failed.n, 0) AS errors,
    coalesce(reason IN ('watchdog', 'brownout', 'panic'), false) AS unasked
  FROM sitting LEFT JOIN heard USING (site, session) LEFT JOIN crashed USING (site, session)
    LEFT JOIN failed USING (site, session))
SELECT *, (coalesce(lead(unasked) OVER device_boots, false))::INTEGER
    + (unasked AND row_number() OVER device_boots = 1)::INTEGER AS reset
FROM known WINDOW device_boots AS (PARTITION BY site, device ORDER BY started)`

/** Makes the views and the one table that every section of the report asks; they last as long as the connection. */
export const prepareReport = async (lake: Lake): Promise<void> => {
  const files = await lake.all(
    z.object({ path: z.string(), tbl: z.string() }),
    'SELECT path, tbl FROM file ORDER BY path',
  )
  for (const table of tableNames) {
    const paths = files.filter(({ tbl }) => tbl === table).map(({ path }) => join(lake.folder, path))
    await lake.run(`CREATE TEMP VIEW ${table} AS ${sourceOf(table, paths)}`)
  }
  await lake.run(bootSql)
}

const sourceOf = (table: TableName, paths: readonly string[]): string =>
  paths.length === 0 ? emptyTable(table) : `SELECT * FROM ${readFiles(paths)}`
