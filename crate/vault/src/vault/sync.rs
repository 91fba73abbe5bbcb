//! An open vault and its account. The account's chain of manifests is a chain of its own
//! (docs/decisions/0011-two-chains.md): what this browser has seen of it is sealed beside the vault,
//! and the rows that it has are those that lie here, but for the ones in `bases`, which were changed
//! here since. Nothing of an answer is stored before all of it was checked.

mod apply;
mod attach;
mod fate;
mod header;
mod judge;
mod pull;
mod push;

use std::collections::BTreeMap;

use sesame_protocol::account::{RowList, Rows as RowsWanted};
use sesame_protocol::{BUCKETS, Entry, ItemId, Manifest, Row, bucket_of};

pub use apply::{Applied, Report};
pub use attach::KnownState;
pub use pull::PullNext;
pub use push::{Push, Pushed};

use super::{Env, Stored, Unlocked};
use crate::account::{Account, AccountState, Resolve, SyncRecord, UnprovedAccount};
use crate::commit::{Commit, Store, key};
use crate::crypto::VaultKey;
use crate::header::SealedHeader;
use crate::local::Owner;
use crate::manifest::Link;
use crate::order::map_of;
use crate::{SyncReason, VaultError};

use pull::Pulling;
use push::Pushing;

/// Stored rows by item id.
pub(crate) type Rows = BTreeMap<ItemId, Vec<u8>>;

/// What the person wants after sync was suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// Ask the account again; it is judged as before.
    Retry,
    /// What the account has is brought together with what is here, without asking it to follow what
    /// this browser had seen.
    Merge,
    /// The same, but what is here counts wherever both have something; what the account alone has is
    /// kept even so.
    Push,
}

/// What an open vault knows of its account.
pub(crate) struct Attached {
    pub account: Account,
    /// `None`: the sealed half is lost; this browser has to sign in again.
    pub record: Option<SyncRecord>,
    /// The newest link of the account's chain that was accepted.
    remote: Option<Link>,
    /// The header that it names.
    base: Option<SealedHeader>,
    sent: [[u8; 32]; BUCKETS],
    pull: Option<Pulling>,
    push: Option<Pushing>,
}

impl Attached {
    pub(super) fn load(stored: &Stored, owner: &Owner, key: &VaultKey) -> Option<Box<Self>> {
        let account = stored
            .vault_bytes(key::ACCOUNT)
            .and_then(|bytes| UnprovedAccount::parse(bytes).ok())
            .filter(|found| found.owner == *owner && found.is_genuine(key))?
            .account;
        let record = stored
            .vault_bytes(key::SYNC)
            .and_then(|bytes| SyncRecord::open(bytes, owner, key).ok());
        Some(Box::new(Self::new(account, record, key)))
    }

    fn new(account: Account, record: Option<SyncRecord>, key: &VaultKey) -> Self {
        let base = record.as_ref().and_then(|record| {
            let header = SealedHeader::parse(&record.header).ok()?;
            header.verify(key).ok().map(|()| header)
        });
        let remote = record
            .as_ref()
            .zip(base.as_ref())
            .and_then(|(record, base)| {
                let link = Link::read(&record.manifest, base).ok()?;
                link.names(base).then_some(link)
            });
        Self {
            account,
            record,
            // A header without the manifest that names it says nothing.
            base: base.filter(|_| remote.is_some()),
            remote,
            sent: [[0; 32]; BUCKETS],
            pull: None,
            push: None,
        }
    }

    fn record(&self) -> Result<&SyncRecord, VaultError> {
        self.record.as_ref().ok_or(VaultError::NoAccount)
    }

    fn record_mut(&mut self) -> Result<&mut SyncRecord, VaultError> {
        self.record.as_mut().ok_or(VaultError::NoAccount)
    }

