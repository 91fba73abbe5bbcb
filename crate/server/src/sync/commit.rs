//! Writing: the next link of the chain and what it changes, all or nothing.
//!
//! The work depends on what is committed, not on the vault: no bucket is read or hashed again. That
//! the buckets say what the rows are is signed by the client; here is checked what costs little:
//! counts, and that exactly the buckets of changed rows changed. `sesame-server check` does the rest.

use axum::extract::State as Held;
use sesame_protocol::account::{Commit, Committed, ItemRow, Refusal, RefusalCode};
use sesame_protocol::{BUCKETS, Header, MAX_JUMP, Manifest, Op, SignedManifest, bucket_of, sha256};

use super::{HEADERS_KEPT, LINKS_KEPT};
use crate::account;
use crate::body::{Answer, Body, Outcome};
use crate::db::Tx;
use crate::failure::Failure;
use crate::mail::Mail;
use crate::session::{Bearer, Caller};
use crate::state::State;
use crate::transact;

/// What a commit did.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// The link's number.
    pub seq: u64,
    /// The slots changed.
    pub header_changed: bool,
}

/// The generation as it stands.
struct Head {
    seq: u64,
    hash: [u8; 32],
    hdr_seq: u64,
    header_hash: [u8; 32],
    vault_pub: [u8; 32],
    live: u64,
    tombstones: u64,
    bytes: u64,
    kept: u64,
    buckets: [[u8; 32]; BUCKETS],
}

/// `POST /v1/v/commit`.
///
/// # Errors
/// `Unauthorised`, `GenChanged`, `Deleted`, `BadSignature`, `Conflict`, `Malformed`, `OverQuota`.
pub async fn commit(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(commit): Body<Commit>,
) -> Outcome<Committed> {
    let now = server.now();
    // The generation's row guards it: each commit writes it, and so does whatever ends or replaces the
    // generation. What else is read (session, account) can only have been so before or after.
    let link = transact!(server.db.guarded(), tx => async {
        let caller = bearer.caller(&mut tx, now).await?;
        let link = commit_in(&mut tx, &caller, &commit, server.quota, now).await?;
        if link.header_changed {
            account::tell(&mut tx, &server, &caller.account, &Mail::WaysChanged { at: now }, now).await?;
        }
        Ok::<_, Failure>(link)
    }.await)?;
    if link.header_changed {
        server.mail_waits.notify_one();
    }
    Ok(Answer(Committed { seq: link.seq }))
}

/// Checks and stores a commit inside a transaction that looked the caller up.
///
/// # Errors
/// As [`commit`].
pub async fn commit_in(
    tx: &mut Tx,
    caller: &Caller,
    commit: &Commit,
    quota: u64,
    now: u64,
) -> Result<Link, Failure> {
    caller.of(&commit.generation)?;
    if commit.epoch != caller.epoch {
        return Err(RefusalCode::Unauthorised.into());
    }
    if let Some(erase_at) = caller.delete_at {
        return Err(Refusal::deleted(erase_at).into());
    }
    let head = head(tx, caller).await?;
    let signed = SignedManifest::parse(&commit.manifest)?;
    let manifest = signed.verify(&head.vault_pub)?;
    if manifest.account != caller.account || manifest.generation != caller.generation {
        return Err(RefusalCode::BadSignature.into());
    }
    // S-10: it follows the head; its number may jump only where a server was restored (S-152).
    let step = manifest.seq.checked_sub(head.seq);
    if manifest.prev_hash != head.hash || !step.is_some_and(|step| (1..=MAX_JUMP).contains(&step)) {
        return Err(RefusalCode::Conflict.into());
    }
    let header_changed = header(tx, caller, commit, manifest, &head, now).await?;
    let changed = rows(tx, caller, &commit.rows, now).await?;
    counted(manifest, &head, &commit.rows, &changed)?;
    let bytes = head
        .bytes
        .checked_add(changed.added)
        .and_then(|bytes| bytes.checked_sub(changed.removed))
        .ok_or(Failure::Internal("stored sizes do not add up"))?;
    if bytes > quota && changed.added > changed.removed {
        return Err(RefusalCode::OverQuota.into());
    }
    let kept =
        super::kept::trim(tx, caller, head.kept.saturating_add(changed.removed), quota).await?;
    link(tx, caller, commit, &signed, bytes, kept).await?;
    Ok(Link {
        seq: manifest.seq,
        header_changed,
    })
}

