//! Commands for looking after a server: check, backup, restore, export-account, delete-account.

use std::path::Path;

use sesame_protocol::account::Email;

use super::{CommandError, say, start};
use crate::backup::{self, BackupError};
use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::db::{Db, newest_version};
use crate::secrets::Secrets;
use crate::tls::Tls;
use crate::transact;
use crate::verify::verify;

impl From<BackupError> for CommandError {
    fn from(error: BackupError) -> Self {
        Self::Words(error.to_string())
    }
}

/// A database that has this program's version.
async fn current(config: &Config) -> Result<Db, CommandError> {
    let db = start::database(config).await?;
    let version = db.version().await?;
    at_newest(version)?;
    Ok(db)
}

fn at_newest(version: u64) -> Result<(), CommandError> {
    let newest = newest_version();
    if version == newest {
        return Ok(());
    }
    Err(CommandError::Words(format!(
        "the database is at version {version} and this program at {newest}: run sesame-server migrate"
    )))
}

/// `check`: settings, files, database, secrets, and every vault.
pub(super) async fn check(config: &Config) -> Result<(), CommandError> {
    say("settings: right\n")?;
    if let Some((certificate, key)) = &config.tls {
        Tls::open(certificate, key).map_err(|error| CommandError::Words(error.to_string()))?;
        say("certificate and key: they go together\n")?;
    }
    let db = start::database(config).await?;
    let version = db.version().await?;
    if version == 0 {
        return say("database: empty; the first start makes its tables, and the secrets\n");
    }
    at_newest(version)?;
    say(&format!(
        "database: {}, at this program's version\n",
        config.database.kind()
    ))?;
    let mut tx = db.read().await?;
    match Secrets::compare(&config.secrets, &mut tx)
        .await
        .map_err(|error| CommandError::Words(error.to_string()))?
    {
        true => say("secrets: they belong to this database\n")?,
        false => say("secrets: none yet; the first start makes them\n")?,
    }
    drop(tx);
    let findings = verify(&db).await?;
    db.close().await;
    say(&format!(
        "vaults: {} accounts, {} generations, {} rows verified\n",
        findings.accounts, findings.generations, findings.rows
    ))?;
    if findings.problems.is_empty() {
        say("everything is right\n")
    } else {
        Err(CommandError::Words(format!(
            "these vaults are not as they were signed; their owners' browsers will notice, and push what they have:\n  {}",
            findings.problems.join("\n  ")
        )))
    }
}

/// `backup FILE`.
pub(super) async fn back_up(config: &Config, path: &Path) -> Result<(), CommandError> {
    let db = current(config).await?;
    let count = backup::backup(&db, path, SystemClock.now_ms()).await?;
    db.close().await;
    say(&format!(
        "{count} accounts written to {}\n\
         The secrets are not in it: keep a copy of {} in another place. Without it nobody can sign in.\n",
        path.display(),
        config.secrets.display()
    ))
}

/// `restore FILE`.
pub(super) async fn restore(config: &Config, path: &Path) -> Result<(), CommandError> {
    let db = start::database(config).await?;
    db.migrate().await?;
    let count = backup::restore(&db, path).await?;
    db.close().await;
    say(&format!(
        "{count} accounts restored; everybody's browsers get new sessions by themselves\n\
         Put the secrets that belong to this backup at {} before the next start.\n",
        config.secrets.display()
    ))
}

/// `export-account ADDRESS FILE`.
pub(super) async fn export(config: &Config, email: &str, path: &Path) -> Result<(), CommandError> {
    let db = current(config).await?;
    backup::export(&db, &address(email)?, path).await?;
    db.close().await;
    say(&format!("written to {}\n", path.display()))
}

/// `delete-account ADDRESS --yes`.
pub(super) async fn delete(config: &Config, email: &str, sure: bool) -> Result<(), CommandError> {
    let email = address(email)?;
    if !sure {
        return Err(CommandError::Words(
            "this erases the account and its vaults at once, without a way back: add --yes"
                .to_owned(),
        ));
    }
    let db = current(config).await?;
    let erased = transact!(db, tx => tx
        .run("DELETE FROM account WHERE email = $1", &[email.as_str().into()])
        .await)?;
    db.close().await;
    if erased == 0 {
        return Err(BackupError::NoAccount.into());
    }
    say("erased\n")
}

fn address(text: &str) -> Result<Email, CommandError> {
    Email::parse(text).map_err(|_| CommandError::Words("that is not an e-mail address".to_owned()))
}