    /// Takes a link of the account's chain and its header for the newest known.
    fn accept(&mut self, link: Link, header: SealedHeader) -> Result<(), VaultError> {
        let record = self.record_mut()?;
        record.manifest.clone_from(&link.bytes);
        record.header.clone_from(&header.bytes);
        record.pending.clear();
        self.remote = Some(link);
        self.base = Some(header);
        Ok(())
    }

    pub(super) fn is_suspended(&self) -> Option<SyncReason> {
        self.record.as_ref().and_then(|record| record.reason)
    }
}

/// What the account last had of the items that were changed here, as the store `bases` says.
struct Bases(BTreeMap<ItemId, Option<Entry>>);

impl Bases {
    fn of(rows: &Rows) -> Self {
        let entry = |(id, row): (&ItemId, &Vec<u8>)| {
            let row = Row::parse(row).ok();
            (*id, row.map(|row| row.entry(*id)))
        };
        Self(map_of(rows.iter().map(entry)))
    }
}

/// The entries of one bucket.
type Entries = BTreeMap<ItemId, Entry>;

impl Unlocked {
    pub(super) fn attached(&self) -> Result<&Attached, VaultError> {
        self.attached.as_deref().ok_or(VaultError::NoAccount)
    }

    fn attached_mut(&mut self) -> Result<&mut Attached, VaultError> {
        self.attached.as_deref_mut().ok_or(VaultError::NoAccount)
    }

    /// What is known of the account that this vault belongs to.
    #[must_use]
    pub fn account_record(&self) -> Option<&Account> {
        self.attached.as_ref().map(|attached| &attached.account)
    }

    /// Whether this browser still has what it takes to speak to the account server.
    #[must_use]
    pub fn has_device_key(&self) -> bool {
        self.attached()
            .is_ok_and(|attached| attached.record.is_some())
    }

    /// Whether the key slots here are others than the account's.
    #[must_use]
    pub fn header_waits(&self) -> bool {
        let base = |attached: &Attached| {
            attached
                .base
                .as_ref()
                .is_some_and(|base| base.bytes != self.sealed.bytes)
        };
        self.attached().is_ok_and(base)
    }

    /// The account's entries of a bucket as this browser knows them; `None` where what lies here does
    /// not add up to what the account's manifest says, so that it has to be asked again.
    fn known_bucket(&self, number: u8, bases: &Bases) -> Option<Entries> {
        let remote = self.attached().ok()?.remote.as_ref()?;
        let local = self.index.bucket(number)?;
        let mut entries = Entries::new();
        for row in local.entries() {
            entries.insert(row.id, *row);
        }
        let mut changed = false;
        for (id, base) in bases.0.iter().filter(|(id, _)| bucket_of(id) == number) {
            changed = true;
            match base {
                Some(base) => drop(entries.insert(*id, *base)),
                None => drop(entries.remove(id)),
            }
        }
        let wanted = bucket_of_manifest(&remote.manifest, number);
        // Most buckets, most of the time: nothing waits in them, and what is here is what was hashed for the disk.
        let here = self.link.as_ref().filter(|_| !changed);
        let here = here.and_then(|link| bucket_of_manifest(&link.manifest, number));
        if here.is_some() && here == wanted {
            return Some(entries);
        }
        let hash = sesame_protocol::bucket_hash(&self.owner.generation, number, entries.values());
        (hash.ok() == wanted).then_some(entries)
    }

    /// Writes both records as they are in memory.
    fn write_records(&mut self, commit: &mut Commit, env: &mut Env<'_>) -> Result<(), VaultError> {
        let (owner, key) = (self.owner, &self.key);
        let attached = self.attached.as_deref().ok_or(VaultError::NoAccount)?;
        let account = attached.account.seal(&owner, key)?;
        commit.put(Store::Vault, key::ACCOUNT, account);
        if let Some(record) = &attached.record {
            let sealed = record.seal(&owner, key, env.rng)?;
            commit.put(Store::Vault, key::SYNC, sealed);
        }
        Ok(())
    }