async fn head(tx: &mut Tx, caller: &Caller) -> Result<Head, Failure> {
    let line = tx
        .first(
            "SELECT generation.head_seq, generation.head_hash, generation.hdr_seq, \
             generation.header_hash, generation.vault_pub, generation.live, generation.tombstones, \
             generation.bytes, generation.kept, link.manifest FROM generation JOIN link \
             ON link.account = generation.account AND link.gen = generation.gen \
             AND link.seq = generation.head_seq \
             WHERE generation.account = $1 AND generation.gen = $2 AND generation.state = 0",
            &[
                caller.account.as_bytes().into(),
                caller.generation.as_bytes().into(),
            ],
        )
        .await?
        .ok_or(Failure::Internal("a generation has no head"))?;
    let manifest = SignedManifest::parse(&line.bytes(9)?)
        .map_err(|_| Failure::Internal("a stored manifest can't be read"))?;
    Ok(Head {
        seq: line.number(0)?,
        hash: line.array(1)?,
        hdr_seq: line.number(2)?,
        header_hash: line.array(3)?,
        vault_pub: line.array(4)?,
        live: line.number(5)?,
        tombstones: line.number(6)?,
        bytes: line.number(7)?,
        kept: line.number(8)?,
        buckets: manifest.unverified().buckets,
    })
}

/// The manifest names the header that is there, or the one that is sent: of this account and
/// generation, with the same key, and newer (S-13, S-36).
async fn header(
    tx: &mut Tx,
    caller: &Caller,
    commit: &Commit,
    manifest: &Manifest,
    head: &Head,
    now: u64,
) -> Result<bool, Failure> {
    let (account, generation) = (caller.account.as_bytes(), caller.generation.as_bytes());
    let Some(bytes) = &commit.header else {
        return if manifest.header_hash == head.header_hash && commit.recovery_key.is_none() {
            Ok(false)
        } else {
            Err(RefusalCode::Malformed.into())
        };
    };
    let header = Header::parse(bytes)?;
    let hash = sha256(&[bytes]);
    let ours = header.account == caller.account
        && header.generation == caller.generation
        && header.vault_pub == head.vault_pub;
    if !ours || manifest.header_hash != hash {
        return Err(RefusalCode::Malformed.into());
    }
    let step = header.hdr_seq.checked_sub(head.hdr_seq);
    if !step.is_some_and(|step| (1..=MAX_JUMP).contains(&step)) {
        return Err(RefusalCode::Conflict.into());
    }
    tx.run(
        "INSERT INTO header (account, gen, hdr_seq, body, created) VALUES ($1, $2, $3, $4, $5)",
        &[
            account.into(),
            generation.into(),
            header.hdr_seq.into(),
            bytes.as_slice().into(),
            now.into(),
        ],
    )
    .await?;
    tx.run(
        "DELETE FROM header WHERE account = $1 AND gen = $2 AND hdr_seq < (SELECT MIN(newest.hdr_seq) \
         FROM (SELECT hdr_seq FROM header WHERE account = $1 AND gen = $2 \
         ORDER BY hdr_seq DESC LIMIT $3) AS newest)",
        &[account.into(), generation.into(), HEADERS_KEPT.into()],
    )
    .await?;
    tx.run(
        "UPDATE generation SET hdr_seq = $3, header_hash = $4, rec_pub = COALESCE($5, rec_pub) \
         WHERE account = $1 AND gen = $2",
        &[
            account.into(),
            generation.into(),
            header.hdr_seq.into(),
            (&hash).into(),
            commit
                .recovery_key
                .as_ref()
                .map(<[u8; 32]>::as_slice)
                .into(),
        ],
    )
    .await?;
    Ok(true)
}

/// What rows replaced.
#[derive(Default)]
struct Changed {
    added: u64,
    removed: u64,
    live_before: u64,
    tombstones_before: u64,
}

