// SPDX-License-Identifier: Apache-2.0
import type { Migration } from '../migrate.ts'

/**
 * The audit log. `audit_leaf.seq` is the leaf's index in the tree; `hashes` is its hash and those of the complete
 * subtrees that it completes, level by level, 32 bytes each: an entry is one row, written at the end. The triggers stop mistakes
 * and injected SQL, not somebody who edits the file: that is found by the tree and its signed head.
 * `audit_entry` is for search only; `audit_projection` says what it has to contain.
 */
export const auditMigration: Migration = {
  id: 1,
  name: '0001-audit',
  sql: `
CREATE TABLE audit_leaf (
  seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL,
  hashes BLOB NOT NULL CHECK (length(hashes) >= 32 AND length(hashes) % 32 = 0)) STRICT;
CREATE TABLE audit_head (
  one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL) STRICT;
CREATE TABLE audit_anchor (
  size INTEGER NOT NULL, kind TEXT NOT NULL, at_ms INTEGER NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (size, kind)) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_leaf_next BEFORE INSERT ON audit_leaf
  WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM audit_leaf) BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_head_once BEFORE INSERT ON audit_head
  WHEN EXISTS (SELECT 1 FROM audit_head) BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_anchor_once BEFORE INSERT ON audit_anchor
  WHEN EXISTS (SELECT 1 FROM audit_anchor WHERE size = NEW.size AND kind = NEW.kind) BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER audit_leaf_update BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_leaf_delete BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_anchor_update BEFORE UPDATE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_anchor_delete BEFORE DELETE ON audit_anchor BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_head_back BEFORE UPDATE ON audit_head WHEN NEW.size <= OLD.size
  BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, wall_ms INTEGER NOT NULL, uid TEXT NOT NULL, action TEXT NOT NULL,
  object_type TEXT NOT NULL, object_id TEXT NOT NULL, outcome TEXT NOT NULL, corr TEXT) STRICT;
CREATE INDEX audit_entry_uid ON audit_entry (uid, seq);
CREATE INDEX audit_entry_action ON audit_entry (action, seq);
CREATE INDEX audit_entry_object ON audit_entry (object_id, seq);
CREATE INDEX audit_entry_corr ON audit_entry (corr, seq) WHERE corr IS NOT NULL;
CREATE INDEX audit_entry_time ON audit_entry (wall_ms, seq);
CREATE VIEW audit_projection AS
  SELECT seq, text ->> '$.id' AS id, text ->> '$.wall_ms' AS wall_ms, text ->> '$.actor.uid' AS uid,
    text ->> '$.action' AS action, text ->> '$.object.type' AS object_type, text ->> '$.object.id' AS object_id,
    text ->> '$.outcome' AS outcome, text ->> '$.corr' AS corr
  FROM (SELECT seq, CAST(leaf AS TEXT) AS text FROM audit_leaf);
`,
}
