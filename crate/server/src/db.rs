//! The two databases behind one face: the same SQL text, the same types, for SQLite and PostgreSQL.
//!
//! Statements are `&'static str` and values are bound: no SQL is ever put together (S-143).
//! PostgreSQL runs writing transactions SERIALIZABLE, but for those of [`Guarded`]; SQLite has one
//! writer at a time (S-155).

mod line;
mod migrate;
mod open;

use sqlx::{Postgres, Sqlite, Transaction};

use crate::failure::Failure;

pub use line::Line;
pub use migrate::{MIGRATIONS, Migration, newest_version};
pub use open::{DatabaseUrl, OpenError};

/// How often a transaction is tried that is in others' way.
pub const TRIES: u32 = 40;

/// A bound value.
#[derive(Clone, Copy)]
pub enum Arg<'a> {
    /// An integer.
    Int(i64),
    /// An integer or NULL.
    MaybeInt(Option<i64>),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Bytes or NULL.
    MaybeBytes(Option<&'a [u8]>),
    /// Text.
    Text(&'a str),
    /// Text or NULL.
    MaybeText(Option<&'a str>),
}

impl From<i64> for Arg<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

/// Times, counters and lengths. What is above 2^63 - 1 is stored as that: times never are, counters
/// are refused before (S-27).
impl From<u64> for Arg<'_> {
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<Option<u64>> for Arg<'_> {
    fn from(value: Option<u64>) -> Self {
        Self::MaybeInt(value.map(|value| i64::try_from(value).unwrap_or(i64::MAX)))
    }
}

impl<'a> From<&'a [u8]> for Arg<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Arg<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a> From<Option<&'a [u8]>> for Arg<'a> {
    fn from(value: Option<&'a [u8]>) -> Self {
        Self::MaybeBytes(value)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

/// The database.
#[derive(Clone)]
pub enum Db {
    /// SQLite: one connection writes, several read.
    Sqlite {
        /// The only connection that writes.
        writer: sqlx::SqlitePool,
        /// Connections that read.
        readers: sqlx::SqlitePool,
    },
    /// PostgreSQL.
    Postgres(sqlx::PgPool),
}

impl Db {
    /// Begins a transaction that may write. Use [`crate::transact`], which also tries again.
    ///
    /// # Errors
    /// `Database`, `Again`.
    pub async fn write(&self) -> Result<Tx, Failure> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL SERIALIZABLE")
                    .await?,
            ),
        })
    }

    /// For transactions whose writes are all guarded by one row.
    #[must_use]
    pub const fn guarded(&self) -> Guarded<'_> {
        Guarded(self)
    }

    /// Begins a transaction that reads one state of the database.
    ///
    /// # Errors
    /// `Database`.
    pub async fn read(&self) -> Result<Tx, Failure> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin_with("BEGIN").await?),
            Self::Postgres(pool) => Tx::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        })
    }

    /// Closes all connections, after what they are doing.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Writing transactions that need no more than a snapshot, because one row, which each of them
/// writes and which everybody writes who could make it wrong, lets only the first of two through.
/// Commits are of this kind: SERIALIZABLE watches whole pages of an index, on which the rows of many
/// accounts lie side by side, and had commits of different accounts wait for each other.
#[derive(Clone, Copy)]
pub struct Guarded<'a>(&'a Db);

impl Guarded<'_> {
    /// As [`Db::write`].
    ///
    /// # Errors
    /// `Database`, `Again`.
    pub async fn write(&self) -> Result<Tx, Failure> {
        match self.0 {
            Db::Sqlite { .. } => self.0.write().await,
            Db::Postgres(pool) => Ok(Tx::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ")
                    .await?,
            )),
        }
    }
}

/// A transaction. Dropping it takes everything back.
pub enum Tx {
    /// Of SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// Of PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

macro_rules! bound {
    ($sql:expr, $args:expr) => {{
        let mut query = sqlx::query($sql);
        for arg in $args {
            query = match *arg {
                Arg::Int(value) => query.bind(value),
                Arg::MaybeInt(value) => query.bind(value),
                Arg::Bytes(value) => query.bind(value),
                Arg::MaybeBytes(value) => query.bind(value),
                Arg::Text(value) => query.bind(value),
                Arg::MaybeText(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Tx {
    /// Runs a statement; the number of rows it changed.
    ///
    /// # Errors
    /// `Database`, `Again`.
    pub async fn run(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<u64, Failure> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(sql, args).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => bound!(sql, args).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// All lines of a query.
    ///
    /// # Errors
    /// `Database`, `Again`.
    pub async fn all(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<Vec<Line>, Failure> {
        Ok(match self {
            Self::Sqlite(tx) => {
                let rows = bound!(sql, args).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Line::Sqlite).collect()
            }
            Self::Postgres(tx) => {
                let rows = bound!(sql, args).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Line::Postgres).collect()
            }
        })
    }

    /// The first line of a query, if there is one.
    ///
    /// # Errors
    /// `Database`, `Again`.
    pub async fn first(
        &mut self,
        sql: &'static str,
        args: &[Arg<'_>],
    ) -> Result<Option<Line>, Failure> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(sql, args)
                .fetch_optional(&mut **tx)
                .await?
                .map(Line::Sqlite),
            Self::Postgres(tx) => bound!(sql, args)
                .fetch_optional(&mut **tx)
                .await?
                .map(Line::Postgres),
        })
    }

    /// Makes what was done last.
    ///
    /// # Errors
    /// `Database`, `Again`.
    pub async fn commit(self) -> Result<(), Failure> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Takes everything back, before going on.
    pub async fn rollback(self) {
        // A connection that can't roll back is closed by its pool, which rolls back too.
        match self {
            Self::Sqlite(tx) => drop(tx.rollback().await),
            Self::Postgres(tx) => drop(tx.rollback().await),
        }
    }
}

/// A pause that grows and differs, so that transactions in each other's way part.
pub async fn pause(attempt: u32) {
    let mut byte = [0];
    // Without randomness all wait the same time, which still ends.
    let _ = getrandom::fill(&mut byte);
    let [byte] = byte;
    let ms = (u64::from(byte) * u64::from(attempt.min(20))) / 20 + 1;
    tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
}

/// Runs `body` in a writing transaction `tx` and makes it last; tries the whole again when other
/// transactions were in the way. `body` is a `Result<_, Failure>`; an error takes everything back.
/// To refuse a request and yet keep what was written (a count of wrong tries), make the body's value
/// a `Result` of its own.
#[macro_export]
macro_rules! transact {
    ($db:expr, $tx:ident => $body:expr) => {{
        let mut attempt = 0u32;
        loop {
            let outcome = match $db.write().await {
                Ok(mut $tx) => match $body {
                    Ok(value) => $tx.commit().await.map(|()| value),
                    Err(error) => {
                        $tx.rollback().await;
                        Err(error)
                    }
                },
                Err(error) => Err(error),
            };
            match outcome {
                Err($crate::failure::Failure::Again) if attempt < $crate::db::TRIES => {
                    attempt += 1;
                    $crate::db::pause(attempt).await;
                }
                outcome => break outcome,
            }
        }
    }};
}

#[cfg(test)]
mod tests;
