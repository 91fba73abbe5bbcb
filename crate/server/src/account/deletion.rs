//! Deleting an account: by its owner with an open vault, after thirty days in which any session can
//! take it back (S-157). A mailbox alone deletes nothing.

use axum::extract::State as Held;
use sesame_protocol::account::{AccountDelete, EraseAt, RefusalCode};

use super::{DELETE_MS, found};
use crate::body::{Answer, Body, Outcome};
use crate::mail::{self, For, Mail};
use crate::session::Bearer;
use crate::state::State;
use crate::transact;

/// `POST /v1/account/delete`.
///
/// # Errors
/// `Unauthorised`, `NotFresh`; `Denied` when another address was typed.
pub(super) async fn delete(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<AccountDelete>,
) -> Outcome<EraseAt> {
    let now = server.now();
    let erase_at = transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        if found.email != ask.email {
            return Err(RefusalCode::Denied.into());
        }
        // Asked twice, the first day stands.
        if let Some(erase_at) = caller.delete_at {
            return Ok(erase_at);
        }
        let erase_at = now.saturating_add(DELETE_MS);
        tx.run(
            "UPDATE account SET delete_at = $2 WHERE account = $1",
            &[caller.account.as_bytes().into(), erase_at.into()],
        ).await?;
        let mail = Mail::Deletion { erase_at };
        mail::put(&mut tx, &server, For::Address(&found.email), found.lang, &mail, now).await?;
        Ok(erase_at)
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Answer(EraseAt { erase_at }))
}

/// `POST /v1/account/keep`.
///
/// # Errors
/// `Unauthorised`.
pub(super) async fn keep(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(()): Body<()>,
) -> Outcome<()> {
    let now = server.now();
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        if caller.delete_at.is_none() {
            return Ok(());
        }
        tx.run(
            "UPDATE account SET delete_at = NULL WHERE account = $1",
            &[caller.account.as_bytes().into()],
        ).await?;
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        let to = For::Address(&found.email);
        mail::put(&mut tx, &server, to, found.lang, &Mail::DeletionStopped, now).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Answer(()))
}
