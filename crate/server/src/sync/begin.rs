//! The first link of a generation: at sign-up and at a reset.

use sesame_protocol::account::RefusalCode;
use sesame_protocol::{AccountId, BUCKETS, GenId, Header, SignedManifest, bucket_hash, sha256};

use crate::db::Tx;
use crate::failure::Failure;

/// What a generation begins with.
pub struct Beginning<'a> {
    /// The account.
    pub account: &'a AccountId,
    /// The generation.
    pub generation: &'a GenId,
    /// The header.
    pub header: &'a [u8],
    /// Number 0 of the chain.
    pub manifest: &'a [u8],
    /// The stored OPAQUE record.
    pub record: &'a [u8],
    /// The recovery code's key.
    pub recovery_key: Option<&'a [u8; 32]>,
}

/// Checks a generation's first header and manifest and stores them; the account's row is there and
/// names it.
///
/// # Errors
/// `Malformed` when header or manifest are of another account or generation, the manifest does not
/// name the header, or says anything but that there are no rows; `BadSignature`.
pub async fn begin(tx: &mut Tx, now: u64, with: &Beginning<'_>) -> Result<(), Failure> {
    let header = Header::parse(with.header)?;
    let signed = SignedManifest::parse(with.manifest)?;
    let manifest = signed.verify(&header.vault_pub)?;
    let header_hash = sha256(&[with.header]);
    let ours = header.account == *with.account
        && header.generation == *with.generation
        && manifest.account == *with.account
        && manifest.generation == *with.generation
        && manifest.header_hash == header_hash;
    let mut empty = [[0; 32]; BUCKETS];
    for (index, hash) in (0u8..).zip(&mut empty) {
        *hash = bucket_hash(with.generation, index, [])?;
    }
    let nothing = manifest.seq == 0
        && manifest.live == 0
        && manifest.tombstones == 0
        && manifest.buckets == empty;
    if !ours || !nothing {
        return Err(RefusalCode::Malformed.into());
    }
    let (account, generation) = (with.account.as_bytes(), with.generation.as_bytes());
    tx.run(
        "INSERT INTO generation (account, gen, state, opaque, vault_pub, rec_pub, hdr_seq, header_hash, \
         head_seq, head_hash, live, tombstones, bytes, kept, created) \
         VALUES ($1, $2, 0, $3, $4, $5, $6, $7, 0, $8, 0, 0, 0, 0, $9)",
        &[
            account.into(),
            generation.into(),
            with.record.into(),
            (&header.vault_pub).into(),
            with.recovery_key.map(<[u8; 32]>::as_slice).into(),
            header.hdr_seq.into(),
            (&header_hash).into(),
            (&signed.hash()).into(),
            now.into(),
        ],
    )
    .await?;
    tx.run(
        "INSERT INTO header (account, gen, hdr_seq, body, created) VALUES ($1, $2, $3, $4, $5)",
        &[
            account.into(),
            generation.into(),
            header.hdr_seq.into(),
            with.header.into(),
            now.into(),
        ],
    )
    .await?;
    tx.run(
        "INSERT INTO link (account, gen, seq, manifest) VALUES ($1, $2, 0, $3)",
        &[account.into(), generation.into(), with.manifest.into()],
    )
    .await?;
    Ok(())
}
