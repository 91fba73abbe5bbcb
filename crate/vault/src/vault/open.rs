//! From [`Locked`] to [`Unlocked`]: with the key, everything is checked.

use sesame_protocol::{DeviceId, KdfId, Slot, SlotId, SlotKind};
use zeroize::Zeroizing;

use super::{Locked, Refused, Unlocked};
use crate::anchor::Anchor;
use crate::commit::key;
use crate::crypto::VaultKey;
use crate::keyslot::{self, Unlocker};
use crate::local::{Current, Owner, Retired, verifier};
use crate::manifest::{Link, Standing};
use crate::shard::{Bucket, Index, ShardPlace, all_buckets, shard_key};
use crate::{Damage, Part, Repair, VaultError};

/// Length of the session secret: vault key 32, device id 16.
const SESSION_LEN: usize = 48;

impl Locked {
    /// Tries a secret on the slots that are meant for it, and checks the whole vault.
    ///
    /// # Errors
    /// [`Refused`], with the vault as it was: `WrongSecret` only where the slot is known to be
    /// intact, `NotFound` without a slot for this secret, otherwise `Damaged`.
    pub fn unlock(self, secret: &dyn Unlocker) -> Result<Unlocked, Box<Refused>> {
        let newer = self.newer.clone();
        let through = newer.as_ref().and_then(|newer| {
            let (key, slot) = keyslot::unlock(&newer.header, secret).ok()?;
            newer.verify(&key).ok()?;
            Some((key, slot.clone()))
        });
        let (key, opened_by) = match (keyslot::unlock(&self.sealed.header, secret), &through) {
            (Ok((key, slot)), _) => (key, (slot.kind, slot.id)),
            (Err(_), Some((key, slot))) => {
                let key = VaultKey::from_bytes(Zeroizing::new(*key.expose()));
                (key, (slot.kind, slot.id))
            }
            (Err(VaultError::WrongSecret), None) if !self.proved => {
                return Err(refused(self, VaultError::Damaged));
            }
            (Err(error), None) => return Err(refused(self, error)),
        };
        let mut open = self.open(key, Some(opened_by))?;
        open.remember_password(secret, opened_by.1);
        if let Some((_, slot)) = through {
            open.remember_newer(secret, &slot);
        }
        Ok(open)
    }

    /// Opens the vault with what [`Unlocked::session_secret`] gave, after a restart.
    ///
    /// # Errors
    /// [`Refused`]: `WrongSecret` when the secret is of another vault or device.
    pub fn resume(self, secret: &[u8]) -> Result<Unlocked, Box<Refused>> {
        let parts = <&[u8; SESSION_LEN]>::try_from(secret)
            .ok()
            .and_then(|secret| Some((secret.first_chunk::<32>()?, secret.last_chunk::<16>()?)));
        let Some((key, device)) = parts else {
            return Err(refused(self, VaultError::WrongSecret));
        };
        if self.device() != DeviceId::from_bytes(*device) {
            return Err(refused(self, VaultError::WrongSecret));
        }
        let key = VaultKey::from_bytes(Zeroizing::new(*key));
        self.open(key, None)
    }

    fn device(&self) -> DeviceId {
        match (&self.unproved, &self.link) {
            (Some(unproved), _) => unproved.owner.device,
            (None, Some(link)) => link.manifest.device,
            // A device id is only a name for the sealed parts; those of a lost name are rebuilt.
            (None, None) => DeviceId::from_bytes([0; 16]),
        }
    }

    fn open(
        self,
        key: VaultKey,
        opened_by: Option<(SlotKind, SlotId)>,
    ) -> Result<Unlocked, Box<Refused>> {
        if self.sealed.verify(&key).is_err() {
            let error = if opened_by.is_some() {
                VaultError::Damaged
            } else {
                VaultError::WrongSecret
            };
            return Err(refused(self, error));
        }
        let header = &self.sealed.header;
        let owner = Owner {
            account: header.account,
            generation: header.generation,
            device: self.device(),
        };
        let mut findings = Findings {
            damage: self.damage.clone(),
            read_only: false,
        };
        let local_forged = self
            .unproved
            .as_ref()
            .is_some_and(|unproved| !unproved.is_genuine(&key));
        if local_forged {
            findings.add(Part::Local, false);
        }
        let anchor = self.stored.vault_bytes(key::ANCHOR).and_then(|bytes| {
            Anchor::open(
                bytes,
                &key,
                (&owner.account, &owner.generation, &owner.device),
            )
            .ok()
        });
        findings.judge(&self, anchor.as_ref());
        let link = self.link.as_ref().filter(|link| link.names(&self.sealed));
        let index = match link {
            Some(link) => read_index(&self, link, &key, &owner),
            None => Index::unknown(),
        };
        if !index.is_whole() && !self.stored.backup {
            findings.add(Part::Index, false);
        }
        let tip = [
            self.link.as_ref().map(Link::tip),
            anchor.map(|anchor| anchor.tip()),
        ];
        let slots = header.slots_of(SlotKind::Password).map(|slot| slot.kdf_id);
        let copy = self.stored.vault_bytes(key::HEADER_COPY);
        let mut open = Unlocked {
            tip: tip.into_iter().flatten().max_by_key(|tip| tip.seq),
            seen_hdr_seq: anchor
                .map_or(0, |anchor| anchor.hdr_seq)
                .max(header.hdr_seq),
            min_kdf: slots
                .min()
                .unwrap_or(KdfId::None)
                .max(anchor.map_or(KdfId::None, |anchor| anchor.min_kdf)),
            copy_stale: copy != Some(&self.sealed.bytes)
                || self.stored.vault_bytes(key::HEADER) != copy,
            pending: self.stored.vault_bytes(key::PENDING).map(<[u8]>::to_vec),
            key,
            link: self.link.filter(|link| link.names(&self.sealed)),
            sealed: self.sealed,
            index,
            owner,
            local: self.local,
            notes: self.notes,
            opened_by,
            damage: findings.damage,
            read_only: findings.read_only,
            local_forged,
            capture_key_stale: false,
            attached: None,
        };
        open.attached = super::Attached::load(&self.stored, &open.owner, &open.key);
        open.capture_key_stale = open.is_capture_key_stale(&self.stored);
        Ok(open)
    }
}

