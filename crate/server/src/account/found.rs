//! Looking accounts up.

use sesame_protocol::account::{Email, Lang};
use sesame_protocol::{AccountId, GenId};

use super::days_kept;
use crate::db::{Arg, Line, Tx};
use crate::failure::Failure;
use crate::state::Server;

/// An account with what signing in needs of its active generation.
pub(super) struct Found {
    pub(super) account: AccountId,
    pub(super) email: Email,
    pub(super) cred_id: [u8; 32],
    pub(super) lang: Lang,
    pub(super) hint: String,
    pub(super) sealed_days: u64,
    pub(super) generation: GenId,
    /// The OPAQUE record.
    pub(super) record: Vec<u8>,
    pub(super) recovery_key: Option<[u8; 32]>,
}

/// The account with this address. One statement, whether there is one or not (S-122).
pub(super) async fn by_email(tx: &mut Tx, email: &Email) -> Result<Option<Found>, Failure> {
    one(
        tx,
        "SELECT account.account, account.email, account.cred_id, account.lang, account.hint, \
         account.sealed_days, account.gen, generation.opaque, generation.rec_pub \
         FROM account JOIN generation \
         ON generation.account = account.account AND generation.gen = account.gen \
         WHERE account.email = $1",
        email.as_str().into(),
    )
    .await
}

/// The account with this id.
pub(super) async fn by_id(tx: &mut Tx, account: &AccountId) -> Result<Option<Found>, Failure> {
    one(
        tx,
        "SELECT account.account, account.email, account.cred_id, account.lang, account.hint, \
         account.sealed_days, account.gen, generation.opaque, generation.rec_pub \
         FROM account JOIN generation \
         ON generation.account = account.account AND generation.gen = account.gen \
         WHERE account.account = $1",
        account.as_bytes().into(),
    )
    .await
}

async fn one(tx: &mut Tx, sql: &'static str, arg: Arg<'_>) -> Result<Option<Found>, Failure> {
    tx.first(sql, &[arg]).await?.map(read).transpose()
}

fn read(line: Line) -> Result<Found, Failure> {
    Ok(Found {
        account: AccountId::from_bytes(line.array(0)?),
        email: stored_email(&line.text(1)?)?,
        cred_id: line.array(2)?,
        lang: stored_lang(line.number(3)?)?,
        hint: line.text(4)?,
        sealed_days: days_kept(line.number(5)?),
        generation: GenId::from_bytes(line.array(6)?),
        record: line.bytes(7)?,
        recovery_key: line.maybe_array(8)?,
    })
}

/// Whether an account other than `but` has this address, or had it a moment ago and may take it back
/// (S-151).
pub(super) async fn is_taken(
    tx: &mut Tx,
    email: &Email,
    but: Option<&AccountId>,
    now: u64,
) -> Result<bool, Failure> {
    let but: &[u8] = but.map_or(&[], |but| but.as_bytes());
    let line = tx
        .first(
            "SELECT account FROM account WHERE email = $1 AND account <> $3 UNION ALL \
             SELECT account FROM email_change WHERE old_email = $1 AND changed_at IS NOT NULL \
             AND expires >= $2 AND account <> $3",
            &[email.as_str().into(), now.into(), but.into()],
        )
        .await?;
    Ok(line.is_some())
}

/// The name inside OPAQUE that this address signs up with, and that a stand-in of it has until then:
/// the first one that no account has. An account keeps its name when its address changes; the
/// address left behind then gets another, so that nobody can tell where it went.
pub(super) async fn free_cred_id(
    tx: &mut Tx,
    server: &Server,
    email: &Email,
) -> Result<Option<[u8; 32]>, Failure> {
    let [a, b, c, d] = [0, 1, 2, 3].map(|turn| server.secrets.cred_id(email, turn));
    let lines = tx
        .all(
            "SELECT cred_id FROM account WHERE cred_id IN ($1, $2, $3, $4)",
            &[(&a).into(), (&b).into(), (&c).into(), (&d).into()],
        )
        .await?;
    let mut taken = Vec::with_capacity(lines.len());
    for line in lines {
        taken.push(line.array::<32>(0)?);
    }
    Ok([a, b, c, d].into_iter().find(|name| !taken.contains(name)))
}

pub(super) fn stored_email(text: &str) -> Result<Email, Failure> {
    Email::parse(text).map_err(|_| Failure::Internal("a stored address can't be read"))
}

pub(super) fn stored_lang(number: u64) -> Result<Lang, Failure> {
    u8::try_from(number)
        .ok()
        .and_then(|byte| Lang::try_from(byte).ok())
        .ok_or(Failure::Internal("a stored language can't be read"))
}
