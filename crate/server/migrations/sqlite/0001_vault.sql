-- Accounts, their vaults' generations, and who may speak for them. Times: ms since 1970.
-- Every key begins with the account, so that a database that spreads rows can do so by account.

CREATE TABLE server (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- state of a generation: 0 active, 1 sealed.
CREATE TABLE account (
  account BLOB PRIMARY KEY CHECK (length(account) = 16),
  email TEXT NOT NULL UNIQUE,
  cred_id BLOB NOT NULL UNIQUE CHECK (length(cred_id) = 32),
  lang INTEGER NOT NULL,
  hint TEXT NOT NULL,
  sealed_days INTEGER NOT NULL,
  created INTEGER NOT NULL,
  gen BLOB NOT NULL CHECK (length(gen) = 16),
  epoch INTEGER NOT NULL,
  delete_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX account_delete_at ON account (delete_at) WHERE delete_at IS NOT NULL;

CREATE TABLE generation (
  account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  gen BLOB NOT NULL CHECK (length(gen) = 16),
  state INTEGER NOT NULL,
  opaque BLOB NOT NULL,
  vault_pub BLOB NOT NULL CHECK (length(vault_pub) = 32),
  rec_pub BLOB CHECK (length(rec_pub) = 32),
  hdr_seq INTEGER NOT NULL,
  header_hash BLOB NOT NULL CHECK (length(header_hash) = 32),
  head_seq INTEGER NOT NULL,
  head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
  live INTEGER NOT NULL,
  tombstones INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  kept INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL,
  sealed_at INTEGER,
  undo_until INTEGER,
  erase_at INTEGER,
  replaced_by BLOB,
  PRIMARY KEY (account, gen)
) STRICT, WITHOUT ROWID;

CREATE INDEX generation_erase_at ON generation (erase_at) WHERE erase_at IS NOT NULL;

CREATE TABLE header (
  account BLOB NOT NULL,
  gen BLOB NOT NULL,
  hdr_seq INTEGER NOT NULL,
  body BLOB NOT NULL,
  created INTEGER NOT NULL,
  PRIMARY KEY (account, gen, hdr_seq),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
) STRICT;

CREATE TABLE link (
  account BLOB NOT NULL,
  gen BLOB NOT NULL,
  seq INTEGER NOT NULL,
  manifest BLOB NOT NULL CHECK (length(manifest) = 2244),
  PRIMARY KEY (account, gen, seq),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
) STRICT;

-- What the newest manifest's buckets consist of.
CREATE TABLE entry (
  account BLOB NOT NULL,
  gen BLOB NOT NULL,
  item BLOB NOT NULL CHECK (length(item) = 16),
  rev INTEGER NOT NULL,
  op INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  size INTEGER NOT NULL,
  PRIMARY KEY (account, gen, item),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Ciphertext, of what is current (replaced_at is null) and for a while of what was replaced.
CREATE TABLE blob (
  account BLOB NOT NULL,
  gen BLOB NOT NULL,
  item BLOB NOT NULL,
  rev INTEGER NOT NULL,
  op INTEGER NOT NULL,
  replaced_at INTEGER,
  body BLOB NOT NULL,
  PRIMARY KEY (account, gen, item, rev),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
) STRICT;

CREATE INDEX blob_replaced_at ON blob (replaced_at) WHERE replaced_at IS NOT NULL;

CREATE INDEX blob_kept ON blob (account, gen, replaced_at) WHERE replaced_at IS NOT NULL;

CREATE TABLE device (
  account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  device BLOB NOT NULL CHECK (length(device) = 16),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  created INTEGER NOT NULL,
  last_used INTEGER NOT NULL,
  PRIMARY KEY (account, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
  device BLOB NOT NULL,
  gen BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  fresh_until INTEGER NOT NULL,
  PRIMARY KEY (account, token_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_expires ON session (expires);
