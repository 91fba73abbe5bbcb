-- What accounts need around their vaults: codes, sign-ins under way, limits, resets, mails.
-- Hashes in here are keyed with the server's secrets: a stolen database can't be searched for them.

-- When a sealed generation would be erased had nobody asked to erase it earlier.
ALTER TABLE generation ADD COLUMN erase_usual INTEGER;

-- A code that confirms the address of an account to be. Rows of addresses that have an account
-- hold a code that nobody was told.
CREATE TABLE code (
  name BLOB PRIMARY KEY CHECK (length(name) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  tries INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX code_expires ON code (expires);

-- A sign-in between its first and its last message; a stand-in's for an unknown address.
CREATE TABLE login (
  login BLOB PRIMARY KEY CHECK (length(login) = 16),
  account BLOB NOT NULL,
  gen BLOB NOT NULL,
  cred_id BLOB NOT NULL,
  record BLOB NOT NULL,
  state BLOB NOT NULL,
  sealed INTEGER NOT NULL,
  by_account BLOB NOT NULL,
  by_address BLOB NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX login_expires ON login (expires);

CREATE TABLE nonce (
  account BLOB NOT NULL,
  nonce BLOB NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (account, nonce)
) STRICT, WITHOUT ROWID;

CREATE INDEX nonce_expires ON nonce (expires);

-- Limits: when each count would be empty again.
CREATE TABLE budget (
  name BLOB PRIMARY KEY CHECK (length(name) = 32),
  empty_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX budget_empty_at ON budget (empty_at);

-- One live reset link for an account; for unknown addresses, of accounts that do not exist.
CREATE TABLE reset (
  account BLOB PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX reset_expires ON reset (expires);

-- Changes of address: waiting for their code (changed_at is null), or done and to be taken back.
CREATE TABLE email_change (
  account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  undo_hash BLOB NOT NULL UNIQUE CHECK (length(undo_hash) = 32),
  old_email TEXT NOT NULL,
  new_email TEXT NOT NULL,
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  tries INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  changed_at INTEGER,
  PRIMARY KEY (account, undo_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX email_change_old ON email_change (old_email);

CREATE INDEX email_change_expires ON email_change (expires);

-- Leave to read a sealed generation, for the session that proved to belong to it.
CREATE TABLE sealed_grant (
  account BLOB NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
  gen BLOB NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX sealed_grant_expires ON sealed_grant (expires);

-- Mails to be sent, sealed: whom they are for and what they say.
CREATE TABLE mail (
  mail BLOB PRIMARY KEY CHECK (length(mail) = 16),
  due INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_due ON mail (due);
