//! Changing the master password: the new OPAQUE record and the header that the new password opens,
//! in one step.

use axum::extract::State as Held;
use sesame_protocol::account::{
    PasswordFinish, PasswordStart, RefusalCode, RegisterStarted, Session,
};

use super::{devices, found};
use crate::body::{Answer, Body, Outcome};
use crate::failure::Failure;
use crate::mail::{self, For, Mail};
use crate::session::{self, Bearer};
use crate::state::State;
use crate::sync::commit_in;
use crate::{opaque, transact};

/// `POST /v1/password/start`.
///
/// # Errors
/// `Unauthorised`, `NotFresh`, `Malformed`.
pub(super) async fn start(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<PasswordStart>,
) -> Outcome<RegisterStarted> {
    let now = server.now();
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, now).await?;
    caller.fresh(now)?;
    let found = found::by_id(&mut tx, &caller.account)
        .await?
        .ok_or(RefusalCode::Unauthorised)?;
    drop(tx);
    let response = server
        .secrets
        .opaque
        .register(&found.cred_id, &ask.request)
        .map_err(|_| RefusalCode::Malformed)?;
    Ok(Answer(RegisterStarted {
        cred_id: found.cred_id,
        response,
    }))
}

/// `POST /v1/password/finish`. Every token of the account ends; the asking device gets a new one.
///
/// # Errors
/// `Unauthorised`, `NotFresh`, those of a commit; `Malformed` without a changed header.
pub(super) async fn finish(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<PasswordFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let record = opaque::record(&ask.upload).map_err(|_| RefusalCode::Malformed)?;
    let session = transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        let link = commit_in(&mut tx, &caller, &ask.commit, server.quota, now).await?;
        if !link.header_changed {
            return Err(Failure::from(RefusalCode::Malformed));
        }
        let account = caller.account.as_bytes();
        tx.run(
            "UPDATE generation SET opaque = $3 WHERE account = $1 AND gen = $2",
            &[account.into(), caller.generation.as_bytes().into(), record.as_slice().into()],
        ).await?;
        tx.run("UPDATE account SET epoch = epoch + 1 WHERE account = $1", &[account.into()]).await?;
        devices::end_all(&mut tx, &caller.account, false).await?;
        if ask.sign_out_others {
            tx.run(
                "DELETE FROM device WHERE account = $1 AND device <> $2",
                &[account.into(), caller.device.as_bytes().into()],
            ).await?;
        }
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        let mail = Mail::PasswordChanged { at: now };
        mail::put(&mut tx, &server, For::Address(&found.email), found.lang, &mail, now).await?;
        session::open(&mut tx, now, &caller.account, &caller.device).await
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Answer(session))
}
