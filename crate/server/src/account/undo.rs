//! Taking a reset back, by a device that still opens the old vault (S-135). A mailbox can't.

use axum::extract::State as Held;
use sesame_protocol::account::{
    RefusalCode, Session, SessionStarted, UndoFinish, UndoStart, proof,
};

use super::{days_kept, devices, found, prove};
use crate::address::Place;
use crate::body::{Answer, Body, Outcome};
use crate::challenge::{Purpose, Subject};
use crate::clock::DAY_MS;
use crate::db::Tx;
use crate::failure::Failure;
use crate::limits::{Count, charge};
use crate::mail::{self, For, Mail};
use crate::session;
use crate::state::State;
use crate::transact;

/// `POST /v1/undo/start`: a challenge for whoever asks; nothing is looked up.
///
/// # Errors
/// `Internal` without randomness.
pub(super) async fn start(
    Held(server): Held<State>,
    Body(ask): Body<UndoStart>,
) -> Outcome<SessionStarted> {
    let subject = Subject {
        purpose: Purpose::Undo,
        account: ask.account.as_bytes(),
        of: ask.generation.as_bytes(),
    };
    let challenge = server.secrets.challenges.issue(subject, server.now())?;
    Ok(Answer(SessionStarted {
        nonce: challenge.nonce,
        exp: challenge.exp,
    }))
}

/// `POST /v1/undo/finish`: the old generation is active again and the reset's one sealed, every
/// session and device but this one is signed out, and an asked deletion is off.
///
/// # Errors
/// `Denied` unless the old vault's signature holds; `Expired` when the time for it is over.
pub(super) async fn finish(
    Held(server): Held<State>,
    place: Place,
    Body(ask): Body<UndoFinish>,
) -> Outcome<Session> {
    let now = server.now();
    let account = ask.account.as_bytes();
    let subject = Subject {
        purpose: Purpose::Undo,
        account,
        of: ask.generation.as_bytes(),
    };
    let exp = prove::good_until(&server, subject, &ask.nonce, now)?;
    let message = proof::undo(
        &server.origin,
        &ask.account,
        &ask.generation,
        &ask.nonce,
        exp,
        &ask.device,
    )?;
    let session = transact!(server.db, tx => async {
        charge(&mut tx, &server, Count::SessionAddress, place.as_bytes(), now).await?;
        prove::use_up(&mut tx, account, &ask.nonce, exp).await?;
        let line = tx.first(
            "SELECT vault_pub, undo_until, created FROM generation \
             WHERE account = $1 AND gen = $2 AND state = 1",
            &[account.into(), ask.generation.as_bytes().into()],
        ).await?;
        let key = line.as_ref().map(|line| line.array::<32>(0)).transpose()?;
        let holds = prove::signed(key.as_ref(), &message, &ask.vault_signature);
        let Some(line) = line.filter(|_| holds) else {
            return Ok(Err(RefusalCode::Denied));
        };
        if line.maybe_number(1)?.is_none_or(|until| until < now) {
            return Ok(Err(RefusalCode::Expired));
        }
        back(&mut tx, &ask, line.number(2)?, now).await?;
        devices::end_all(&mut tx, &ask.account, true).await?;
        devices::put(&mut tx, &ask.account, &ask.device, now).await?;
        let found = found::by_id(&mut tx, &ask.account).await?.ok_or(RefusalCode::Denied)?;
        let mail = Mail::ResetUndone { at: now };
        mail::put(&mut tx, &server, For::Address(&found.email), found.lang, &mail, now).await?;
        session::open(&mut tx, now, &ask.account, &ask.device.device).await.map(Ok)
    }.await)??;
    server.mail_waits.notify_one();
    Ok(Answer(session))
}

/// Exchanges the generations. The hint that came with the reset goes: whoever reset would speak to the owner
/// by it; the browser that undid tells the vault's own again. Whoever reset can't undo the undoing:
/// generations that are younger than the one that is back lose that right.
async fn back(tx: &mut Tx, ask: &UndoFinish, created: u64, now: u64) -> Result<(), Failure> {
    let (account, old) = (ask.account.as_bytes(), ask.generation.as_bytes());
    let line = tx
        .first(
            "SELECT gen, sealed_days FROM account WHERE account = $1",
            &[account.into()],
        )
        .await?
        .ok_or(RefusalCode::Denied)?;
    let (active, days): ([u8; 16], u64) = (line.array(0)?, days_kept(line.number(1)?));
    tx.run(
        "UPDATE generation SET undo_until = NULL WHERE account = $1 AND created >= $2",
        &[account.into(), created.into()],
    )
    .await?;
    tx.run(
        "UPDATE generation SET state = 1, sealed_at = $3, erase_at = $4, erase_usual = NULL, \
         replaced_by = $5 WHERE account = $1 AND gen = $2",
        &[
            account.into(),
            (&active).into(),
            now.into(),
            now.saturating_add(days * DAY_MS).into(),
            old.into(),
        ],
    )
    .await?;
    tx.run(
        "UPDATE generation SET state = 0, sealed_at = NULL, undo_until = NULL, erase_at = NULL, \
         erase_usual = NULL, replaced_by = NULL WHERE account = $1 AND gen = $2",
        &[account.into(), old.into()],
    )
    .await?;
    tx.run(
        "UPDATE account SET gen = $2, hint = '', epoch = epoch + 1, delete_at = NULL WHERE account = $1",
        &[account.into(), old.into()],
    )
    .await?;
    tx.run("DELETE FROM reset WHERE account = $1", &[account.into()])
        .await?;
    Ok(())
}