fn refused(locked: Locked, error: VaultError) -> Box<Refused> {
    Box::new(Refused { locked, error })
}

/// What the checks found.
struct Findings {
    damage: Vec<Damage>,
    read_only: bool,
}

impl Findings {
    fn add(&mut self, part: Part, stops_writing: bool) {
        self.read_only |= stops_writing;
        if self.damage.iter().all(|damage| damage.part != part) {
            self.damage.push(Damage::new(part, Repair::Rebuild));
        }
    }

    /// Header and manifest against each other and against what this device has seen.
    fn judge(&mut self, locked: &Locked, anchor: Option<&Anchor>) {
        let header = &locked.sealed.header;
        match &locked.link {
            Some(link) if link.names(&locked.sealed) => {}
            _ => self.add(Part::Manifest, true),
        }
        let Some(anchor) = anchor else {
            // As on a new device: it goes on, and says so (S-09).
            if !locked.stored.backup {
                self.add(Part::Anchor, false);
            }
            return;
        };
        match locked.link.as_ref().map(|link| link.standing(anchor)) {
            Some(Standing::RolledBack) => self.add(Part::Manifest, true),
            Some(Standing::AnchorBehind) => self.add(Part::Anchor, false),
            Some(Standing::Newest) | None => {}
        }
        let weakened = header
            .slots_of(SlotKind::Password)
            .any(|slot| slot.kdf_id < anchor.min_kdf);
        if header.hdr_seq < anchor.hdr_seq || weakened {
            self.add(Part::Header, true);
        }
    }
}

fn read_index(locked: &Locked, link: &Link, key: &VaultKey, owner: &Owner) -> Index {
    let Owner {
        account,
        generation,
        device,
    } = owner;
    let cache = key.cache(device);
    let mut index = Index::unknown();
    for (number, hash) in all_buckets().zip(&link.manifest.buckets) {
        let place = ShardPlace {
            account,
            generation,
            device,
            index: number,
        };
        let bucket = match locked.stored.shards.get(&shard_key(number)) {
            Some(bytes) => Bucket::open(bytes, &cache, &place, hash).ok(),
            None => None,
        };
        // A bucket without rows needs no shard.
        let empty = || {
            Bucket::default()
                .hash(generation, number)
                .is_ok_and(|empty| empty == *hash)
        };
        if let Some(bucket) = bucket.or_else(|| empty().then(Bucket::default)) {
            index.set_bucket(number, bucket);
        }
    }
    index
}

impl Unlocked {
    /// Vault key and device id, to go on after a restart of the service worker. Whoever has it
    /// has the vault: it belongs into session memory and nowhere else.
    #[must_use]
    pub fn session_secret(&self) -> Zeroizing<[u8; SESSION_LEN]> {
        let mut secret = Zeroizing::new([0; SESSION_LEN]);
        let (key, device) = secret.split_at_mut(32);
        key.copy_from_slice(self.key.expose());
        device.copy_from_slice(self.owner.device.as_bytes());
        secret
    }

    /// Whether a secret opens this very vault: for practising, and for proving a factor again.
    ///
    /// # Errors
    /// `WrongSecret`, or `NotFound` without a slot for it.
    pub fn proves(&self, secret: &dyn Unlocker) -> Result<(SlotKind, SlotId), VaultError> {
        let (key, slot) = keyslot::unlock(&self.sealed.header, secret)?;
        if key.same(&self.key) {
            Ok((slot.kind, slot.id))
        } else {
            Err(VaultError::WrongSecret)
        }
    }

    /// The same for a password that only a newer header of the account has yet.
    fn remember_newer(&mut self, secret: &dyn Unlocker, slot: &Slot) {
        let known = self.sealed.header.slot(&slot.id).is_some();
        let Some(stretched) = secret.stretched().filter(|_| !known) else {
            return;
        };
        let header = &self.sealed.header;
        let before = self.local.current.take();
        let old = before.and_then(|before| Some((before, header.slot(&before.slot)?)));
        if let Some((before, old)) = old {
            let (kdf_id, salt, verifier) = (old.kdf_id, old.salt, before.verifier);
            self.local.retire(Retired {
                kdf_id,
                salt,
                replaced_at: self.local.password_set_at,
                verifier,
            });
        }
        let verifier = verifier(stretched, &self.owner, &slot.salt);
        self.local.current = Some(Current {
            slot: slot.id,
            verifier,
        });
    }

    /// Keeps what recognises this password once it will have been replaced.
    pub(super) fn remember_password(&mut self, secret: &dyn Unlocker, slot: SlotId) {
        let Some(found) = self
            .sealed
            .header
            .slot(&slot)
            .filter(|slot| slot.kind == SlotKind::Password)
        else {
            return;
        };
        if let Some(stretched) = secret.stretched() {
            let verifier = verifier(stretched, &self.owner, &found.salt);
            self.local.current = Some(Current { slot, verifier });
        }
    }
}
