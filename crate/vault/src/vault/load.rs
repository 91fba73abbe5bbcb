//! From stored bytes to [`Locked`]: everything that can be known without a key.

use sesame_protocol::{BUCKETS, Header, ProtocolError, SignedManifest, SlotId, SlotKind, sha256};

use super::{Locked, Stored, Unopenable};
use crate::account::{Account, UnprovedAccount};
use crate::commit::{Commit, Store, key};
use crate::header::SealedHeader;
use crate::local::{Local, Remark, UnprovedLocal, decode_notes, encode_notes, verifier};
use crate::manifest::{Link, ids};
use crate::{Damage, Part, PasskeyProblem, Repair, SyncReason, VaultError, crypto};

/// The two copies of the header, first copy first.
type Copies = [Option<Result<SealedHeader, ProtocolError>>; 2];

fn copies(stored: &Stored) -> Copies {
    [key::HEADER, key::HEADER_COPY].map(|name| {
        let bytes = stored.vault_bytes(name)?;
        Some(Header::parse(bytes).map(|header| SealedHeader {
            header,
            bytes: bytes.to_vec(),
        }))
    })
}

/// Whether the stored header truly says that it is for a newer reader, rather than being damaged
/// in a way that looks so.
fn is_newer(stored: &Stored, copies: &Copies) -> bool {
    let claims = |copy: &&Option<Result<SealedHeader, ProtocolError>>| {
        matches!(copy, Some(Err(ProtocolError::NewerFormat { .. })))
    };
    let names = [key::HEADER, key::HEADER_COPY];
    let any_readable = copies.iter().flatten().any(Result::is_ok);
    let signed = stored
        .vault_bytes(key::MANIFEST)
        .and_then(|bytes| SignedManifest::parse(bytes).ok());
    copies
        .iter()
        .zip(names)
        .filter(|(copy, _)| claims(copy))
        .any(|(_, name)| {
            let bytes = stored.vault_bytes(name).unwrap_or_default();
            !any_readable
                || signed
                    .as_ref()
                    .is_some_and(|signed| signed.unverified().header_hash == sha256(&[bytes]))
        })
}

struct Choice {
    sealed: SealedHeader,
    proved: bool,
    link: Option<Link>,
    from_copy: bool,
}

/// The header to use: the copy that the signed manifest names; failing that, any readable one.
fn choose(stored: &Stored, copies: Copies) -> Option<Choice> {
    let manifest = stored.vault_bytes(key::MANIFEST);
    let link_of = |sealed: &SealedHeader| manifest.and_then(|bytes| Link::read(bytes, sealed).ok());
    let twins = stored.vault_bytes(key::HEADER) == stored.vault_bytes(key::HEADER_COPY);
    let mut fallback = None;
    for (from_copy, sealed) in [false, true].into_iter().zip(copies) {
        let Some(Ok(sealed)) = sealed else { continue };
        let link = link_of(&sealed);
        if link.as_ref().is_some_and(|link| link.names(&sealed)) {
            return Some(Choice {
                sealed,
                proved: true,
                link,
                from_copy,
            });
        }
        fallback = fallback.or(Some(Choice {
            sealed,
            proved: twins,
            link,
            from_copy,
        }));
    }
    fallback
}

impl Locked {
    /// Looks at everything stored. Nothing is believed yet: that takes the key.
    ///
    /// # Errors
    /// [`Unopenable`] when there is no vault, none for this version, or no readable header.
    pub fn load(stored: Stored) -> Result<Self, Box<Unopenable>> {
        let mut damage = Vec::new();
        let copies = copies(&stored);
        let newer = is_newer(&stored, &copies);
        let empty = stored.vault.is_empty();
        let unproved = stored
            .vault_bytes(key::LOCAL)
            .and_then(|bytes| UnprovedLocal::parse(bytes).ok());
        let choice = if newer { None } else { choose(&stored, copies) };
        let Some(Choice {
            sealed,
            proved,
            link,
            from_copy,
        }) = choice
        else {
            let error = match (empty, newer) {
                (true, _) => VaultError::Absent,
                (_, true) => VaultError::NewerFormat,
                _ => VaultError::Damaged,
            };
            if error == VaultError::Damaged {
                damage.push(Damage::new(Part::Header, Repair::None));
            }
            let local = unproved.map(|unproved| unproved.local).unwrap_or_default();
            return Err(Box::new(Unopenable {
                error,
                damage,
                local,
                stored,
            }));
        };
        if from_copy {
            damage.push(Damage::new(Part::Header, Repair::PreviousCopy));
        }
        if link.as_ref().is_none_or(|link| !link.names(&sealed)) {
            damage.push(Damage::new(Part::Manifest, Repair::Rebuild));
        }
        let unproved =
            unproved.filter(|found| (found.owner.account, found.owner.generation) == ids(&sealed));
        if unproved.is_none() {
            damage.push(Damage::new(Part::Local, Repair::Rebuild));
        }
        let local = unproved
            .as_ref()
            .map(|unproved| unproved.local.clone())
            .unwrap_or_default();
        // Remarks are worth nothing when they can't be read.
        let notes = stored
            .vault_bytes(key::NOTES)
            .and_then(|bytes| decode_notes(bytes).ok())
            .unwrap_or_default();
        let account = stored
            .vault_bytes(key::ACCOUNT)
            .and_then(|bytes| UnprovedAccount::parse(bytes).ok())
            .filter(|found| (found.owner.account, found.owner.generation) == ids(&sealed))
            .map(|found| found.account);
        Ok(Self {
            stored,
            sealed,
            proved,
            link,
            unproved,
            local,
            notes,
            damage,
            account,
            newer: None,
        })
    }

