//! Signing in with the recovery code: a signature by a key that only the code gives.

use axum::extract::State as Held;
use sesame_protocol::account::{
    RecoverFinish, RecoverStart, RecoverStarted, RefusalCode, Session, proof,
};

use super::login::admit;
use super::{found, prove};
use crate::address::Place;
use crate::body::{Answer, Body, Outcome};
use crate::challenge::{Purpose, Subject};
use crate::limits::{Count, charge, charge_total};
use crate::state::State;
use crate::transact;

/// No device or generation.
const NONE: [u8; 16] = [0; 16];

/// `POST /v1/recover/start`: a challenge, for an unknown address too, with an id that is always the
/// same one (S-158).
///
/// # Errors
/// `SlowDown`.
pub(super) async fn start(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<RecoverStart>,
) -> Outcome<RecoverStarted> {
    let now = server.now();
    let known = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::SignInAddress, place.as_bytes(), now).await?;
        charge_total(&mut tx, &server, Count::SignInTotal, now).await?;
        found::by_email(&mut tx, &ask.email).await
    }.await)?;
    let nobody = server.secrets.stand_in(&ask.email);
    let account = known.map_or(nobody, |found| found.account);
    let subject = Subject {
        purpose: Purpose::Recover,
        account: account.as_bytes(),
        of: &NONE,
    };
    let challenge = server.secrets.challenges.issue(subject, now)?;
    Ok(Answer(RecoverStarted {
        account,
        nonce: challenge.nonce,
        exp: challenge.exp,
    }))
}

/// `POST /v1/recover/finish`.
///
/// # Errors
/// `Denied`: the one answer for a wrong signature, an account without a code and an unknown one.
pub(super) async fn finish(
    Held(server): Held<State>,
    Body(ask): Body<RecoverFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let subject = Subject {
        purpose: Purpose::Recover,
        account: ask.account.as_bytes(),
        of: &NONE,
    };
    let exp = prove::good_until(&server, subject, &ask.nonce, now)?;
    if exp != ask.exp {
        return Err(RefusalCode::Denied.into());
    }
    let message = proof::recovery_login(&server.origin, &ask.account, &ask.nonce, exp)?;
    let session = transact!(server.db, tx => async {
        prove::use_up(&mut tx, ask.account.as_bytes(), &ask.nonce, exp).await?;
        let known = found::by_id(&mut tx, &ask.account).await?;
        let key = known.as_ref().and_then(|found| found.recovery_key.as_ref());
        let holds = prove::signed(key, &message, &ask.signature);
        let Some(found) = known.filter(|_| holds) else {
            return Ok(Err(RefusalCode::Denied));
        };
        admit(&mut tx, &server, &found, &ask.device, now).await.map(Ok)
    }.await)??;
    server.mail_waits.notify_one();
    Ok(Answer(session))
}
