// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../../migrate.ts'

/**
 * docs/formats/telemetry.md, section 5. Times are ms UTC of the host (`t_host`, `started`, …) or the device's own
 * milliseconds (`t_dev`). Points, events, crashes and lines are never changed once committed; a crash may be completed.
 * Only sessions and captures reference each other with foreign keys: a check per point would halve the ingest.
 */
export const telemetry: Migration = {
  id: 1,
  name: 'telemetry',
  sql: `
CREATE TABLE capture (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  port TEXT NOT NULL,
  location TEXT,
  baud INTEGER NOT NULL,
  parser TEXT NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER,
  end_reason TEXT,
  sha256 TEXT,
  bytes INTEGER NOT NULL DEFAULT 0,
  dropped_bytes INTEGER NOT NULL DEFAULT 0,
  framing_errors INTEGER NOT NULL DEFAULT 0,
  lines INTEGER NOT NULL DEFAULT 0,
  parsed_lines INTEGER NOT NULL DEFAULT 0,
  records INTEGER NOT NULL DEFAULT 0,
  clock_steps INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX capture_open ON capture (id) WHERE closed IS NULL;

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  capture INTEGER NOT NULL REFERENCES capture (id),
  device TEXT NOT NULL,
  serial TEXT,
  model TEXT,
  hardware TEXT,
  firmware TEXT,
  build TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('cold', 'watchdog', 'brownout', 'panic', 'software', 'update', 'unknown')),
  boot_reason TEXT NOT NULL,
  boots INTEGER,
  started INTEGER NOT NULL,
  last_heard INTEGER NOT NULL,
  ended INTEGER,
  end_reason TEXT
) STRICT;
CREATE INDEX session_started ON session (started);
CREATE INDEX session_device ON session (device, started);
CREATE INDEX session_open ON session (id) WHERE ended IS NULL;

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  name TEXT NOT NULL,
  labels TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('gauge', 'counter', 'histogram', 'state')),
  unit TEXT NOT NULL,
  UNIQUE (device, name, labels)
) STRICT;

CREATE TABLE point (
  series INTEGER NOT NULL,
  t_host INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  session INTEGER NOT NULL,
  t_dev INTEGER,
  value REAL NOT NULL,
  PRIMARY KEY (series, t_host, seq, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_1m (
  series INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  session INTEGER NOT NULL,
  n INTEGER NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  sum REAL NOT NULL,
  first REAL NOT NULL,
  last REAL NOT NULL,
  resets INTEGER NOT NULL,
  PRIMARY KEY (series, bucket, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE template (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE event (
  t_host INTEGER NOT NULL,
  session INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  t_dev INTEGER,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 24),
  code TEXT NOT NULL,
  template INTEGER NOT NULL,
  arguments TEXT NOT NULL,
  encoding TEXT NOT NULL CHECK (encoding IN ('utf-8', 'latin-1')),
  line TEXT NOT NULL,
  PRIMARY KEY (t_host, seq, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_error ON event (session) WHERE severity >= 17;

CREATE TABLE crash (
  t_host INTEGER NOT NULL,
  session INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  t_dev INTEGER,
  kind TEXT NOT NULL CHECK (kind IN ('assert', 'hardfault', 'panic', 'watchdog', 'coredump')),
  reason TEXT NOT NULL,
  frames TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (t_host, seq, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX crash_session ON crash (session);

CREATE TABLE line (
  t_host INTEGER NOT NULL,
  session INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  encoding TEXT NOT NULL CHECK (encoding IN ('utf-8', 'latin-1')),
  whole INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (t_host, seq, session)
) STRICT, WITHOUT ROWID;
`,
}
