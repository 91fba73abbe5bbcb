//! Whether what is stored is what the vaults' owners signed: the check that commits leave out.

use sesame_protocol::{
    BUCKETS, Entry, GenId, Header, Op, SignedManifest, bucket_hash, bucket_of, sha256,
};

use crate::db::{Db, Tx};
use crate::failure::Failure;
use crate::sync::entry;

/// Accounts whose names are read at once.
const PAGE: i64 = 200;

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Accounts.
    pub accounts: u64,
    /// Generations, sealed ones included.
    pub generations: u64,
    /// Rows.
    pub rows: u64,
    /// What is wrong, a line each, with ids and no names.
    pub problems: Vec<String>,
}

/// Verifies every generation of every account: signature and number of the newest manifest, its
/// header, its buckets against the rows, and each row against its ciphertext.
///
/// # Errors
/// `Database`.
pub async fn verify(db: &Db) -> Result<Findings, Failure> {
    let mut findings = Findings::default();
    let mut last = [0; 16];
    loop {
        // A transaction for each page: nothing waits for the whole.
        let mut tx = db.read().await?;
        let accounts = tx
            .all(
                "SELECT account, gen FROM account WHERE account > $1 ORDER BY account LIMIT $2",
                &[(&last).into(), PAGE.into()],
            )
            .await?;
        for line in &accounts {
            last = line.array(0)?;
            findings.accounts += 1;
            account(&mut tx, &last, &line.array(1)?, &mut findings).await?;
        }
        if accounts.is_empty() {
            return Ok(findings);
        }
    }
}

async fn account(
    tx: &mut Tx,
    account: &[u8; 16],
    active: &[u8; 16],
    findings: &mut Findings,
) -> Result<(), Failure> {
    let generations = tx
        .all(
            "SELECT gen, state FROM generation WHERE account = $1 ORDER BY gen",
            &[account.into()],
        )
        .await?;
    let mut found_active = false;
    for line in &generations {
        let generation: [u8; 16] = line.array(0)?;
        let is_active = line.number(1)? == 0;
        if is_active != (generation == *active) {
            findings.problem(
                account,
                &generation,
                "is active without being the account's",
            );
        }
        found_active |= is_active;
        findings.generations += 1;
        if let Some(what) = generation_wrong(tx, account, &generation, findings).await? {
            findings.problem(account, &generation, what);
        }
    }
    if !found_active {
        findings.problem(account, active, "is not there");
    }
    Ok(())
}

impl Findings {
    fn problem(&mut self, account: &[u8; 16], generation: &[u8; 16], what: &str) {
        let hex = |bytes: &[u8; 16]| GenId::from_bytes(*bytes).to_string();
        self.problems.push(format!(
            "account {} generation {}: {what}",
            hex(account),
            hex(generation)
        ));
    }
}

async fn generation_wrong(
    tx: &mut Tx,
    account: &[u8; 16],
    generation: &[u8; 16],
    findings: &mut Findings,
) -> Result<Option<&'static str>, Failure> {
    let line = tx
        .first(
            "SELECT generation.vault_pub, generation.header_hash, generation.head_seq, \
             generation.head_hash, generation.live, generation.tombstones, generation.bytes, \
             link.manifest, header.body FROM generation \
             LEFT JOIN link ON link.account = generation.account AND link.gen = generation.gen \
             AND link.seq = generation.head_seq \
             LEFT JOIN header ON header.account = generation.account AND header.gen = generation.gen \
             AND header.hdr_seq = generation.hdr_seq \
             WHERE generation.account = $1 AND generation.gen = $2",
            &[account.into(), generation.into()],
        )
        .await?
        .ok_or(Failure::Internal("a generation went while it was verified"))?;
    let (Some(manifest), Some(header)) = (line.maybe_bytes(7)?, line.maybe_bytes(8)?) else {
        return Ok(Some("has no newest manifest or no header"));
    };
    let vault_pub: [u8; 32] = line.array(0)?;
    let Ok(parsed) = Header::parse(&header) else {
        return Ok(Some("its header can't be read"));
    };
    let header_hash = sha256(&[&header]);
    if parsed.vault_pub != vault_pub || header_hash != line.array(1)? {
        return Ok(Some("its header is another one than it says"));
    }
    let Ok(signed) = SignedManifest::parse(&manifest) else {
        return Ok(Some("its newest manifest can't be read"));
    };
    let Ok(manifest) = signed.verify(&vault_pub) else {
        return Ok(Some("its newest manifest is not signed by the vault's key"));
    };
    let named = manifest.account.as_bytes() == account
        && manifest.generation.as_bytes() == generation
        && manifest.header_hash == header_hash
        && manifest.seq == line.number(2)?
        && signed.hash() == line.array(3)?
        && u64::from(manifest.live) == line.number(4)?
        && u64::from(manifest.tombstones) == line.number(5)?;
    if !named {
        return Ok(Some("its newest manifest is another one than it says"));
    }
    let (entries, bytes) = match rows(tx, account, generation).await? {
        Ok(rows) => rows,
        Err(what) => return Ok(Some(what)),
    };
    findings.rows += u64::try_from(entries.len()).unwrap_or(u64::MAX);
    if bytes != line.number(6)? {
        return Ok(Some("its size is another one than it says"));
    }
    let live = entries.iter().filter(|entry| entry.op == Op::Put).count();
    if usize::try_from(manifest.live) != Ok(live) {
        return Ok(Some(
            "it has another number of items than its manifest says",
        ));
    }
    for (index, hash) in (0u8..).zip(manifest.buckets.iter().take(BUCKETS)) {
        let bucket = entries.iter().filter(|entry| bucket_of(&entry.id) == index);
        if bucket_hash(&manifest.generation, index, bucket) != Ok(*hash) {
            return Ok(Some("its rows are not the ones that its manifest names"));
        }
    }
    Ok(None)
}

/// The entries, and the bytes of their blobs; or what is wrong with one.
async fn rows(
    tx: &mut Tx,
    account: &[u8; 16],
    generation: &[u8; 16],
) -> Result<Result<(Vec<Entry>, u64), &'static str>, Failure> {
    let lines = tx
        .all(
            "SELECT entry.item, entry.rev, entry.op, entry.hash, entry.size, blob.op, blob.replaced_at, \
             blob.body FROM entry LEFT JOIN blob ON blob.account = entry.account \
             AND blob.gen = entry.gen AND blob.item = entry.item AND blob.rev = entry.rev \
             WHERE entry.account = $1 AND entry.gen = $2 ORDER BY entry.item",
            &[account.into(), generation.into()],
        )
        .await?;
    let mut bytes = 0;
    let mut entries = Vec::with_capacity(lines.len());
    for line in &lines {
        let entry = entry(line)?;
        let Some(body) = line.maybe_bytes(7)? else {
            return Ok(Err("a row has no ciphertext"));
        };
        let size = line.number(4)?;
        let fits = sha256(&[&body]) == entry.blob_hash
            && u64::try_from(body.len()) == Ok(size)
            && line.maybe_number(5)? == Some(entry.op.byte().into())
            && line.maybe_number(6)?.is_none();
        if !fits {
            return Ok(Err("a row's ciphertext is another one than it says"));
        }
        bytes += size;
        entries.push(entry);
    }
    Ok(Ok((entries, bytes)))
}
