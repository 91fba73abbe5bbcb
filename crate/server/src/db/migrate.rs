//! The schema and its versions.

use super::{Db, Tx};
use crate::failure::Failure;

/// One step of the schema, in both dialects. Statements end with `;` at the end of a line.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number, from 1 without gaps.
    pub version: u64,
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

/// Every step in order. A step that was released is never changed again.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        sqlite: include_str!("../../migrations/sqlite/0001_vault.sql"),
        postgres: include_str!("../../migrations/postgres/0001_vault.sql"),
    },
    Migration {
        version: 2,
        sqlite: include_str!("../../migrations/sqlite/0002_account.sql"),
        postgres: include_str!("../../migrations/postgres/0002_account.sql"),
    },
];

/// The version that this program's schema has.
#[must_use]
pub fn newest_version() -> u64 {
    MIGRATIONS.last().map_or(0, |step| step.version)
}

impl Db {
    /// Brings the schema to this program's version; the number of steps that were taken.
    ///
    /// # Errors
    /// `Database`; `Internal` when the database was written by a newer program.
    pub async fn migrate(&self) -> Result<u64, Failure> {
        crate::transact!(self, tx => migrate_in(&mut tx).await)
    }

    /// The schema's version; 0 for an empty database.
    ///
    /// # Errors
    /// `Database`.
    pub async fn version(&self) -> Result<u64, Failure> {
        let mut tx = self.read().await?;
        version_in(&mut tx).await
    }
}

async fn version_in(tx: &mut Tx) -> Result<u64, Failure> {
    let known = match tx {
        Tx::Sqlite(_) => {
            tx.first(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM sqlite_master WHERE name = 'migration'",
                &[],
            )
            .await?
        }
        Tx::Postgres(_) => {
            tx.first(
                "SELECT COUNT(*) FROM information_schema.tables \
                 WHERE table_name = 'migration' AND table_schema = current_schema()",
                &[],
            )
            .await?
        }
    };
    if known.map(|line| line.number(0)).transpose()?.unwrap_or(0) == 0 {
        return Ok(0);
    }
    let line = tx
        .first("SELECT COALESCE(MAX(version), 0) FROM migration", &[])
        .await?;
    Ok(line.map(|line| line.number(0)).transpose()?.unwrap_or(0))
}

async fn migrate_in(tx: &mut Tx) -> Result<u64, Failure> {
    if matches!(tx, Tx::Postgres(_)) {
        // Two servers that start at once migrate one after the other.
        tx.run("SELECT pg_advisory_xact_lock(7310583114901254487)", &[])
            .await?;
    }
    tx.run(
        "CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY)",
        &[],
    )
    .await?;
    let there = version_in(tx).await?;
    if there > newest_version() {
        return Err(Failure::Internal(
            "the database was written by a newer sesame-server",
        ));
    }
    let mut taken = 0;
    for step in MIGRATIONS.iter().filter(|step| step.version > there) {
        let script = match tx {
            Tx::Sqlite(_) => step.sqlite,
            Tx::Postgres(_) => step.postgres,
        };
        for statement in script.split(";\n").map(str::trim) {
            if !statement.is_empty() {
                tx.run(statement, &[]).await?;
            }
        }
        tx.run(
            "INSERT INTO migration (version) VALUES ($1)",
            &[step.version.into()],
        )
        .await?;
        taken += 1;
    }
    Ok(taken)
}
