//! Reading: each request one transaction, so that its answer is one state (S-08).

use axum::extract::State as Held;
use sesame_protocol::account::{
    Chain, ChainLinks, ItemRow, Pull, Pulled, PulledBucket, RefusalCode, RowList, Rows,
};
use sesame_protocol::{BUCKETS, Entry, ItemId, Op, SignedManifest, bucket_of};

use super::{PAGE_BYTES, ROW_FRAME};
use crate::body::{Answer, Body, Outcome};
use crate::db::{Arg, Line, Tx};
use crate::failure::Failure;
use crate::session::{Bearer, Caller};
use crate::state::State;

/// Ids that one statement asks for.
const IDS: usize = 32;

/// `POST /v1/v/pull`.
///
/// # Errors
/// `Unauthorised`, `GenChanged`.
pub async fn pull(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<Pull>,
) -> Outcome<Pulled> {
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, server.now()).await?;
    caller.of(&ask.generation)?;
    if caller.epoch != ask.epoch {
        return Err(RefusalCode::Unauthorised.into());
    }
    Ok(Answer(pull_in(&mut tx, &caller, &ask).await?))
}

async fn pull_in(tx: &mut Tx, caller: &Caller, ask: &Pull) -> Result<Pulled, Failure> {
    let (account, generation) = (caller.account.as_bytes(), caller.generation.as_bytes());
    let head = tx
        .first(
            "SELECT link.manifest, generation.header_hash, generation.hdr_seq \
             FROM generation JOIN link ON link.account = generation.account \
             AND link.gen = generation.gen AND link.seq = generation.head_seq \
             WHERE generation.account = $1 AND generation.gen = $2",
            &[account.into(), generation.into()],
        )
        .await?
        .ok_or(Failure::Internal("a generation has no head"))?;
    let manifest = head.bytes(0)?;
    let header_hash: [u8; 32] = head.array(1)?;
    let header = if header_hash == ask.header_hash {
        None
    } else {
        let hdr_seq = head.number(2)?;
        let line = tx
            .first(
                "SELECT body FROM header WHERE account = $1 AND gen = $2 AND hdr_seq = $3",
                &[account.into(), generation.into(), hdr_seq.into()],
            )
            .await?
            .ok_or(Failure::Internal("a generation has no header"))?;
        Some(line.bytes(0)?)
    };
    let signed = SignedManifest::parse(&manifest)
        .map_err(|_| Failure::Internal("a stored manifest can't be read"))?;
    let hashes = &signed.unverified().buckets;
    let differing: Vec<u8> = (0u8..)
        .zip(hashes.iter().zip(&ask.buckets))
        .filter(|(_, (ours, theirs))| ours != theirs)
        .map(|(index, _)| index)
        .collect();
    let buckets = if differing.len() > BUCKETS / 4 {
        // Most of the vault: one statement reads it faster than many.
        let mut entries = entries(tx, caller, &[0; 16], &[0xff; 16])
            .await?
            .into_iter()
            .peekable();
        let mut buckets = Vec::new();
        for index in differing {
            while entries
                .next_if(|entry| bucket_of(&entry.id) < index)
                .is_some()
            {}
            let mut bucket = Vec::new();
            while let Some(entry) = entries.next_if(|entry| bucket_of(&entry.id) == index) {
                bucket.push(entry);
            }
            buckets.push(PulledBucket {
                index,
                entries: bucket,
            });
        }
        buckets
    } else {
        let mut buckets = Vec::with_capacity(differing.len());
        for index in differing {
            let (first, last) = bounds(index);
            let entries = entries(tx, caller, &first, &last).await?;
            buckets.push(PulledBucket { index, entries });
        }
        buckets
    };
    Ok(Pulled {
        manifest,
        header,
        buckets,
    })
}

/// The first and the last id that a bucket can hold: its number is an id's first six bits.
pub(crate) const fn bounds(index: u8) -> ([u8; 16], [u8; 16]) {
    let mut first = [0; 16];
    let mut last = [0xff; 16];
    let ([low, ..], [high, ..]) = (&mut first, &mut last);
    *low = index << 2;
    *high = (index << 2) | 3;
    (first, last)
}

async fn entries(
    tx: &mut Tx,
    caller: &Caller,
    first: &[u8; 16],
    last: &[u8; 16],
) -> Result<Vec<Entry>, Failure> {
    tx.all(
        "SELECT item, rev, op, hash FROM entry \
         WHERE account = $1 AND gen = $2 AND item >= $3 AND item <= $4 ORDER BY item",
        &[
            caller.account.as_bytes().into(),
            caller.generation.as_bytes().into(),
            first.into(),
            last.into(),
        ],
    )
    .await?
    .iter()
    .map(entry)
    .collect()
}

