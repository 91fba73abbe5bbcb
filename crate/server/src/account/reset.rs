//! The reset: a new, empty generation for who reads the account's mail. The old one is sealed, never
//! deleted (S-134): the mailbox gives a fresh start, not the old vault (S-133).

use axum::extract::State as Held;
use sesame_protocol::AccountId;
use sesame_protocol::account::code::{RESET_TOKEN, encode, encode_grouped};
use sesame_protocol::account::{
    RefusalCode, ResetFinish, ResetRequest, ResetStart, ResetStarted, Session,
};

use super::found::{self, Found};
use super::names::Use;
use super::{CODE_MS, UNDO_DAYS, devices};
use crate::address::Place;
use crate::body::{Accepted, Answer, Body, Outcome};
use crate::clock::DAY_MS;
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, allows, charge, charge_total};
use crate::mail::{self, For, Mail, reset_link};
use crate::session;
use crate::state::State;
use crate::sync::{Beginning, begin as first_link};
use crate::{opaque, transact};

/// `POST /v1/reset/request`. The same answer and work for every address (S-121); at most three links
/// a day for an account, of which the newest is good.
///
/// # Errors
/// `SlowDown` for the place or the total, whatever the address.
pub(super) async fn request(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<ResetRequest>,
) -> Result<Accepted, Failure> {
    let now = server.now();
    let mut token = [0; RESET_TOKEN];
    getrandom::fill(&mut token)?;
    let hash = server.secrets.hash(Use::Reset, &[&token]);
    let mail = Mail::ResetRequested {
        link: reset_link(&server.origin, &encode(&token)),
        code: encode_grouped(&token),
    };
    transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::MailAddress, place.as_bytes(), now).await?;
        charge_total(&mut tx, &server, Count::MailTotal, now).await?;
        let address = ask.email.as_str().as_bytes();
        let allowed = allows(&mut tx, &server, Count::ResetMail, address, now).await?;
        let known = found::by_email(&mut tx, &ask.email).await?;
        let nobody = server.secrets.stand_in(&ask.email);
        let (account, to, lang) = match &known {
            Some(found) if allowed => (found.account, For::Address(&found.email), found.lang),
            _ => (nobody, For::Nobody(&ask.email), ask.lang),
        };
        tx.run(
            "INSERT INTO reset (account, hash, expires) VALUES ($1, $2, $3) \
             ON CONFLICT (account) DO UPDATE SET hash = excluded.hash, expires = excluded.expires",
            &[account.as_bytes().into(), (&hash).into(), now.saturating_add(CODE_MS).into()],
        ).await?;
        mail::put(&mut tx, &server, to, lang, &mail, now).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Accepted)
}

/// `POST /v1/reset/start`. Uses nothing up (S-125).
///
/// # Errors
/// `Expired`, `SlowDown`, `Malformed`.
pub(super) async fn start(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<ResetStart>,
) -> Outcome<ResetStarted> {
    let now = server.now();
    let hash = server.secrets.hash(Use::Reset, &[&ask.token]);
    let found = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::CodeAddress, place.as_bytes(), now).await?;
        let line = tx.first(
            "SELECT account FROM reset WHERE hash = $1 AND expires >= $2",
            &[(&hash).into(), now.into()],
        ).await?;
        match line {
            None => Ok(None),
            Some(line) => found::by_id(&mut tx, &AccountId::from_bytes(line.array(0)?)).await,
        }
    }.await)?
    .ok_or(RefusalCode::Expired)?;
    let response = server
        .secrets
        .opaque
        .register(&found.cred_id, &ask.request)
        .map_err(|_| RefusalCode::Malformed)?;
    Ok(Answer(ResetStarted {
        account: found.account,
        cred_id: found.cred_id,
        response,
        email: found.email,
        undo_days: u16::try_from(UNDO_DAYS).unwrap_or(u16::MAX),
        sealed_days: u16::try_from(found.sealed_days).unwrap_or(u16::MAX),
    }))
}

/// `POST /v1/reset/finish`: one transaction (S-124).
///
/// # Errors
/// `Expired` when the link was used or its time is over; `Malformed`, `BadSignature` for a vault that
/// does not fit, `Conflict` for a generation that is there already: then the link stays good.
pub(super) async fn finish(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<ResetFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let hash = server.secrets.hash(Use::Reset, &[&ask.token]);
    let record = opaque::record(&ask.upload).map_err(|_| RefusalCode::Malformed)?;
    let session = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::CodeAddress, place.as_bytes(), now).await?;
        let line = tx.first(
            "DELETE FROM reset WHERE hash = $1 AND expires >= $2 RETURNING account",
            &[(&hash).into(), now.into()],
        ).await?;
        let account = match line {
            None => return Err(RefusalCode::Expired.into()),
            Some(line) => AccountId::from_bytes(line.array(0)?),
        };
        let found = found::by_id(&mut tx, &account).await?.ok_or(RefusalCode::Expired)?;
        let beginning = Beginning {
            account: &account,
            generation: &ask.generation,
            header: &ask.header,
            manifest: &ask.manifest,
            record: &record,
            recovery_key: ask.recovery_key.as_ref(),
        };
        let dates = seal(&mut tx, &found, &ask, now).await?;
        first_link(&mut tx, now, &beginning).await?;
        devices::end_all(&mut tx, &account, true).await?;
        devices::put(&mut tx, &account, &ask.device, now).await?;
        let mail = Mail::ResetDone { at: now, undo_until: dates.0, erase_at: dates.1 };
        mail::put(&mut tx, &server, For::Address(&found.email), found.lang, &mail, now).await?;
        session::open(&mut tx, now, &account, &ask.device.device).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Answer(session))
}

/// Seals the active generation and points the account at the new one; until when it can be undone,
/// and when the sealed one is erased.
async fn seal(
    tx: &mut Tx,
    found: &Found,
    ask: &ResetFinish,
    now: u64,
) -> Result<(u64, u64), Failure> {
    let (account, new) = (found.account.as_bytes(), ask.generation.as_bytes());
    let there = tx
        .first(
            "SELECT gen FROM generation WHERE account = $1 AND gen = $2",
            &[account.into(), new.into()],
        )
        .await?;
    if there.is_some() {
        return Err(RefusalCode::Conflict.into());
    }
    let undo_until = now.saturating_add(UNDO_DAYS * DAY_MS);
    let erase_at = now.saturating_add(found.sealed_days * DAY_MS);
    tx.run(
        "UPDATE generation SET state = 1, sealed_at = $3, undo_until = $4, erase_at = $5, \
         erase_usual = NULL, replaced_by = $6 WHERE account = $1 AND gen = $2",
        &[
            account.into(),
            found.generation.as_bytes().into(),
            now.into(),
            undo_until.into(),
            erase_at.into(),
            new.into(),
        ],
    )
    .await?;
    tx.run(
        "UPDATE account SET gen = $2, hint = $3, epoch = epoch + 1 WHERE account = $1",
        &[account.into(), new.into(), ask.hint.as_str().into()],
    )
    .await?;
    tx.run(
        "DELETE FROM email_change WHERE account = $1 AND changed_at IS NULL",
        &[account.into()],
    )
    .await?;
    Ok((undo_until, erase_at))
}
