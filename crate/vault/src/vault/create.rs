//! Making a vault, and taking a backup over as this browser's vault.

use std::collections::BTreeMap;

use sesame_protocol::{
    AccountId, DeviceId, GenId, HEADER_MAC_LEN, Header, ItemId, KdfId, READER_VERSION, SlotId,
    SlotKind,
};
use zeroize::Zeroizing;

use super::items::Next;
use super::slots::make_recovery;
use super::{BackupParts, Env, Locked, Unlocked, Unopenable};
use crate::backup::write_backup;
use crate::commit::{Commit, Store};
use crate::crypto::{VaultKey, random};
use crate::header::SealedHeader;
use crate::keyslot::{self, PasswordKey};
use crate::local::{Current, Local, Notes, Owner, verifier};
use crate::shard::{Index, all_buckets};
use crate::{RecoveryCode, VaultError};

/// What a new vault begins with.
pub struct NewVault {
    /// Its name.
    pub vault_name: String,
    /// The password's hint.
    pub hint: String,
    /// How the password was stretched.
    pub kdf_id: KdfId,
    /// With which salt.
    pub salt: [u8; 32],
    /// The 32 bytes that came out.
    pub stretched: Zeroizing<[u8; 32]>,
}

/// Makes a vault with a password and a recovery code that is not proved yet. One of only two
/// places where a vault key comes into being (S-18).
///
/// # Errors
/// `Invalid` (no stretching, zero salt), `TooLarge` (name, hint), `Random`.
pub fn create(
    new: NewVault,
    env: &mut Env<'_>,
) -> Result<(Unlocked, Commit, RecoveryCode), VaultError> {
    let account = AccountId::from_bytes(random(env.rng)?);
    create_in(account, new, env)
}

/// A new generation of an account: the vault that a reset begins with. The other of the two places
/// where a vault key comes into being (S-18).
///
/// # Errors
/// As [`create`].
pub fn create_in(
    account: AccountId,
    new: NewVault,
    env: &mut Env<'_>,
) -> Result<(Unlocked, Commit, RecoveryCode), VaultError> {
    if new.kdf_id == KdfId::None || new.salt == [0; 32] {
        return Err(VaultError::Invalid);
    }
    let key = VaultKey::make(env.rng)?;
    let owner = Owner {
        account,
        generation: GenId::from_bytes(random(env.rng)?),
        device: DeviceId::from_bytes(random(env.rng)?),
    };
    let id = SlotId::from_bytes(random(env.rng)?);
    let verifier = verifier(&new.stretched, &owner, &new.salt);
    let secret = PasswordKey::new(id, new.stretched);
    let mut header = Header {
        account: owner.account,
        generation: owner.generation,
        hdr_seq: 0,
        min_reader: READER_VERSION,
        slots: Vec::new(),
        vault_pub: [0; 32],
        mac: [0; HEADER_MAC_LEN],
    };
    let slot = keyslot::wrap(
        &header,
        secret.slot(new.kdf_id, new.salt),
        &secret.kek(&header),
        &key,
        env.rng,
    )?;
    let (code, recovery) = make_recovery(&header, 0, &key, env)?;
    header.slots = vec![slot, recovery];
    let mut unlocked = Unlocked {
        sealed: SealedHeader::make(header, &key)?,
        key,
        link: None,
        tip: None,
        seen_hdr_seq: 0,
        min_kdf: new.kdf_id,
        index: Index::empty(),
        owner,
        local: Local {
            vault_name: new.vault_name,
            hint: new.hint,
            created_at: env.now,
            password_set_at: env.now,
            password_proved_at: Some(env.now),
            current: Some(Current { slot: id, verifier }),
            ..Local::default()
        },
        notes: Notes::default(),
        pending: None,
        opened_by: Some((SlotKind::Password, id)),
        damage: Vec::new(),
        read_only: false,
        local_forged: false,
        copy_stale: true,
        capture_key_stale: true,
        attached: None,
    };
    let mut commit = unlocked.advance(Next::default(), env)?;
    commit.extend(unlocked.await_proof(&code, env)?);
    unlocked.publish_capture_key(&mut commit);
    Ok((unlocked, commit, code))
}

type Rows = BTreeMap<ItemId, Vec<u8>>;

impl Unlocked {
    /// One file with everything, as docs/FORMAT.md says. `rows` are the stored rows.
    ///
    /// # Errors
    /// `TooLarge`; `ReadOnly` when there is no manifest (save a sealed copy while locked instead).
    pub fn backup(&self, rows: &Rows, env: &Env<'_>) -> Result<Vec<u8>, VaultError> {
        let link = self.link.as_ref().ok_or(VaultError::ReadOnly)?;
        // The copy inside says when it was made, and its MAC covers that.
        let local = Local {
            backup_saved_at: Some(env.now),
            ..self.local.clone()
        };
        let local = local.seal(&self.owner, &self.key)?;
        let parts = BackupParts {
            header: &self.sealed.bytes,
            manifest: &link.bytes,
            local: &local,
        };
        // Rows that the vault does not know would make the file fail its own check.
        let known = rows.iter().filter(|(id, _)| self.entry(id).is_some());
        write_backup(&parts, known, env.now)
    }

    /// Makes an opened backup this browser's vault: everything is written, under a new device id.
    /// `rows` are the backup's; call [`Unlocked::rebuild`] before.
    ///
    /// # Errors
    /// `ReadOnly` before the index was rebuilt, `Random`.
    pub fn adopt(&mut self, rows: &Rows, env: &mut Env<'_>) -> Result<Commit, VaultError> {
        if !self.index.is_whole() {
            return Err(VaultError::ReadOnly);
        }
        self.owner.device = DeviceId::from_bytes(random(env.rng)?);
        self.attached = None;
        self.copy_stale = true;
        // Every shard is sealed again, for the new device.
        let buckets = all_buckets()
            .filter_map(|number| Some((number, self.index.bucket(number)?.clone())))
            .collect();
        let mut commit = self.advance(
            Next {
                buckets,
                ..Next::default()
            },
            env,
        )?;
        for (id, row) in rows.iter().filter(|(id, _)| self.entry(id).is_some()) {
            commit.put_row(id, row.clone());
        }
        self.pending = None;
        commit.delete(Store::Vault, crate::commit::key::PENDING);
        commit.delete(Store::Vault, crate::commit::key::NOTES);
        // They are another vault's, or another device's.
        commit.delete(Store::Vault, crate::commit::key::ACCOUNT);
        commit.delete(Store::Vault, crate::commit::key::SYNC);
        self.publish_capture_key(&mut commit);
        commit.extend(self.update_local(|local| {
            for note in &mut local.passkeys {
                note.used_here = false;
                note.last_problem = None;
            }
        })?);
        Ok(commit)
    }
}

impl Locked {
    /// The sealed vault as it lies here, without opening it.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn sealed_copy(&self, rows: &Rows, now: u64) -> Result<Vec<u8>, VaultError> {
        write_backup(&self.parts(), rows.iter(), now)
    }
}

impl Unopenable {
    /// Whatever lies here, in one file: for a later Sesame, or for someone who can mend it.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn sealed_copy(&self, rows: &Rows, now: u64) -> Result<Vec<u8>, VaultError> {
        write_backup(&self.parts(), rows.iter(), now)
    }
}
