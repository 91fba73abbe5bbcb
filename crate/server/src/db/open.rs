//! Opening a database by its URL.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use thiserror::Error;

use super::Db;

/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process, such as a backup.
const BUSY: Duration = Duration::from_secs(10);
/// SQLite connections that read.
const READERS: u32 = 4;

/// Where the database is. `Debug` names the kind only: a URL may hold a password.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server.
    Postgres(Box<PgConnectOptions>),
}

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind())
    }
}

/// Why a database can't be used.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The text is no URL of a known kind.
    #[error("database must be sqlite:///path/to/file or postgres://user:password@host/name")]
    Url,
    /// Words would travel readable.
    #[error(
        "database is on another machine: add ?sslmode=verify-full (or require, which does not check whom it talks to)"
    )]
    Plain,
    /// It did not open.
    #[error("the database can't be opened: {0}")]
    Open(#[source] sqlx::Error),
}

impl FromStr for DatabaseUrl {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        if let Some(path) = text
            .strip_prefix("sqlite://")
            .or(text.strip_prefix("sqlite:"))
        {
            if path.is_empty() || path.contains('?') {
                return Err(OpenError::Url);
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if !(text.starts_with("postgres://") || text.starts_with("postgresql://")) {
            return Err(OpenError::Url);
        }
        let options = PgConnectOptions::from_str(text).map_err(|_| OpenError::Url)?;
        let host = options.get_host();
        let here = options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        let guarded = matches!(
            options.get_ssl_mode(),
            PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull
        );
        if here || guarded {
            Ok(Self::Postgres(Box::new(options)))
        } else {
            Err(OpenError::Plain)
        }
    }
}

impl DatabaseUrl {
    /// `sqlite` or `postgres`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// Opens the database; a SQLite file is made when there is none. `connections` is the most that
    /// are open to PostgreSQL.
    ///
    /// # Errors
    /// `Open`.
    pub async fn open(&self, connections: u32) -> Result<Db, OpenError> {
        match self {
            Self::Sqlite(path) => {
                private(path).map_err(|error| OpenError::Open(sqlx::Error::Io(error)))?;
                // WAL with FULL: what was acknowledged survives a lost power supply.
                // secure_delete: what was deleted is overwritten, not left in free pages (S-144).
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(BUSY)
                    .pragma("secure_delete", "ON")
                    .pragma("trusted_schema", "OFF")
                    .pragma("journal_size_limit", "67108864");
                let writer = SqlitePoolOptions::new()
                    .max_connections(1)
                    .acquire_timeout(ACQUIRE)
                    .connect_with(options.clone())
                    .await
                    .map_err(OpenError::Open)?;
                let readers = SqlitePoolOptions::new()
                    .max_connections(READERS)
                    .acquire_timeout(ACQUIRE)
                    .connect_with(options)
                    .await
                    .map_err(OpenError::Open)?;
                Ok(Db::Sqlite { writer, readers })
            }
            Self::Postgres(options) => PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(ACQUIRE)
                .connect_with((**options).clone())
                .await
                .map(Db::Postgres)
                .map_err(OpenError::Open),
        }
    }
}

/// Makes the file for its owner only; the files beside it get the same rights from SQLite.
#[cfg(unix)]
fn private(path: &std::path::Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
