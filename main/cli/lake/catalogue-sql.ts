// SPDX-License-Identifier: Apache-2.0
/**
 * The catalogue of a lake: an archive, and a file, is in the lake when its row is here. `signer` is the SPKI SHA-256 of
 * the station's key, `head` the three lines of the audit checkpoint that came with the archive. Times: ms UTC.
 */
export const catalogueSql = `
CREATE TABLE IF NOT EXISTS archive (
  id VARCHAR PRIMARY KEY, station VARCHAR NOT NULL, site VARCHAR NOT NULL, number BIGINT NOT NULL,
  previous VARCHAR, signer VARCHAR NOT NULL, head VARCHAR NOT NULL, trust_policy BIGINT NOT NULL,
  sanitization VARCHAR NOT NULL, range_from BIGINT NOT NULL, range_to BIGINT NOT NULL, created BIGINT NOT NULL,
  imported BIGINT NOT NULL, gap_reason VARCHAR, manifest VARCHAR NOT NULL,
  UNIQUE (station, number));
CREATE TABLE IF NOT EXISTS file (
  path VARCHAR PRIMARY KEY, archive VARCHAR NOT NULL, tbl VARCHAR NOT NULL, rows BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS turned_away (
  noted BIGINT NOT NULL, name VARCHAR NOT NULL, archive VARCHAR, station VARCHAR, number BIGINT,
  verdict VARCHAR NOT NULL, code VARCHAR NOT NULL);
`
