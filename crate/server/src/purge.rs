//! Regular work: what has no use any more is deleted.

use std::path::Path;
use std::time::Duration;

use crate::account;
use crate::clock::DAY_MS;
use crate::db::{Db, Tx};
use crate::failure::Failure;
use crate::log;
use crate::marker;
use crate::state::State;
use crate::sync::drop_row;
use crate::transact;

/// How long a replaced row is kept (S-36).
pub const REPLACED_MS: u64 = 30 * DAY_MS;
/// How often the work is done.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// Rows of one transaction, so that nobody waits long for it.
const STEP: i64 = 500;

/// Deletes until told to stop.
pub async fn run(server: State, marker: &Path) {
    loop {
        match purge(&server.db, server.now()).await {
            Ok(deleted) => log::info("purged", &[("rows", deleted.into())]),
            Err(_) => log::warn("purge failed", &[]),
        }
        if marker::advance(&server.db, marker).await.is_err() {
            log::warn("marker failed", &[]);
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Deletes what is due; the number of rows.
///
/// # Errors
/// `Database`.
pub async fn purge(db: &Db, now: u64) -> Result<u64, Failure> {
    let mut deleted = 0;
    loop {
        let step = transact!(db, tx => step(&mut tx, now).await)?;
        deleted += step;
        if step == 0 {
            return Ok(deleted);
        }
    }
}

async fn step(tx: &mut Tx, now: u64) -> Result<u64, Failure> {
    let mut deleted = 0;
    let replaced = tx
        .all(
            "SELECT account, gen, item, rev, CAST(length(body) AS BIGINT) FROM blob \
             WHERE replaced_at < $1 LIMIT $2",
            &[now.saturating_sub(REPLACED_MS).into(), STEP.into()],
        )
        .await?;
    for line in &replaced {
        let size = drop_row(tx, line).await?;
        tx.run(
            "UPDATE generation SET kept = kept - $3 WHERE account = $1 AND gen = $2",
            &[
                (&line.array::<16>(0)?).into(),
                (&line.array::<16>(1)?).into(),
                size.into(),
            ],
        )
        .await?;
        deleted += 1;
    }
    deleted += account::purge(tx, now).await?;
    deleted += tx
        .run("DELETE FROM session WHERE expires < $1", &[now.into()])
        .await?;
    Ok(deleted)
}