/// Stores the rows; what they replace stays for a while (S-36).
async fn rows(
    tx: &mut Tx,
    caller: &Caller,
    rows: &[ItemRow],
    now: u64,
) -> Result<Changed, Failure> {
    let (account, generation) = (caller.account.as_bytes(), caller.generation.as_bytes());
    let mut changed = Changed::default();
    for row in rows {
        let id = row.id.as_bytes();
        let before = tx
            .first(
                "SELECT rev, op, size FROM entry WHERE account = $1 AND gen = $2 AND item = $3",
                &[account.into(), generation.into(), id.into()],
            )
            .await?;
        let rev_before = match &before {
            None => 0,
            Some(line) => {
                match super::read::op(line.number(1)?)? {
                    Op::Put => changed.live_before += 1,
                    Op::Delete => changed.tombstones_before += 1,
                }
                changed.removed += line.number(2)?;
                line.number(0)?
            }
        };
        // S-27: forward, and not to the end of the counter in one step.
        if row.rev <= rev_before || row.rev - rev_before > MAX_JUMP {
            return Err(RefusalCode::Conflict.into());
        }
        if before.is_some() {
            tx.run(
                "UPDATE blob SET replaced_at = $5 \
                 WHERE account = $1 AND gen = $2 AND item = $3 AND rev = $4",
                &[
                    account.into(),
                    generation.into(),
                    id.into(),
                    rev_before.into(),
                    now.into(),
                ],
            )
            .await?;
        }
        let size = u64::try_from(row.blob.len()).unwrap_or(u64::MAX);
        changed.added += size;
        let op = i64::from(row.op.byte());
        tx.run(
            "INSERT INTO entry (account, gen, item, rev, op, hash, size) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account, gen, item) DO UPDATE \
             SET rev = excluded.rev, op = excluded.op, hash = excluded.hash, size = excluded.size",
            &[
                account.into(),
                generation.into(),
                id.into(),
                row.rev.into(),
                op.into(),
                (&row.blob_hash()).into(),
                size.into(),
            ],
        )
        .await?;
        tx.run(
            "INSERT INTO blob (account, gen, item, rev, op, body) VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                account.into(),
                generation.into(),
                id.into(),
                row.rev.into(),
                op.into(),
                row.blob.as_slice().into(),
            ],
        )
        .await?;
    }
    Ok(changed)
}

/// The manifest counts what is stored now, and exactly the buckets of changed rows changed (S-07).
fn counted(
    manifest: &Manifest,
    head: &Head,
    rows: &[ItemRow],
    changed: &Changed,
) -> Result<(), Failure> {
    let puts = rows.iter().filter(|row| row.op == Op::Put).count();
    let (puts, all) = (
        u64::try_from(puts).unwrap_or(u64::MAX),
        u64::try_from(rows.len()).unwrap_or(u64::MAX),
    );
    let after = |stored: u64, before: u64, now: u64| {
        stored
            .checked_sub(before)
            .and_then(|rest| rest.checked_add(now))
    };
    let live = after(head.live, changed.live_before, puts);
    let tombstones = after(head.tombstones, changed.tombstones_before, all - puts);
    let mut touched = [false; BUCKETS];
    for row in rows {
        if let Some(slot) = touched.get_mut(usize::from(bucket_of(&row.id))) {
            *slot = true;
        }
    }
    let buckets = manifest
        .buckets
        .iter()
        .zip(&head.buckets)
        .zip(touched)
        .all(|((now, before), touched)| (now != before) == touched);
    if live == Some(manifest.live.into())
        && tombstones == Some(manifest.tombstones.into())
        && buckets
    {
        Ok(())
    } else {
        Err(RefusalCode::Malformed.into())
    }
}

async fn link(
    tx: &mut Tx,
    caller: &Caller,
    commit: &Commit,
    signed: &SignedManifest,
    bytes: u64,
    kept: u64,
) -> Result<(), Failure> {
    let (account, generation) = (caller.account.as_bytes(), caller.generation.as_bytes());
    let manifest = signed.unverified();
    tx.run(
        "INSERT INTO link (account, gen, seq, manifest) VALUES ($1, $2, $3, $4)",
        &[
            account.into(),
            generation.into(),
            manifest.seq.into(),
            commit.manifest.as_slice().into(),
        ],
    )
    .await?;
    tx.run(
        "UPDATE generation SET head_seq = $3, head_hash = $4, live = $5, tombstones = $6, bytes = $7, \
         kept = $8 WHERE account = $1 AND gen = $2",
        &[
            account.into(),
            generation.into(),
            manifest.seq.into(),
            (&signed.hash()).into(),
            u64::from(manifest.live).into(),
            u64::from(manifest.tombstones).into(),
            bytes.into(),
            kept.into(),
        ],
    )
    .await?;
    if let Some(oldest) = manifest.seq.checked_sub(LINKS_KEPT) {
        tx.run(
            "DELETE FROM link WHERE account = $1 AND gen = $2 AND seq <= $3",
            &[account.into(), generation.into(), oldest.into()],
        )
        .await?;
    }
    Ok(())
}
