-- Accounts, their vaults' generations, and who may speak for them. Times: ms since 1970.
-- Every key begins with the account, so that a database that spreads rows can do so by account.

CREATE TABLE server (
  name TEXT PRIMARY KEY,
  value BYTEA NOT NULL
);

-- state of a generation: 0 active, 1 sealed.
CREATE TABLE account (
  account BYTEA PRIMARY KEY CHECK (length(account) = 16),
  email TEXT NOT NULL UNIQUE,
  cred_id BYTEA NOT NULL UNIQUE CHECK (length(cred_id) = 32),
  lang BIGINT NOT NULL,
  hint TEXT NOT NULL,
  sealed_days BIGINT NOT NULL,
  created BIGINT NOT NULL,
  gen BYTEA NOT NULL CHECK (length(gen) = 16),
  epoch BIGINT NOT NULL,
  delete_at BIGINT
);

CREATE INDEX account_delete_at ON account (delete_at) WHERE delete_at IS NOT NULL;

CREATE TABLE generation (
  account BYTEA NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  gen BYTEA NOT NULL CHECK (length(gen) = 16),
  state BIGINT NOT NULL,
  opaque BYTEA NOT NULL,
  vault_pub BYTEA NOT NULL CHECK (length(vault_pub) = 32),
  rec_pub BYTEA CHECK (length(rec_pub) = 32),
  hdr_seq BIGINT NOT NULL,
  header_hash BYTEA NOT NULL CHECK (length(header_hash) = 32),
  head_seq BIGINT NOT NULL,
  head_hash BYTEA NOT NULL CHECK (length(head_hash) = 32),
  live BIGINT NOT NULL,
  tombstones BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  kept BIGINT NOT NULL DEFAULT 0,
  created BIGINT NOT NULL,
  sealed_at BIGINT,
  undo_until BIGINT,
  erase_at BIGINT,
  replaced_by BYTEA,
  PRIMARY KEY (account, gen)
);

CREATE INDEX generation_erase_at ON generation (erase_at) WHERE erase_at IS NOT NULL;

CREATE TABLE header (
  account BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  hdr_seq BIGINT NOT NULL,
  body BYTEA NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (account, gen, hdr_seq),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
);

CREATE TABLE link (
  account BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  manifest BYTEA NOT NULL CHECK (length(manifest) = 2244),
  PRIMARY KEY (account, gen, seq),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
);

-- What the newest manifest's buckets consist of.
CREATE TABLE entry (
  account BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  item BYTEA NOT NULL CHECK (length(item) = 16),
  rev BIGINT NOT NULL,
  op BIGINT NOT NULL,
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  size BIGINT NOT NULL,
  PRIMARY KEY (account, gen, item),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
);

-- Ciphertext, of what is current (replaced_at is null) and for a while of what was replaced.
CREATE TABLE blob (
  account BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  item BYTEA NOT NULL,
  rev BIGINT NOT NULL,
  op BIGINT NOT NULL,
  replaced_at BIGINT,
  body BYTEA NOT NULL,
  PRIMARY KEY (account, gen, item, rev),
  FOREIGN KEY (account, gen) REFERENCES generation (account, gen) ON DELETE CASCADE
);

CREATE INDEX blob_replaced_at ON blob (replaced_at) WHERE replaced_at IS NOT NULL;

CREATE INDEX blob_kept ON blob (account, gen, replaced_at) WHERE replaced_at IS NOT NULL;

CREATE TABLE device (
  account BYTEA NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  device BYTEA NOT NULL CHECK (length(device) = 16),
  public_key BYTEA NOT NULL CHECK (length(public_key) = 32),
  created BIGINT NOT NULL,
  last_used BIGINT NOT NULL,
  PRIMARY KEY (account, device)
);

CREATE TABLE session (
  account BYTEA NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  token_hash BYTEA NOT NULL CHECK (length(token_hash) = 32),
  device BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  epoch BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  fresh_until BIGINT NOT NULL,
  PRIMARY KEY (account, token_hash)
);

CREATE INDEX session_expires ON session (expires);

-- Ciphertext does not compress: don't try.
ALTER TABLE blob ALTER COLUMN body SET STORAGE EXTERNAL;

ALTER TABLE link ALTER COLUMN manifest SET STORAGE EXTERNAL;