    /// The account that the vault belongs to, its MAC not checked.
    #[must_use]
    pub const fn account_record(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// Takes a newer header of this vault, as its account has it: a password that was set elsewhere
    /// opens the vault here through it. Nothing of it is believed before it opened with this vault's
    /// key, and nothing is stored.
    ///
    /// # Errors
    /// `Suspended` for another vault's header or one that can't be read, `NewerFormat`.
    pub fn offer_header(&mut self, bytes: &[u8]) -> Result<&Header, VaultError> {
        let wrong = VaultError::Suspended(SyncReason::Header);
        let newer = SealedHeader::parse(bytes).map_err(|error| match error {
            VaultError::NewerFormat => error,
            _ => wrong,
        })?;
        if ids(&newer) != ids(&self.sealed) {
            return Err(VaultError::Suspended(SyncReason::OtherVault));
        }
        Ok(&self.newer.insert(newer).header)
    }

    /// The same with the header of an open copy: its ways in open this vault, too, also those that
    /// the account never had.
    ///
    /// # Errors
    /// `Invalid` for another vault's copy.
    pub fn offer_copy(&mut self, copy: &super::Unlocked) -> Result<(), VaultError> {
        if ids(&copy.sealed) != ids(&self.sealed) {
            return Err(VaultError::Invalid);
        }
        self.newer = Some(copy.sealed.clone());
        Ok(())
    }

    /// The header, its MAC not checked.
    #[must_use]
    pub const fn header(&self) -> &Header {
        &self.sealed.header
    }

    /// The local record, its MAC not checked.
    #[must_use]
    pub const fn local(&self) -> &Local {
        &self.local
    }

    /// Why passkeys did not work since the last unlock; may have been written by anybody.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.notes.0
    }

    /// What is seen to be damaged without a key.
    #[must_use]
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    /// Number of items that the manifest names, settings included.
    #[must_use]
    pub fn live(&self) -> Option<u32> {
        self.link.as_ref().map(|link| link.manifest.live)
    }

    /// What the manifest says of the buckets, its key not proved.
    #[must_use]
    pub fn bucket_hashes(&self) -> Option<[[u8; 32]; BUCKETS]> {
        self.link.as_ref().map(|link| link.manifest.buckets)
    }

    /// Whether a password, stretched for the retired password `index`, is that password.
    #[must_use]
    pub fn was_replaced(&self, index: usize, stretched: &[u8; 32]) -> bool {
        let (Some(retired), Some(unproved)) = (self.local.retired.get(index), &self.unproved)
        else {
            return false;
        };
        crypto::same(
            &verifier(stretched, &unproved.owner, &retired.salt),
            &retired.verifier,
        )
    }

    /// Remembers why a passkey did not open the vault.
    ///
    /// # Errors
    /// `NotFound` unless it is a passkey slot of this vault.
    pub fn note_passkey_problem(
        &mut self,
        slot: SlotId,
        problem: PasskeyProblem,
        now: u64,
    ) -> Result<Commit, VaultError> {
        self.sealed
            .header
            .slot(&slot)
            .filter(|slot| slot.kind == SlotKind::Passkey)
            .ok_or(VaultError::NotFound)?;
        self.notes.add(Remark {
            slot,
            problem,
            at: now,
        });
        let mut commit = Commit::default();
        commit.put(Store::Vault, key::NOTES, encode_notes(&self.notes));
        Ok(commit)
    }

    pub(crate) fn parts(&self) -> BackupParts<'_> {
        BackupParts {
            header: &self.sealed.bytes,
            manifest: self.stored.vault_bytes(key::MANIFEST).unwrap_or_default(),
            local: self.stored.vault_bytes(key::LOCAL).unwrap_or_default(),
        }
    }
}

impl Unopenable {
    /// The best there is of header, manifest and local record, for a sealed copy.
    pub(crate) fn parts(&self) -> BackupParts<'_> {
        let header = self
            .stored
            .vault_bytes(key::HEADER)
            .or_else(|| self.stored.vault_bytes(key::HEADER_COPY));
        BackupParts {
            header: header.unwrap_or_default(),
            manifest: self.stored.vault_bytes(key::MANIFEST).unwrap_or_default(),
            local: self.stored.vault_bytes(key::LOCAL).unwrap_or_default(),
        }
    }
}

/// What a backup consists of besides rows.
pub(crate) struct BackupParts<'a> {
    pub header: &'a [u8],
    pub manifest: &'a [u8],
    pub local: &'a [u8],
}
