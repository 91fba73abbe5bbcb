//! What is over is forgotten: codes, sign-ins, counts, links; sealed generations and accounts whose
//! day has come.

use crate::db::{Arg, Tx};
use crate::failure::Failure;

/// How long a count that is empty again is kept, in milliseconds (S-156).
const COUNT_MS: u64 = 86_400_000;

/// Removes what is over at `now`; how many rows. Vaults and accounts go with all that belongs to them.
///
/// # Errors
/// `Database`, `Again`.
pub async fn purge(tx: &mut Tx, now: u64) -> Result<u64, Failure> {
    let at = [Arg::from(now)];
    let mut removed = 0;
    for sql in [
        "DELETE FROM code WHERE expires < $1",
        "DELETE FROM login WHERE expires < $1",
        "DELETE FROM nonce WHERE expires < $1",
        "DELETE FROM reset WHERE expires < $1",
        "DELETE FROM email_change WHERE expires < $1",
        "DELETE FROM sealed_grant WHERE expires < $1",
        "DELETE FROM generation WHERE state = 1 AND erase_at <= $1",
        "DELETE FROM account WHERE delete_at <= $1",
    ] {
        removed += tx.run(sql, &at).await?;
    }
    let counts = [Arg::from(now.saturating_sub(COUNT_MS))];
    removed += tx
        .run("DELETE FROM budget WHERE empty_at < $1", &counts)
        .await?;
    Ok(removed)
}
