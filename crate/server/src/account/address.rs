//! Changing the address: a code to the new one, and for 72 hours a way back from the old one (S-151).
//! The account is the session's; no body names it. Its name inside OPAQUE never changes.

use axum::extract::State as Held;
use sesame_protocol::account::code::{RESET_TOKEN, encode};
use sesame_protocol::account::{EmailBegin, EmailFinish, EmailUndo, RefusalCode};

use super::found::{self, stored_email, stored_lang};
use super::names::Use;
use super::register::new_code;
use super::{CODE_MS, CODE_TRIES, EMAIL_UNDO_MS};
use crate::address::Place;
use crate::body::{Accepted, Answer, Body, Outcome};
use crate::failure::Failure;
use crate::limits::{Count, allows, charge};
use crate::mail::{self, For, Mail, undo_link};
use crate::session::Bearer;
use crate::state::State;
use crate::transact;

/// `POST /v1/email/begin`. The same answer for an address that has an account: that one is told so.
///
/// # Errors
/// `Unauthorised`, `NotFresh`, `SlowDown`.
pub(super) async fn begin(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<EmailBegin>,
) -> Result<Accepted, Failure> {
    let now = server.now();
    let code = new_code()?;
    let mut token = [0; RESET_TOKEN];
    getrandom::fill(&mut token)?;
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        let account = caller.account.as_bytes();
        charge(&mut tx, &server, Count::ChangeMail, account, now).await?;
        let address = ask.email.as_str().as_bytes();
        let allowed = allows(&mut tx, &server, Count::ChangeMail, address, now).await?;
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        let taken = found::is_taken(&mut tx, &ask.email, Some(&caller.account), now).await?;
        let kept = if taken || !allowed { new_code()? } else { code.clone() };
        tx.run(
            "DELETE FROM email_change WHERE account = $1 AND changed_at IS NULL",
            &[account.into()],
        ).await?;
        tx.run(
            "INSERT INTO email_change (account, undo_hash, old_email, new_email, code_hash, tries, expires) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                account.into(),
                (&server.secrets.hash(Use::EmailUndo, &[&token])).into(),
                found.email.as_str().into(),
                ask.email.as_str().into(),
                (&server.secrets.hash(Use::EmailCode, &[account, kept.as_bytes()])).into(),
                CODE_TRIES.into(),
                now.saturating_add(CODE_MS).into(),
            ],
        ).await?;
        let mail = if taken {
            Mail::AlreadyRegistered
        } else {
            Mail::EmailCode { code: code.grouped() }
        };
        let to = if allowed { For::Address(&ask.email) } else { For::Nobody(&ask.email) };
        mail::put(&mut tx, &server, to, found.lang, &mail, now).await?;
        let notice = Mail::EmailChanging {
            to: ask.email.as_str().to_owned(),
            link: undo_link(&server.origin, &encode(&token)),
        };
        mail::put(&mut tx, &server, For::Address(&found.email), found.lang, &notice, now).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Accepted)
}

/// `POST /v1/email/finish`. Reset links that were mailed to the old address end.
///
/// # Errors
/// `Unauthorised`, `NotFresh`, `Denied` for a wrong code, `Expired` after five or half an hour.
pub(super) async fn finish(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<EmailFinish>,
) -> Outcome<()> {
    let now = server.now();
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        let account = caller.account.as_bytes();
        let line = tx.first(
            "SELECT code_hash, new_email FROM email_change WHERE account = $1 \
             AND changed_at IS NULL AND tries > 0 AND expires >= $2",
            &[account.into(), now.into()],
        ).await?;
        let Some(line) = line else {
            return Ok(Err(RefusalCode::Expired));
        };
        let hash = server.secrets.hash(Use::EmailCode, &[account, ask.code.as_bytes()]);
        if line.array::<32>(0)? != hash {
            tx.run(
                "UPDATE email_change SET tries = tries - 1 WHERE account = $1 AND changed_at IS NULL",
                &[account.into()],
            ).await?;
            return Ok(Err(RefusalCode::Denied));
        }
        let email = stored_email(&line.text(1)?)?;
        if found::is_taken(&mut tx, &email, Some(&caller.account), now).await? {
            return Ok(Err(RefusalCode::Denied));
        }
        tx.run(
            "UPDATE account SET email = $2 WHERE account = $1",
            &[account.into(), email.as_str().into()],
        ).await?;
        tx.run(
            "UPDATE email_change SET changed_at = $2, expires = $3 \
             WHERE account = $1 AND changed_at IS NULL",
            &[account.into(), now.into(), now.saturating_add(EMAIL_UNDO_MS).into()],
        ).await?;
        tx.run("DELETE FROM reset WHERE account = $1", &[account.into()]).await?;
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        let to = For::Address(&email);
        mail::put(&mut tx, &server, to, found.lang, &Mail::EmailChanged, now).await.map(Ok)
    }.await)??;
    server.mail_waits.notify_one();
    Ok(Answer(()))
}

/// `POST /v1/email/undo`, from the mail to the old address: a change that waits is dropped, one that
/// was made is taken back, with all that came after it.
///
/// # Errors
/// `Expired`, `SlowDown`.
pub(super) async fn undo(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<EmailUndo>,
) -> Outcome<()> {
    let now = server.now();
    let hash = server.secrets.hash(Use::EmailUndo, &[&ask.token]);
    transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::CodeAddress, place.as_bytes(), now).await?;
        let line = tx.first(
            "SELECT email_change.account, email_change.old_email, email_change.changed_at, account.lang \
             FROM email_change JOIN account ON account.account = email_change.account \
             WHERE email_change.undo_hash = $1 AND email_change.expires >= $2",
            &[(&hash).into(), now.into()],
        ).await?;
        let Some(line) = line else {
            return Ok(Err(RefusalCode::Expired));
        };
        let account: [u8; 16] = line.array(0)?;
        let email = stored_email(&line.text(1)?)?;
        if let Some(changed_at) = line.maybe_number(2)? {
            tx.run(
                "UPDATE account SET email = $2 WHERE account = $1",
                &[(&account).into(), email.as_str().into()],
            ).await?;
            tx.run(
                "DELETE FROM email_change WHERE account = $1 AND (changed_at IS NULL OR changed_at >= $2)",
                &[(&account).into(), changed_at.into()],
            ).await?;
        } else {
            tx.run(
                "DELETE FROM email_change WHERE account = $1 AND changed_at IS NULL",
                &[(&account).into()],
            ).await?;
        }
        tx.run("DELETE FROM reset WHERE account = $1", &[(&account).into()]).await?;
        let lang = stored_lang(line.number(3)?)?;
        mail::put(&mut tx, &server, For::Address(&email), lang, &Mail::EmailKept, now).await.map(Ok)
    }.await)??;
    server.mail_waits.notify_one();
    Ok(Answer(()))
}
