//! Backups: everything that lasts, of all accounts, in one file, from one state of the running
//! database. The same file comes back into SQLite and into PostgreSQL, so it is also the way from one
//! to the other. Sessions, codes and links are not in it: nothing that proves something for a while
//! survives a restore (S-152). Nor are the secrets: file and secrets together are worth more to a
//! thief than each (S-146).

mod restore;
mod tables;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sesame_protocol::account::Email;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::db::{Db, Line, Tx};
use crate::failure::Failure;
use crate::secrets::hex;

pub use restore::restore;
pub use tables::{Kind, TABLES, Table};

const MAGIC: &[u8] = b"SESAME-SERVER-BACKUP-1\n";
/// Accounts whose names are read at once.
const PAGE: i64 = 200;

/// Why a backup or a restore did not happen.
#[derive(Debug, Error)]
pub enum BackupError {
    /// A file.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The database.
    #[error("{0}")]
    Database(#[from] Failure),
    /// Not a backup, cut off or changed.
    #[error("{0} is not a backup of this program, or it is damaged; nothing was changed")]
    Damaged(PathBuf),
    /// There is something in the database.
    #[error("the database has accounts: restore into an empty one")]
    NotEmpty,
    /// No such account.
    #[error("there is no account with this address")]
    NoAccount,
}

/// One value of a row.
pub(crate) enum Value {
    Null,
    Number(u64),
    Bytes(Vec<u8>),
    Text(String),
}

/// Writes the backup of all accounts; how many there are.
///
/// # Errors
/// `File`, `Database`.
pub async fn backup(db: &Db, path: &Path, now: u64) -> Result<u64, BackupError> {
    let mut tx = db.read().await?;
    let mut file = NewFile::create(path)?;
    file.put(MAGIC)?;
    file.put(&now.to_be_bytes())?;
    let secrets = tx
        .first("SELECT value FROM server WHERE name = 'secrets'", &[])
        .await?;
    let secrets: [u8; 32] = secrets.map_or(Ok([0; 32]), |line| line.array(0))?;
    file.put(&secrets)?;
    let mut count = 0;
    let mut last = [0; 16];
    loop {
        // An id of zeros is nobody's: ids are random.
        let accounts = tx
            .all(
                "SELECT account FROM account WHERE account > $1 ORDER BY account LIMIT $2",
                &[(&last).into(), PAGE.into()],
            )
            .await?;
        for line in &accounts {
            last = line.array(0)?;
            for (number, table) in (1u8..).zip(&TABLES) {
                for row in tx.all(table.select, &[(&last).into()]).await? {
                    file.put(&[number])?;
                    for value in values(&row, table)? {
                        file.value(&value)?;
                    }
                }
            }
            count += 1;
        }
        if accounts.is_empty() {
            break;
        }
    }
    file.put(&[0])?;
    file.finish()?;
    Ok(count)
}

/// Writes everything that the server has of one account, a line of JSON for each row; bytes in
/// hexadecimal.
///
/// # Errors
/// `NoAccount`, `File`, `Database`.
pub async fn export(db: &Db, email: &Email, path: &Path) -> Result<(), BackupError> {
    let mut tx = db.read().await?;
    let account = find(&mut tx, email).await?;
    let mut file = NewFile::create(path)?;
    for table in &TABLES {
        for row in tx.all(table.select, &[(&account).into()]).await? {
            let mut line = format!("{{\"table\":\"{}\"", table.name);
            for ((name, _), value) in table.columns.iter().zip(values(&row, table)?) {
                line.push_str(&format!(",\"{name}\":{}", json(&value)));
            }
            line.push_str("}\n");
            file.put(line.as_bytes())?;
        }
    }
    file.close()?;
    Ok(())
}

/// The id of the account with this address.
///
/// # Errors
/// `NoAccount`, `Database`.
pub async fn find(tx: &mut Tx, email: &Email) -> Result<[u8; 16], BackupError> {
    let line = tx
        .first(
            "SELECT account FROM account WHERE email = $1",
            &[email.as_str().into()],
        )
        .await?
        .ok_or(BackupError::NoAccount)?;
    Ok(line.array(0)?)
}

fn values(row: &Line, table: &Table) -> Result<Vec<Value>, Failure> {
    table
        .columns
        .iter()
        .enumerate()
        .map(|(column, (_, kind))| {
            Ok(match kind {
                Kind::Number => row.maybe_number(column)?.map_or(Value::Null, Value::Number),
                Kind::Bytes => row.maybe_bytes(column)?.map_or(Value::Null, Value::Bytes),
                Kind::Text => row.maybe_text(column)?.map_or(Value::Null, Value::Text),
            })
        })
        .collect()
}

fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bytes(bytes) => format!("\"{}\"", hex(bytes).as_str()),
        Value::Text(text) => {
            let mut out = String::from("\"");
            for c in text.chars() {
                match c {
                    '"' | '\\' => out.extend(['\\', c]),
                    c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                    c => out.push(c),
                }
            }
            out.push('"');
            out
        }
    }
}

/// A file that is there whole or not at all, readable by its owner only.
struct NewFile {
    out: BufWriter<File>,
    hash: Sha256,
    under: PathBuf,
    path: PathBuf,
}

impl NewFile {
    fn create(path: &Path) -> Result<Self, BackupError> {
        let failed = |error| BackupError::File(path.to_owned(), error);
        if path.exists() {
            return Err(failed(io::ErrorKind::AlreadyExists.into()));
        }
        let under = path.with_extension("part");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&under).map_err(failed)?;
        Ok(Self {
            out: BufWriter::new(file),
            hash: Sha256::new(),
            under,
            path: path.to_owned(),
        })
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.hash.update(bytes);
        self.out
            .write_all(bytes)
            .map_err(|error| BackupError::File(self.path.clone(), error))
    }

    fn value(&mut self, value: &Value) -> Result<(), BackupError> {
        let (tag, bytes) = match value {
            Value::Null => return self.put(&[0]),
            Value::Number(number) => {
                self.put(&[1])?;
                return self.put(&number.to_be_bytes());
            }
            Value::Bytes(bytes) => (2, bytes.as_slice()),
            Value::Text(text) => (3, text.as_bytes()),
        };
        let len = u32::try_from(bytes.len())
            .map_err(|_| Failure::Internal("a stored value is too large"))?;
        self.put(&[tag])?;
        self.put(&len.to_be_bytes())?;
        self.put(bytes)
    }

    /// Adds the hash of everything before.
    fn finish(mut self) -> Result<(), BackupError> {
        let hash = self.hash.clone().finalize();
        self.put(&hash)?;
        self.close()
    }

    fn close(mut self) -> Result<(), BackupError> {
        let path = self.path.clone();
        let failed = |error| BackupError::File(path.clone(), error);
        self.out.flush().map_err(failed)?;
        self.out.get_ref().sync_all().map_err(failed)?;
        fs::rename(&self.under, &self.path).map_err(failed)
    }
}
