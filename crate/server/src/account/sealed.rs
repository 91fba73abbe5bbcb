//! Proving to belong to a sealed generation: by its master password, its recovery code, or its vault
//! key. A session of the account alone opens nothing of it (S-133).

use axum::extract::State as Held;
use sesame_protocol::account::{
    Grant, How, RefusalCode, SealedProve, SealedStart, SealedStarted, proof,
};
use sesame_protocol::{GenId, sha256};

use super::found;
use super::login::{LOGIN_MS, Open, malformed};
use super::names::Use;
use super::prove;
use crate::address::Place;
use crate::body::{Answer, Body, Outcome};
use crate::challenge::{Purpose, Subject};
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, charge, refund};
use crate::opaque::Names;
use crate::session::{Bearer, Caller, TTL_S};
use crate::state::State;
use crate::transact;

/// What proofs for a sealed generation are checked against.
struct Sealed {
    record: Vec<u8>,
    vault_pub: [u8; 32],
    recovery_key: Option<[u8; 32]>,
}

/// The caller's sealed generation.
///
/// # Errors
/// `NotFound`, for another account's as for none (S-141).
async fn sealed(tx: &mut Tx, caller: &Caller, generation: &GenId) -> Result<Sealed, Failure> {
    let line = tx
        .first(
            "SELECT opaque, vault_pub, rec_pub FROM generation \
             WHERE account = $1 AND gen = $2 AND state = 1",
            &[
                caller.account.as_bytes().into(),
                generation.as_bytes().into(),
            ],
        )
        .await?
        .ok_or(RefusalCode::NotFound)?;
    Ok(Sealed {
        record: line.bytes(0)?,
        vault_pub: line.array(1)?,
        recovery_key: line.maybe_array(2)?,
    })
}

/// `POST /v1/sealed/start`.
///
/// # Errors
/// `Unauthorised`, `NotFound`, `SlowDown`, `Malformed`.
pub(super) async fn start(
    Held(server): Held<State>,
    bearer: Bearer,
    place: Place,
    Body(ask): Body<SealedStart>,
) -> Outcome<SealedStarted> {
    let now = server.now();
    let mut login_id = [0; 16];
    getrandom::fill(&mut login_id)?;
    let started = transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        let sealed = sealed(&mut tx, &caller, &ask.generation).await?;
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        let account = caller.account.as_bytes();
        // Guessing at the old password costs as much as guessing at the new one (S-139).
        let by_account = charge(&mut tx, &server, Count::SealedAccount, account, now).await?;
        let by_address = charge(&mut tx, &server, Count::SignInAddress, place.as_bytes(), now).await?;
        let subject = Subject {
            purpose: Purpose::Sealed,
            account,
            of: ask.generation.as_bytes(),
        };
        let challenge = server.secrets.challenges.issue(subject, now)?;
        let mut answer = SealedStarted {
            nonce: challenge.nonce,
            exp: challenge.exp,
            login_id,
            cred_id: found.cred_id,
            ke2: Vec::new(),
        };
        let mut state = Vec::new();
        if let Some(ke1) = &ask.ke1 {
            let names = Names { cred_id: &found.cred_id, origin: &server.origin };
            let key = &server.secrets.sealing;
            let login = server
                .secrets
                .opaque
                .login(Some(&sealed.record), names, ke1, key, &login_id)
                .map_err(malformed)?;
            answer.ke2 = login.ke2;
            state = login.sealed;
        }
        let open = Open {
            login_id,
            account: caller.account,
            generation: *ask.generation.as_bytes(),
            cred_id: found.cred_id,
            record: sha256(&[&sealed.record]),
            state,
            by_account,
            by_address,
        };
        open.store(&mut tx, true, now).await?;
        Ok(answer)
    }.await)?;
    debug_assert!(started.exp <= now.saturating_add(LOGIN_MS));
    Ok(Answer(started))
}

/// `POST /v1/sealed/prove`: leave to read, for this session and as long as one lasts.
///
/// # Errors
/// `Unauthorised`, `NotFound`, `Denied`.
pub(super) async fn prove(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<SealedProve>,
) -> Outcome<Grant> {
    let now = server.now();
    let mut grant = [0; 32];
    getrandom::fill(&mut grant)?;
    let until = now.saturating_add(u64::from(TTL_S) * 1000);
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        let sealed = sealed(&mut tx, &caller, &ask.generation).await?;
        let Some(open) = Open::take(&mut tx, &ask.login_id, true, now).await? else {
            return Ok(Err(RefusalCode::Denied));
        };
        let account = caller.account.as_bytes();
        let same = open.account == caller.account
            && open.generation == *ask.generation.as_bytes()
            && open.record == sha256(&[&sealed.record]);
        let subject = Subject {
            purpose: Purpose::Sealed,
            account,
            of: ask.generation.as_bytes(),
        };
        let Some(exp) = server.secrets.challenges.check(subject, &ask.nonce, now).filter(|_| same) else {
            return Ok(Err(RefusalCode::Denied));
        };
        let holds = match ask.how {
            How::Opaque => !open.state.is_empty() && open.proves(&server, &ask.proof),
            How::Recovery | How::Vault => {
                prove::use_up(&mut tx, account, &ask.nonce, exp).await?;
                let key = match ask.how {
                    How::Recovery => sealed.recovery_key.as_ref(),
                    _ => Some(&sealed.vault_pub),
                };
                let message = proof::sealed(
                    &server.origin,
                    &caller.account,
                    &ask.generation,
                    &ask.nonce,
                    exp,
                    ask.how,
                )?;
                let signature: &[u8; 64] =
                    ask.proof.as_slice().try_into().map_err(|_| RefusalCode::Malformed)?;
                prove::signed(key, &message, signature)
            }
        };
        if !holds {
            return Ok(Err(RefusalCode::Denied));
        }
        refund(&mut tx, &server, Count::SealedAccount, open.by_account).await?;
        refund(&mut tx, &server, Count::SignInAddress, open.by_address).await?;
        tx.run(
            "INSERT INTO sealed_grant (account, hash, token_hash, gen, expires) \
             VALUES ($1, $2, $3, $4, $5)",
            &[
                account.into(),
                (&server.secrets.hash(Use::Grant, &[&grant])).into(),
                (&caller.token_hash).into(),
                ask.generation.as_bytes().into(),
                until.into(),
            ],
        ).await?;
        Ok(Ok(()))
    }.await)??;
    Ok(Answer(Grant { grant, until }))
}
