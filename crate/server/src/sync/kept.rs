//! Replaced rows: kept for thirty days, or until they are as much as an account may store, so that
//! writing the same row again and again does not fill the disk (S-140).

use crate::db::{Line, Tx};
use crate::failure::Failure;
use crate::session::Caller;

/// Rows that are dropped at once.
const STEP: i64 = 32;

/// Drops the oldest replaced rows until at most `most` bytes are kept; how many there are then.
/// What is dropped was added once: over time this costs no more than the commits themselves.
pub(super) async fn trim(
    tx: &mut Tx,
    caller: &Caller,
    kept: u64,
    most: u64,
) -> Result<u64, Failure> {
    let mut kept = kept;
    while kept > most {
        let oldest = tx
            .all(
                "SELECT account, gen, item, rev, CAST(length(body) AS BIGINT) FROM blob \
                 WHERE account = $1 AND gen = $2 AND replaced_at IS NOT NULL \
                 ORDER BY replaced_at LIMIT $3",
                &[
                    caller.account.as_bytes().into(),
                    caller.generation.as_bytes().into(),
                    STEP.into(),
                ],
            )
            .await?;
        if oldest.is_empty() {
            return Ok(0);
        }
        for line in &oldest {
            if kept <= most {
                break;
            }
            kept = kept.saturating_sub(drop_row(tx, line).await?);
        }
    }
    Ok(kept)
}

/// Drops the replaced row of a line with account, generation, item, revision and size; its size.
pub(crate) async fn drop_row(tx: &mut Tx, line: &Line) -> Result<u64, Failure> {
    tx.run(
        "DELETE FROM blob WHERE account = $1 AND gen = $2 AND item = $3 AND rev = $4 \
         AND replaced_at IS NOT NULL",
        &[
            (&line.array::<16>(0)?).into(),
            (&line.array::<16>(1)?).into(),
            (&line.array::<16>(2)?).into(),
            line.number(3)?.into(),
        ],
    )
    .await?;
    line.number(4)
}
