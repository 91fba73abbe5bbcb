//! Reading a sealed generation with leave for it, and when it is erased.

use axum::extract::State as Held;
use sesame_protocol::ItemId;
use sesame_protocol::account::{
    EraseAt, ItemRow, RefusalCode, SealedErase, SealedKeep, SealedPull, SealedPulled,
};

use super::names::Use;
use super::{ERASE_MS, found};
use crate::body::{Answer, Body, Outcome};
use crate::mail::{self, For, Mail};
use crate::session::Bearer;
use crate::state::State;
use crate::sync::{PAGE_BYTES, ROW_FRAME, op};
use crate::transact;

/// Rows that one statement reads.
const ROWS: i64 = 64;
/// Most rows of a page: their number is written in 16 bits.
const ROWS_MAX: usize = 10_000;

/// `POST /v1/sealed/pull`.
///
/// # Errors
/// `Unauthorised`; `Denied` without leave for exactly this generation and session.
pub(super) async fn pull(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<SealedPull>,
) -> Outcome<SealedPulled> {
    let now = server.now();
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, now).await?;
    let (account, generation) = (caller.account.as_bytes(), ask.generation.as_bytes());
    let hash = server.secrets.hash(Use::Grant, &[&ask.grant]);
    let head = tx
        .first(
            "SELECT header.body, link.manifest FROM sealed_grant \
             JOIN generation ON generation.account = sealed_grant.account \
             AND generation.gen = sealed_grant.gen \
             JOIN header ON header.account = generation.account AND header.gen = generation.gen \
             AND header.hdr_seq = generation.hdr_seq \
             JOIN link ON link.account = generation.account AND link.gen = generation.gen \
             AND link.seq = generation.head_seq \
             WHERE sealed_grant.account = $1 AND sealed_grant.hash = $2 AND sealed_grant.gen = $3 \
             AND sealed_grant.token_hash = $4 AND sealed_grant.expires >= $5",
            &[
                account.into(),
                (&hash).into(),
                generation.into(),
                (&caller.token_hash).into(),
                now.into(),
            ],
        )
        .await?
        .ok_or(RefusalCode::Denied)?;
    let mut rows: Vec<ItemRow> = Vec::new();
    let mut size = 0;
    let mut after = ask.after.map(|id| *id.as_bytes());
    loop {
        let lines = tx
            .all(
                "SELECT entry.item, entry.rev, entry.op, blob.body FROM entry \
                 JOIN blob ON blob.account = entry.account AND blob.gen = entry.gen \
                 AND blob.item = entry.item AND blob.rev = entry.rev \
                 WHERE entry.account = $1 AND entry.gen = $2 AND ($3 = 0 OR entry.item > $4) \
                 ORDER BY entry.item LIMIT $5",
                &[
                    account.into(),
                    generation.into(),
                    i64::from(after.is_some()).into(),
                    after.as_ref().map_or(&[0; 16], |id| id).into(),
                    ROWS.into(),
                ],
            )
            .await?;
        let last_page = i64::try_from(lines.len()).unwrap_or(ROWS) < ROWS;
        for line in lines {
            let row = ItemRow {
                id: ItemId::from_bytes(line.array(0)?),
                rev: line.number(1)?,
                op: op(line.number(2)?)?,
                blob: line.bytes(3)?,
            };
            let more = size + ROW_FRAME + row.blob.len();
            if !rows.is_empty() && (more > PAGE_BYTES || rows.len() >= ROWS_MAX) {
                return pulled(&head, rows, true);
            }
            size = more;
            after = Some(*row.id.as_bytes());
            rows.push(row);
        }
        if last_page {
            return pulled(&head, rows, false);
        }
    }
}

fn pulled(head: &crate::db::Line, rows: Vec<ItemRow>, more: bool) -> Outcome<SealedPulled> {
    Ok(Answer(SealedPulled {
        header: head.bytes(0)?,
        manifest: head.bytes(1)?,
        rows,
        more,
    }))
}

/// `POST /v1/sealed/erase`: in 30 days, with a mail, and not before the reset can no longer be taken
/// back: who reset with a stolen mailbox must not be able to make that impossible (S-134).
///
/// # Errors
/// `Unauthorised`, `NotFresh`, `NotFound`.
pub(super) async fn erase(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<SealedErase>,
) -> Outcome<EraseAt> {
    let now = server.now();
    let erase_at = transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        caller.fresh(now)?;
        let (account, generation) = (caller.account.as_bytes(), ask.generation.as_bytes());
        let line = tx.first(
            "SELECT erase_at, undo_until, erase_usual FROM generation \
             WHERE account = $1 AND gen = $2 AND state = 1",
            &[account.into(), generation.into()],
        ).await?.ok_or(RefusalCode::NotFound)?;
        let usual = line.maybe_number(0)?.unwrap_or(u64::MAX);
        let early = now
            .saturating_add(ERASE_MS)
            .max(line.maybe_number(1)?.unwrap_or(0));
        // Asked before, or due sooner anyway: that date stands.
        if line.maybe_number(2)?.is_some() || usual <= early {
            return Ok(usual);
        }
        tx.run(
            "UPDATE generation SET erase_at = $3, erase_usual = $4 WHERE account = $1 AND gen = $2",
            &[account.into(), generation.into(), early.into(), usual.into()],
        ).await?;
        let found = found::by_id(&mut tx, &caller.account).await?.ok_or(RefusalCode::Unauthorised)?;
        let mail = Mail::EraseNow { erase_at: early };
        mail::put(&mut tx, &server, For::Address(&found.email), found.lang, &mail, now).await?;
        Ok(early)
    }.await)?;
    server.mail_waits.notify_one();
    Ok(Answer(EraseAt { erase_at }))
}

/// `POST /v1/sealed/keep`: takes an earlier erasing back.
///
/// # Errors
/// `Unauthorised`, `NotFound`.
pub(super) async fn keep(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<SealedKeep>,
) -> Outcome<()> {
    let now = server.now();
    transact!(server.db, tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        let changed = tx.run(
            "UPDATE generation SET erase_at = COALESCE(erase_usual, erase_at), erase_usual = NULL \
             WHERE account = $1 AND gen = $2 AND state = 1",
            &[caller.account.as_bytes().into(), ask.generation.as_bytes().into()],
        ).await?;
        if changed == 0 {
            return Err(RefusalCode::NotFound.into());
        }
        Ok(Answer(()))
    }.await)
}
