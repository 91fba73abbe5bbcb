//! What an account says of itself, its hint and its settings.

use axum::extract::State as Held;
use sesame_protocol::account::{
    Account, AccountSettings, DeviceLine, HintSend, RefusalCode, SealedLine, SetHint,
};
use sesame_protocol::{AccountId, DeviceId, GenId};

use super::{days_kept, found};
use crate::address::Place;
use crate::body::{Accepted, Answer, Body, Outcome};
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, allows, charge, charge_total};
use crate::mail::{self, For, Mail};
use crate::session::{Bearer, Caller};
use crate::state::State;
use crate::transact;

/// Most lines of a list in an answer.
const LINES: i64 = 500;

/// `POST /v1/account`.
///
/// # Errors
/// `Unauthorised`.
pub(super) async fn account(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(()): Body<()>,
) -> Outcome<Account> {
    let now = server.now();
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, now).await?;
    let id = caller.account.as_bytes();
    let line = tx
        .first(
            "SELECT email, created, hint, lang, sealed_days, delete_at FROM account WHERE account = $1",
            &[id.into()],
        )
        .await?
        .ok_or(RefusalCode::Unauthorised)?;
    let pending = tx
        .first(
            "SELECT new_email FROM email_change \
             WHERE account = $1 AND changed_at IS NULL AND expires >= $2",
            &[id.into(), now.into()],
        )
        .await?;
    let pending_email = pending
        .map(|line| found::stored_email(&line.text(0)?))
        .transpose()?;
    Ok(Answer(Account {
        email: found::stored_email(&line.text(0)?)?,
        created: line.number(1)?,
        hint: line.text(2)?,
        lang: found::stored_lang(line.number(3)?)?,
        sealed_days: u16::try_from(days_kept(line.number(4)?)).unwrap_or(u16::MAX),
        devices: devices(&mut tx, &caller).await?,
        sealed: sealed(&mut tx, &caller.account, now).await?,
        pending_email,
        delete_at: line.maybe_number(5)?.unwrap_or(0),
    }))
}

async fn devices(tx: &mut Tx, caller: &Caller) -> Result<Vec<DeviceLine>, Failure> {
    let lines = tx
        .all(
            "SELECT device, created, last_used FROM device WHERE account = $1 \
             ORDER BY last_used DESC, created DESC LIMIT $2",
            &[caller.account.as_bytes().into(), LINES.into()],
        )
        .await?;
    lines
        .into_iter()
        .map(|line| {
            let device = DeviceId::from_bytes(line.array(0)?);
            Ok(DeviceLine {
                device,
                created: line.number(1)?,
                last_used: line.number(2)?,
                current: device == caller.device,
            })
        })
        .collect()
}

async fn sealed(tx: &mut Tx, account: &AccountId, now: u64) -> Result<Vec<SealedLine>, Failure> {
    let lines = tx
        .all(
            "SELECT gen, sealed_at, erase_at, undo_until, live, header_hash FROM generation \
             WHERE account = $1 AND state = 1 ORDER BY sealed_at DESC, gen LIMIT $2",
            &[account.as_bytes().into(), LINES.into()],
        )
        .await?;
    lines
        .into_iter()
        .map(|line| {
            let [a, b, c, d, e, f, g, h, ..] = line.array::<32>(5)?;
            Ok(SealedLine {
                generation: GenId::from_bytes(line.array(0)?),
                sealed_at: line.maybe_number(1)?.unwrap_or(0),
                erase_at: line.maybe_number(2)?.unwrap_or(0),
                undo_until: line
                    .maybe_number(3)?
                    .filter(|until| *until >= now)
                    .unwrap_or(0),
                live: u32::try_from(line.number(4)?).unwrap_or(u32::MAX),
                fingerprint: [a, b, c, d, e, f, g, h],
            })
        })
        .collect()
}

/// `POST /v1/hint`.
///
/// # Errors
/// `Unauthorised`, `NotFresh`.
pub(super) async fn set_hint(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<SetHint>,
) -> Outcome<()> {
    let now = server.now();
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        tx.run(
            "UPDATE account SET hint = $2 WHERE account = $1",
            &[caller.account.as_bytes().into(), ask.hint.as_str().into()],
        ).await?;
        Ok(Answer(()))
    }.await)
}

/// `POST /v1/settings`. Days count for generations that will be sealed: what is sealed already keeps
/// its date, so that nobody can shorten it from the vault that took its place.
///
/// # Errors
/// `Unauthorised`, `NotFresh`.
pub(super) async fn settings(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<AccountSettings>,
) -> Outcome<()> {
    let now = server.now();
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        tx.run(
            "UPDATE account SET lang = $2, sealed_days = $3 WHERE account = $1",
            &[
                caller.account.as_bytes().into(),
                i64::from(ask.lang.byte()).into(),
                u64::from(ask.sealed_days).into(),
            ],
        ).await?;
        Ok(Answer(()))
    }.await)
}

/// `POST /v1/hint/send`: by mail to the stored address, and nowhere else (S-120). At most three a day
/// for an account; whoever asks is told the same thing each time.
///
/// # Errors
/// `SlowDown` for the place or the total, whatever the address.
pub(super) async fn send_hint(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<HintSend>,
) -> Result<Accepted, Failure> {
    let now = server.now();
    transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::MailAddress, place.as_bytes(), now).await?;
        charge_total(&mut tx, &server, Count::MailTotal, now).await?;
        let address = ask.email.as_str().as_bytes();
        let allowed = allows(&mut tx, &server, Count::HintMail, address, now).await?;
        let known = found::by_email(&mut tx, &ask.email).await?;
        let (to, lang, hint) = match &known {
            Some(found) if allowed => (For::Address(&found.email), found.lang, found.hint.clone()),
            _ => (For::Nobody(&ask.email), ask.lang, String::new()),
        };
        mail::put(&mut tx, &server, to, lang, &Mail::Hint { hint }, now).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Accepted)
}
