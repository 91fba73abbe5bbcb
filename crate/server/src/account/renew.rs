//! New sessions of known devices: one signature by the device's key and one by the vault's, over a
//! challenge. Nothing is kept that could be stolen and used instead (decision 0012).

use axum::extract::State as Held;
use sesame_protocol::AccountId;
use sesame_protocol::account::{
    GenChanged, Refusal, RefusalCode, Session, SessionFinish, SessionStart, SessionStarted, proof,
};

use super::{devices, prove};
use crate::address::Place;
use crate::body::{Answer, Body, Outcome};
use crate::challenge::{Purpose, Subject};
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, charge};
use crate::session;
use crate::state::State;
use crate::transact;

/// `POST /v1/session/start`: a challenge for whoever asks; nothing is looked up.
///
/// # Errors
/// `Internal` without randomness.
pub(super) async fn start(
    Held(server): Held<State>,
    Body(ask): Body<SessionStart>,
) -> Outcome<SessionStarted> {
    let subject = Subject {
        purpose: Purpose::Session,
        account: ask.account.as_bytes(),
        of: ask.device.as_bytes(),
    };
    let challenge = server.secrets.challenges.issue(subject, server.now())?;
    Ok(Answer(SessionStarted {
        nonce: challenge.nonce,
        exp: challenge.exp,
    }))
}

/// A generation and what a proof for it is answered with.
struct Standing {
    vault_pub: [u8; 32],
    active: bool,
    change: GenChanged,
}

async fn standing(
    tx: &mut Tx,
    account: &AccountId,
    generation: &[u8; 16],
    now: u64,
) -> Result<Option<Standing>, Failure> {
    let line = tx
        .first(
            "SELECT generation.vault_pub, generation.state, generation.sealed_at, generation.undo_until, \
             generation.erase_at, account.gen FROM generation \
             JOIN account ON account.account = generation.account \
             WHERE generation.account = $1 AND generation.gen = $2",
            &[account.as_bytes().into(), generation.into()],
        )
        .await?;
    line.map(|line| {
        let undo_until = line.maybe_number(3)?.filter(|until| *until >= now);
        Ok(Standing {
            vault_pub: line.array(0)?,
            active: line.number(1)? == 0,
            change: GenChanged {
                reset_at: line.maybe_number(2)?.unwrap_or(0),
                undo_until: undo_until.unwrap_or(0),
                erase_at: line.maybe_number(4)?.unwrap_or(0),
                generation: sesame_protocol::GenId::from_bytes(line.array(5)?),
            },
        })
    })
    .transpose()
}

/// `POST /v1/session/finish`.
///
/// # Errors
/// `Denied` unless the vault's signature holds. Only then: `GenChanged` with its detail for a sealed
/// generation, `DeviceUnknown` for a device that was signed out; `Denied` for a wrong signature of
/// the device's.
pub(super) async fn finish(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<SessionFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let (account, device) = (ask.account.as_bytes(), ask.device.as_bytes());
    let subject = Subject {
        purpose: Purpose::Session,
        account,
        of: device,
    };
    let exp = prove::good_until(&server, subject, &ask.nonce, now)?;
    let message = proof::session(
        &server.origin,
        &ask.account,
        &ask.generation,
        &ask.device,
        &ask.nonce,
        exp,
    )?;
    let session = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::SessionAddress, place.as_bytes(), now).await?;
        prove::use_up(&mut tx, account, &ask.nonce, exp).await?;
        let known = standing(&mut tx, &ask.account, ask.generation.as_bytes(), now).await?;
        let key = known.as_ref().map(|known| &known.vault_pub);
        let holds = prove::signed(key, &message, &ask.vault_signature);
        let Some(known) = known.filter(|_| holds) else {
            return Ok(Err(RefusalCode::Denied.into()));
        };
        if !known.active {
            return Ok(Err(Refusal::gen_changed(&known.change)));
        }
        let line = tx.first(
            "SELECT public_key FROM device WHERE account = $1 AND device = $2",
            &[account.into(), device.into()],
        ).await?;
        let Some(line) = line else {
            return Ok(Err(RefusalCode::DeviceUnknown.into()));
        };
        if !prove::signed(Some(&line.array(0)?), &message, &ask.device_signature) {
            return Ok(Err(RefusalCode::Denied.into()));
        }
        devices::seen(&mut tx, &ask.account, &ask.device, now).await?;
        session::open(&mut tx, now, &ask.account, &ask.device).await.map(Ok::<_, Refusal>)
    }.await)??;
    Ok(Answer(session))
}