/// An entry from the columns item, rev, op, hash.
pub(crate) fn entry(line: &Line) -> Result<Entry, Failure> {
    Ok(Entry {
        id: ItemId::from_bytes(line.array(0)?),
        rev: line.number(1)?,
        op: op(line.number(2)?)?,
        blob_hash: line.array(3)?,
    })
}

pub(crate) fn op(byte: u64) -> Result<Op, Failure> {
    u8::try_from(byte)
        .ok()
        .and_then(|byte| Op::try_from(byte).ok())
        .ok_or(Failure::Internal(
            "a stored row is neither item nor tombstone",
        ))
}

/// `POST /v1/v/chain`.
///
/// # Errors
/// `Unauthorised`, `GenChanged`.
pub async fn chain(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<Chain>,
) -> Outcome<ChainLinks> {
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, server.now()).await?;
    caller.of(&ask.generation)?;
    let manifests = tx
        .all(
            "SELECT manifest FROM link \
             WHERE account = $1 AND gen = $2 AND seq > $3 ORDER BY seq LIMIT $4",
            &[
                caller.account.as_bytes().into(),
                caller.generation.as_bytes().into(),
                ask.after.into(),
                i64::from(ask.limit).into(),
            ],
        )
        .await?
        .iter()
        .map(|line| line.bytes(0))
        .collect::<Result<_, _>>()?;
    Ok(Answer(ChainLinks { manifests }))
}

/// `POST /v1/v/rows`.
///
/// # Errors
/// `Unauthorised`, `GenChanged`; `NotFound` when one of the ids is not this account's, whoever's it
/// is (S-141).
pub async fn rows(
    Held(server): Held<State>,
    bearer: Bearer,
    Body(ask): Body<Rows>,
) -> Outcome<RowList> {
    let mut tx = server.db.read().await?;
    let caller = bearer.caller(&mut tx, server.now()).await?;
    caller.of(&ask.generation)?;
    let mut rows = Vec::new();
    let mut bytes = 0;
    for ids in ask.ids.chunks(IDS) {
        let sizes = sizes(&mut tx, &caller, ids).await?;
        if sizes.len() != ids.len() {
            return Err(RefusalCode::NotFound.into());
        }
        for (id, size) in ids.iter().zip(sizes) {
            bytes += size + ROW_FRAME;
            if bytes > PAGE_BYTES && !rows.is_empty() {
                return Ok(Answer(RowList { rows, more: true }));
            }
            rows.push(row(&mut tx, &caller, id).await?);
        }
    }
    Ok(Answer(RowList { rows, more: false }))
}

/// The sizes of up to 32 rows of the account, in the order of their ids; unknown ids are missing.
async fn sizes(tx: &mut Tx, caller: &Caller, ids: &[ItemId]) -> Result<Vec<usize>, Failure> {
    let Some(last) = ids.last() else {
        return Ok(Vec::new());
    };
    let mut args: Vec<Arg<'_>> = vec![
        caller.account.as_bytes().into(),
        caller.generation.as_bytes().into(),
    ];
    // The statement has a fixed number of places; the last id fills the rest.
    args.extend(ids.iter().map(|id| Arg::from(id.as_bytes())));
    args.resize(IDS + 2, last.as_bytes().into());
    tx.all(
        "SELECT size FROM entry WHERE account = $1 AND gen = $2 AND item IN ($3, $4, $5, $6, $7, \
         $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, \
         $26, $27, $28, $29, $30, $31, $32, $33, $34) ORDER BY item",
        &args,
    )
    .await?
    .iter()
    .map(|line| {
        usize::try_from(line.number(0)?)
            .map_err(|_| Failure::Internal("a stored size is too large"))
    })
    .collect()
}

async fn row(tx: &mut Tx, caller: &Caller, id: &ItemId) -> Result<ItemRow, Failure> {
    let line = tx
        .first(
            "SELECT blob.rev, blob.op, blob.body FROM entry JOIN blob ON blob.account = entry.account \
             AND blob.gen = entry.gen AND blob.item = entry.item AND blob.rev = entry.rev \
             WHERE entry.account = $1 AND entry.gen = $2 AND entry.item = $3",
            &[
                caller.account.as_bytes().into(),
                caller.generation.as_bytes().into(),
                id.as_bytes().into(),
            ],
        )
        .await?
        .ok_or(Failure::Internal("a row has no blob"))?;
    Ok(ItemRow {
        id: *id,
        rev: line.number(0)?,
        op: op(line.number(1)?)?,
        blob: line.bytes(2)?,
    })
}
