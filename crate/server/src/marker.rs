//! Notices that the database was put back to an earlier state (S-152).
//!
//! The database counts starts and regular work; a file beside the secrets remembers the highest count
//! that this machine saw. A database that counts less was restored: everything that proves something
//! for a while is void, because it may have been used, ended or taken back since. Devices get new
//! sessions by their keys; their vaults notice by themselves that the server went back, and push.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::db::{Db, Tx};
use crate::failure::Failure;
use crate::transact;

const NAME: &str = "marker";

/// Marks the start: whether the database was restored since the last one, in which case everything
/// short-lived was made void.
///
/// # Errors
/// `Database`, `Internal` when the file can't be written.
pub async fn start(db: &Db, path: &Path) -> Result<bool, Failure> {
    let seen = read(path);
    let (count, restored) = transact!(db, tx => async {
        let count = counted(&mut tx).await?;
        // Without the file nothing says that the database is as it was.
        let restored = match seen {
            Some(seen) => count < seen,
            None => count > 0,
        };
        if restored {
            void(&mut tx).await?;
        }
        let count = count.max(seen.unwrap_or_default()).saturating_add(1);
        remember(&mut tx, count).await?;
        Ok((count, restored))
    }.await)?;
    write(path, count).map_err(|_| Failure::Internal("the marker file can't be written"))?;
    Ok(restored)
}

/// Counts on, so that also a backup of this hour is noticed when it comes back.
///
/// # Errors
/// As [`start`].
pub async fn advance(db: &Db, path: &Path) -> Result<(), Failure> {
    let count = transact!(db, tx => async {
        let count = counted(&mut tx).await?.saturating_add(1);
        remember(&mut tx, count).await?;
        Ok(count)
    }.await)?;
    write(path, count).map_err(|_| Failure::Internal("the marker file can't be written"))
}

async fn counted(tx: &mut Tx) -> Result<u64, Failure> {
    let line = tx
        .first("SELECT value FROM server WHERE name = $1", &[NAME.into()])
        .await?;
    line.map_or(Ok(0), |line| Ok(u64::from_be_bytes(line.array(0)?)))
}

async fn remember(tx: &mut Tx, count: u64) -> Result<(), Failure> {
    tx.run(
        "INSERT INTO server (name, value) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[NAME.into(), (&count.to_be_bytes()).into()],
    )
    .await?;
    Ok(())
}

/// Ends everything that is good for a while, for all accounts.
///
/// # Errors
/// `Database`.
pub async fn void(tx: &mut Tx) -> Result<(), Failure> {
    for sql in [
        "DELETE FROM session",
        "DELETE FROM code",
        "DELETE FROM login",
        "DELETE FROM reset",
        "DELETE FROM sealed_grant",
        "DELETE FROM email_change WHERE changed_at IS NULL",
        // What waited to be mailed was mailed long ago, or is about a code that is void now.
        "DELETE FROM mail",
    ] {
        tx.run(sql, &[]).await?;
    }
    tx.run("UPDATE account SET epoch = epoch + 1", &[]).await?;
    Ok(())
}

fn read(path: &Path) -> Option<u64> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

fn write(path: &Path, count: u64) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new)?;
    writeln!(file, "{count}")?;
    file.sync_all()?;
    fs::rename(new, path)
}