    /// Changes what is known of the account.
    ///
    /// # Errors
    /// `NoAccount`, `TooLarge`, `Random`.
    pub fn update_account(
        &mut self,
        change: impl FnOnce(&mut Account),
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        change(&mut self.attached_mut()?.account);
        let mut commit = Commit::default();
        self.write_records(&mut commit, env)?;
        Ok(commit)
    }

    /// Stops syncing, and every change of the vault, until the person decides (S-09, S-10, S-17).
    ///
    /// # Errors
    /// `NoAccount`, `TooLarge`, `Random`.
    pub fn suspend(&mut self, reason: SyncReason, env: &mut Env<'_>) -> Result<Commit, VaultError> {
        let attached = self.attached_mut()?;
        attached.pull = None;
        attached.push = None;
        attached.account.state = AccountState::Suspended(reason);
        attached.record_mut()?.reason = Some(reason);
        let mut commit = Commit::default();
        self.write_records(&mut commit, env)?;
        Ok(commit)
    }

    /// The person acted.
    ///
    /// # Errors
    /// `NoAccount`, `Invalid` unless it is suspended, `TooLarge`, `Random`.
    pub fn resolve(&mut self, how: Resolution, env: &mut Env<'_>) -> Result<Commit, VaultError> {
        let attached = self.attached_mut()?;
        if attached.record()?.reason.is_none() {
            return Err(VaultError::Invalid);
        }
        attached.account.state = AccountState::Ok;
        if how != Resolution::Retry {
            attached.remote = None;
            attached.base = None;
        }
        let record = attached.record_mut()?;
        record.reason = None;
        if how != Resolution::Retry {
            record.manifest.clear();
            record.header.clear();
            record.pending.clear();
        }
        record.resolve = match how {
            Resolution::Retry => record.resolve,
            Resolution::Merge => Resolve::Merge,
            Resolution::Push => Resolve::Push,
        };
        let mut commit = Commit::default();
        self.write_records(&mut commit, env)?;
        Ok(commit)
    }
}

fn bucket_of_manifest(manifest: &Manifest, number: u8) -> Option<[u8; 32]> {
    manifest.buckets.get(usize::from(number)).copied()
}

/// Rows of an answer into `got`, each exactly what `wanted` says.
///
/// # Errors
/// `Again` for a row that is newer than what is wanted, `Suspended` for one that is older, another
/// one, or not wanted (S-07, S-08); `BadAnswer`.
pub(crate) fn take_rows(answer: &[u8], wanted: &Entries, got: &mut Rows) -> Result<(), VaultError> {
    use sesame_protocol::account::Message as _;
    let answer = RowList::decode(answer).map_err(|_| VaultError::BadAnswer)?;
    let before = got.len();
    for row in answer.rows {
        let entry = Entry {
            id: row.id,
            rev: row.rev,
            op: row.op,
            blob_hash: row.blob_hash(),
        };
        match wanted.get(&row.id) {
            Some(known) if *known == entry => {
                got.insert(row.id, row.stored());
            }
            Some(known) if entry.rev > known.rev => return Err(VaultError::Again),
            _ => return Err(VaultError::Suspended(SyncReason::Mixed)),
        }
    }
    // What is missing is asked for again; whoever then has nothing to say leaves something out.
    if got.len() == before && got.len() < wanted.len() {
        return Err(VaultError::Suspended(SyncReason::Dropped));
    }
    Ok(())
}

/// Ids of one request for rows.
const IDS_MAX: usize = 1000;

/// The request for what is still missing; `None` when nothing is.
pub(crate) fn rows_body(
    generation: sesame_protocol::GenId,
    wanted: &Entries,
    got: &Rows,
) -> Option<Vec<u8>> {
    use sesame_protocol::account::Message as _;
    let ids: Vec<ItemId> = wanted
        .keys()
        .filter(|id| !got.contains_key(id))
        .take(IDS_MAX)
        .copied()
        .collect();
    (!ids.is_empty()).then(|| RowsWanted { generation, ids }.encode())
}
