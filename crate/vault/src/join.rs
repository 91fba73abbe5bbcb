//! An account's vault as it comes to a browser that has none of it: checked as a whole before anything
//! is opened, and then treated like a backup file.

use std::collections::BTreeMap;

use sesame_protocol::account::{Message as _, Pull, Pulled, SealedPulled, Session};
use sesame_protocol::{
    AccountId, BUCKETS, Entry, GenId, Header, ItemId, Manifest, Op, SignedManifest, bucket_hash,
    sha256,
};

use crate::backup::write_backup;
use crate::commit::key;
use crate::header::SealedHeader;
use crate::manifest::{Link, ids};
use crate::order::map_of;
use crate::shard::all_buckets;
use crate::vault::{BackupParts, KnownState, Stored, rows_body, take_rows};
use crate::{SyncReason, VaultError};

/// Stored rows by item id.
type Rows = BTreeMap<ItemId, Vec<u8>>;

/// A vault on its way here.
pub struct Joining {
    header: SealedHeader,
    link: Link,
    wanted: BTreeMap<ItemId, Entry>,
    got: Rows,
}

const fn suspended(reason: SyncReason) -> VaultError {
    VaultError::Suspended(reason)
}

/// A header and the signed manifest that names it, both of this account and generation. Whether this
/// account's owner made them shows when a secret opens them (S-11).
fn state(
    owner: (AccountId, GenId),
    header: &[u8],
    manifest: &[u8],
) -> Result<(SealedHeader, Link), VaultError> {
    let sealed = SealedHeader::parse(header).map_err(|error| match error {
        VaultError::NewerFormat => error,
        _ => suspended(SyncReason::Header),
    })?;
    let claims = SignedManifest::parse(manifest).map_err(|_| suspended(SyncReason::Forged))?;
    let claims = claims.unverified();
    if ids(&sealed) != owner || (claims.account, claims.generation) != owner {
        return Err(suspended(SyncReason::OtherVault));
    }
    let link = Link::read(manifest, &sealed).map_err(|_| suspended(SyncReason::Forged))?;
    if link.manifest.header_hash != sha256(&[header]) {
        return Err(suspended(SyncReason::Header));
    }
    Ok((sealed, link))
}

impl Joining {
    /// Asks for everything.
    #[must_use]
    pub fn pull_body(session: &Session) -> Vec<u8> {
        let pull = Pull {
            generation: session.generation,
            epoch: session.epoch,
            header_hash: [0; 32],
            buckets: [[0; 32]; BUCKETS],
        };
        pull.encode()
    }

    /// Checks the answer to [`Joining::pull_body`].
    ///
    /// # Errors
    /// `BadAnswer`; `Suspended` for whatever does not hold.
    pub fn pulled(session: &Session, answer: &[u8]) -> Result<Self, VaultError> {
        let answer = Pulled::decode(answer).map_err(|_| VaultError::BadAnswer)?;
        let header = answer.header.ok_or(suspended(SyncReason::Header))?;
        let owner = (session.account, session.generation);
        let (header, link) = state(owner, &header, &answer.manifest)?;
        if link.manifest.seq < session.head_seq {
            return Err(suspended(SyncReason::Rollback));
        }
        let mut given = map_of(
            answer
                .buckets
                .into_iter()
                .map(|bucket| (bucket.index, bucket.entries)),
        );
        let mut wanted = BTreeMap::new();
        for (number, hash) in all_buckets().zip(&link.manifest.buckets) {
            let entries = given
                .remove(&number)
                .ok_or(suspended(SyncReason::Dropped))?;
            if bucket_hash(&session.generation, number, &entries).ok() != Some(*hash) {
                return Err(suspended(SyncReason::Mixed));
            }
            for entry in entries {
                wanted.insert(entry.id, entry);
            }
        }
        let count = |op| wanted.values().filter(|entry| entry.op == op).count();
        let counts = (
            u32::try_from(count(Op::Put)),
            u32::try_from(count(Op::Delete)),
        );
        if counts != (Ok(link.manifest.live), Ok(link.manifest.tombstones)) {
            return Err(suspended(SyncReason::Forged));
        }
        Ok(Self {
            header,
            link,
            wanted,
            got: BTreeMap::new(),
        })
    }

