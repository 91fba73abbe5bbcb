//! One line of a query's answer.

use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::failure::Failure;

/// A line; columns are numbered from 0.
pub enum Line {
    /// Of SQLite.
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

macro_rules! column {
    ($line:expr, $column:expr) => {
        match $line {
            Line::Sqlite(row) => row.try_get($column)?,
            Line::Postgres(row) => row.try_get($column)?,
        }
    };
}

impl Line {
    /// An integer that is not negative: a time, counter or length.
    ///
    /// # Errors
    /// `Database` when the column is something else.
    pub fn number(&self, column: usize) -> Result<u64, Failure> {
        let value: i64 = column!(self, column);
        u64::try_from(value).map_err(|_| Failure::Internal("a stored number is negative"))
    }

    /// As [`Line::number`], or NULL.
    ///
    /// # Errors
    /// As [`Line::number`].
    pub fn maybe_number(&self, column: usize) -> Result<Option<u64>, Failure> {
        let value: Option<i64> = column!(self, column);
        value
            .map(u64::try_from)
            .transpose()
            .map_err(|_| Failure::Internal("a stored number is negative"))
    }

    /// Bytes.
    ///
    /// # Errors
    /// `Database` when the column is something else.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, Failure> {
        Ok(column!(self, column))
    }

    /// Bytes or NULL.
    ///
    /// # Errors
    /// `Database` when the column is something else.
    pub fn maybe_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, Failure> {
        Ok(column!(self, column))
    }

    /// Exactly `N` bytes.
    ///
    /// # Errors
    /// `Database` when the column is something else, `Internal` for another length.
    pub fn array<const N: usize>(&self, column: usize) -> Result<[u8; N], Failure> {
        self.bytes(column)?
            .try_into()
            .map_err(|_| Failure::Internal("a stored value has another length"))
    }

    /// Exactly `N` bytes or NULL.
    ///
    /// # Errors
    /// As [`Line::array`].
    pub fn maybe_array<const N: usize>(&self, column: usize) -> Result<Option<[u8; N]>, Failure> {
        self.maybe_bytes(column)?
            .map(|bytes| bytes.try_into())
            .transpose()
            .map_err(|_| Failure::Internal("a stored value has another length"))
    }

    /// Text.
    ///
    /// # Errors
    /// `Database` when the column is something else.
    pub fn text(&self, column: usize) -> Result<String, Failure> {
        Ok(column!(self, column))
    }

    /// Text or NULL.
    ///
    /// # Errors
    /// `Database` when the column is something else.
    pub fn maybe_text(&self, column: usize) -> Result<Option<String>, Failure> {
        Ok(column!(self, column))
    }
}
