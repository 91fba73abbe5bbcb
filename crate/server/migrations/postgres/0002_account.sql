-- What accounts need around their vaults: codes, sign-ins under way, limits, resets, mails.
-- Hashes in here are keyed with the server's secrets: a stolen database can't be searched for them.

-- When a sealed generation would be erased had nobody asked to erase it earlier.
ALTER TABLE generation ADD COLUMN erase_usual BIGINT;

-- A code that confirms the address of an account to be. Rows of addresses that have an account
-- hold a code that nobody was told.
CREATE TABLE code (
  name BYTEA PRIMARY KEY CHECK (length(name) = 32),
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  tries BIGINT NOT NULL,
  expires BIGINT NOT NULL
);

CREATE INDEX code_expires ON code (expires);

-- A sign-in between its first and its last message; a stand-in's for an unknown address.
CREATE TABLE login (
  login BYTEA PRIMARY KEY CHECK (length(login) = 16),
  account BYTEA NOT NULL,
  gen BYTEA NOT NULL,
  cred_id BYTEA NOT NULL,
  record BYTEA NOT NULL,
  state BYTEA NOT NULL,
  sealed BIGINT NOT NULL,
  by_account BYTEA NOT NULL,
  by_address BYTEA NOT NULL,
  expires BIGINT NOT NULL
);

CREATE INDEX login_expires ON login (expires);

CREATE TABLE nonce (
  account BYTEA NOT NULL,
  nonce BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (account, nonce)
);

CREATE INDEX nonce_expires ON nonce (expires);

-- Limits: when each count would be empty again.
CREATE TABLE budget (
  name BYTEA PRIMARY KEY CHECK (length(name) = 32),
  empty_at BIGINT NOT NULL
);

CREATE INDEX budget_empty_at ON budget (empty_at);

-- One live reset link for an account; for unknown addresses, of accounts that do not exist.
CREATE TABLE reset (
  account BYTEA PRIMARY KEY,
  hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),
  expires BIGINT NOT NULL
);

CREATE INDEX reset_expires ON reset (expires);

-- Changes of address: waiting for their code (changed_at is null), or done and to be taken back.
CREATE TABLE email_change (
  account BYTEA NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  undo_hash BYTEA NOT NULL UNIQUE CHECK (length(undo_hash) = 32),
  old_email TEXT NOT NULL,
  new_email TEXT NOT NULL,
  code_hash BYTEA NOT NULL CHECK (length(code_hash) = 32),
  tries BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  changed_at BIGINT,
  PRIMARY KEY (account, undo_hash)
);

CREATE INDEX email_change_old ON email_change (old_email);

CREATE INDEX email_change_expires ON email_change (expires);

-- Leave to read a sealed generation, for the session that proved to belong to it.
CREATE TABLE sealed_grant (
  account BYTEA NOT NULL REFERENCES account (account) ON DELETE CASCADE,
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  token_hash BYTEA NOT NULL CHECK (length(token_hash) = 32),
  gen BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  PRIMARY KEY (account, hash)
);

CREATE INDEX sealed_grant_expires ON sealed_grant (expires);

-- Mails to be sent, sealed: whom they are for and what they say.
CREATE TABLE mail (
  mail BYTEA PRIMARY KEY CHECK (length(mail) = 16),
  due BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  body BYTEA NOT NULL
);

CREATE INDEX mail_due ON mail (due);