    /// The next request for rows; `None` when all are here.
    #[must_use]
    pub fn next(&self) -> Option<Vec<u8>> {
        rows_body(self.link.manifest.generation, &self.wanted, &self.got)
    }

    /// Takes rows in.
    ///
    /// # Errors
    /// `BadAnswer`, `Again` when one was changed meanwhile, `Suspended`.
    pub fn rows(&mut self, answer: &[u8]) -> Result<(), VaultError> {
        take_rows(answer, &self.wanted, &mut self.got)
    }

    /// What the state is known by, what can be opened, and its rows.
    ///
    /// # Errors
    /// `Invalid` before all rows are here.
    pub fn finish(self) -> Result<(KnownState, Stored, Rows), VaultError> {
        if self.next().is_some() {
            return Err(VaultError::Invalid);
        }
        let known = KnownState {
            manifest: self.link.bytes.clone(),
            header: self.header.bytes.clone(),
        };
        let parts = [
            (key::HEADER, self.header.bytes),
            (key::MANIFEST, self.link.bytes),
        ];
        let parts = parts.map(|(name, bytes)| (name.to_owned(), bytes));
        let stored = Stored::of_file(map_of(parts));
        Ok((known, stored, self.got))
    }

    /// The state's manifest.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.link.manifest
    }

    /// The header, its MAC not checked.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.header.header
    }
}

/// A generation that a reset has sealed, page by page, as a backup file. Rows are not judged here:
/// what is left of a vault is worth having, and opening the file names what is damaged.
pub struct SealedPages {
    owner: (AccountId, GenId),
    header: Vec<u8>,
    manifest: Vec<u8>,
    rows: Rows,
}

impl SealedPages {
    /// An empty file of that generation.
    #[must_use]
    pub const fn new(account: AccountId, generation: GenId) -> Self {
        Self {
            owner: (account, generation),
            header: Vec::new(),
            manifest: Vec::new(),
            rows: BTreeMap::new(),
        }
    }

    /// Takes a page; the id to go on after, or `None` when this was the last one.
    ///
    /// # Errors
    /// `BadAnswer`; `Suspended` for another vault's page or one that does not go on.
    pub fn add(&mut self, answer: &[u8]) -> Result<Option<ItemId>, VaultError> {
        let page = SealedPulled::decode(answer).map_err(|_| VaultError::BadAnswer)?;
        if self.header.is_empty() {
            state(self.owner, &page.header, &page.manifest)?;
            (self.header, self.manifest) = (page.header, page.manifest);
        } else if (&self.header, &self.manifest) != (&page.header, &page.manifest) {
            return Err(suspended(SyncReason::Mixed));
        }
        let last = self.rows.keys().next_back().copied();
        for row in &page.rows {
            if last.is_some_and(|last| row.id <= last) {
                return Err(suspended(SyncReason::Mixed));
            }
            self.rows.insert(row.id, row.stored());
        }
        match (page.more, page.rows.last()) {
            (false, _) => Ok(None),
            (true, Some(row)) => Ok(Some(row.id)),
            (true, None) => Err(suspended(SyncReason::Dropped)),
        }
    }

    /// The file. It has no local record: name and hint are in the settings, once it is open.
    ///
    /// # Errors
    /// `Invalid` without a page, `TooLarge`.
    pub fn finish(self, now: u64) -> Result<Vec<u8>, VaultError> {
        if self.header.is_empty() {
            return Err(VaultError::Invalid);
        }
        let parts = BackupParts {
            header: &self.header,
            manifest: &self.manifest,
            local: &[],
        };
        write_backup(&parts, self.rows.iter(), now)
    }
}

#[cfg(test)]
mod tests;
