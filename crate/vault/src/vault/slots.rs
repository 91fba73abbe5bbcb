//! Changing the ways in. Each change is one commit: new header, manifest and anchor together.

use sesame_protocol::{
    AUX_MAX, FLAG_BACKED_UP, FLAG_BACKUP_ELIGIBLE, FLAG_CONFIRMED, FLAG_SUCCESSOR, Header, KdfId,
    MAX_SLOTS, Slot, SlotId, SlotKind,
};
use zeroize::Zeroizing;

use super::items::Next;
use super::{Env, Unlocked};
use crate::commit::{Commit, Store, key};
use crate::crypto::{VaultKey, random};
use crate::keyslot::{self, PasskeyKey, PasswordKey, RecoveryKey, Unlocker};
use crate::local::{Current, Retired, verifier};
use crate::merge::is_trusted_code;
use crate::{RecoveryCode, VaultError};

/// Name of the sealed recovery code that waits for its proof.
const PENDING_NAME: &str = "recovery.pending";

/// A new master password, as `crate/auth` hands it out.
pub struct NewPassword {
    /// How it was stretched.
    pub kdf_id: KdfId,
    /// With which salt.
    pub salt: [u8; 32],
    /// The 32 bytes that came out.
    pub stretched: Zeroizing<[u8; 32]>,
    /// The hint that goes with it.
    pub hint: String,
}

/// A new passkey, after a verifying assertion gave its PRF output.
pub struct NewPasskey {
    /// WebAuthn credential id, 1 to 256 bytes.
    pub credential_id: Vec<u8>,
    /// The PRF input.
    pub salt: [u8; 32],
    /// The PRF output: 32 bytes, not all zero.
    pub prf: Zeroizing<Vec<u8>>,
    /// WebAuthn BE.
    pub backup_eligible: bool,
    /// WebAuthn BS.
    pub synced: bool,
}

/// A new code and the slot that it opens.
pub(super) fn make_recovery(
    header: &Header,
    flags: u16,
    key: &VaultKey,
    env: &mut Env<'_>,
) -> Result<(RecoveryCode, Slot), VaultError> {
    let code = RecoveryCode::make(env.rng)?;
    let slot = wrap_recovery(header, &code, flags, key, env)?;
    Ok((code, slot))
}

fn wrap_recovery(
    header: &Header,
    code: &RecoveryCode,
    flags: u16,
    key: &VaultKey,
    env: &mut Env<'_>,
) -> Result<Slot, VaultError> {
    let slot = RecoveryKey::slot(SlotId::from_bytes(random(env.rng)?), flags);
    let kek = RecoveryKey::new(code.clone()).kek(header, &slot.id);
    keyslot::wrap(header, slot, &kek, key, env.rng)
}

impl Unlocked {
    /// Slots without those that `gone` names.
    fn slots_without(&self, gone: impl Fn(&Slot) -> bool) -> Vec<Slot> {
        self.sealed
            .header
            .slots
            .iter()
            .filter(|slot| !gone(slot))
            .cloned()
            .collect()
    }

    /// Writes a header with these slots, after `secret`, if there is a new one, opened its slot in it.
    pub(super) fn commit_slots(
        &mut self,
        slots: Vec<Slot>,
        secret: Option<&dyn Unlocker>,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let header = self.sealed.next(slots, self.seen_hdr_seq, &self.key)?;
        if let Some(secret) = secret {
            // S-174: the new way in is proved before the old one goes.
            let (key, _) =
                keyslot::unlock(&header.header, secret).map_err(|_| VaultError::Internal)?;
            if !key.same(&self.key) {
                return Err(VaultError::Internal);
            }
        }
        self.advance(
            Next {
                header: Some(header),
                ..Next::default()
            },
            env,
        )
    }

    /// Replaces the master password. The old one is remembered only so that it is recognised.
    ///
    /// # Errors
    /// `KdfTooWeak`, `Invalid` (no stretching, zero salt), `TooLarge` (hint), `ReadOnly`,
    /// `Counter`, `Random`.
    pub fn set_password(
        &mut self,
        new: NewPassword,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let old: Vec<Slot> = self
            .sealed
            .header
            .slots_of(SlotKind::Password)
            .cloned()
            .collect();
        let hint = new.hint.clone();
        let (mut commit, current) = self.swap_password(new, env)?;
        let now = env.now;
        commit.extend(self.update_local(|local| {
            let known = local.current.take();
            for slot in old {
                if let Some(known) = known.filter(|known| known.slot == slot.id) {
                    let (kdf_id, salt, verifier) = (slot.kdf_id, slot.salt, known.verifier);
                    local.retire(Retired {
                        kdf_id,
                        salt,
                        replaced_at: now,
                        verifier,
                    });
                }
            }
            local.current = Some(current);
            local.hint = hint;
            local.password_set_at = now;
            local.password_proved_at = Some(now);
        })?);
        Ok(commit)
    }

    fn swap_password(
        &mut self,
        new: NewPassword,
        env: &mut Env<'_>,
    ) -> Result<(Commit, Current), VaultError> {
        if new.kdf_id == KdfId::None || new.salt == [0; 32] {
            return Err(VaultError::Invalid);
        }
        if new.kdf_id < self.min_kdf {
            return Err(VaultError::KdfTooWeak);
        }
        if new.hint.chars().count() > crate::local::HINT_MAX_CHARS {
            return Err(VaultError::TooLarge);
        }
        let id = SlotId::from_bytes(random(env.rng)?);
        let verifier = verifier(&new.stretched, &self.owner, &new.salt);
        let secret = PasswordKey::new(id, new.stretched);
        let header = &self.sealed.header;
        let slot = secret.slot(new.kdf_id, new.salt);
        let slot = keyslot::wrap(header, slot, &secret.kek(header), &self.key, env.rng)?;
        let mut slots = self.slots_without(|slot| slot.kind == SlotKind::Password);
        slots.push(slot);
        let commit = self.commit_slots(slots, Some(&secret), env)?;
        Ok((commit, Current { slot: id, verifier }))
    }

    /// Makes a new recovery code and removes the slots of older ones (S-167). Where an older code
    /// was confirmed, the new slot is its successor, so that passkeys may stay; it counts as
    /// proved only once it was typed back.
    ///
    /// # Errors
    /// `SlotsFull`, `ReadOnly`, `Counter`, `Random`.
    pub fn replace_recovery(
        &mut self,
        env: &mut Env<'_>,
    ) -> Result<(Commit, RecoveryCode), VaultError> {
        let header = &self.sealed.header;
        let trusted = header.slots.iter().any(is_trusted_code);
        let flags = if trusted { FLAG_SUCCESSOR } else { 0 };
        let (code, slot) = make_recovery(header, flags, &self.key, env)?;
        let mut commit = self.put_recovery(&code, slot, env)?;
        commit.extend(self.await_proof(&code, env)?);
        Ok((commit, code))
    }

    /// Keeps a new code, sealed, until the person has shown to have it.
    pub(super) fn await_proof(
        &mut self,
        code: &RecoveryCode,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let pending = self.seal_cache(PENDING_NAME, code.display().as_bytes(), env.rng)?;
        let now = env.now;
        let mut commit = self.update_local(|local| {
            local.recovery_created_at = Some(now);
            local.recovery_proved_at = None;
        })?;
        commit.put(Store::Vault, key::PENDING, pending.clone());
        self.pending = Some(pending);
        Ok(commit)
    }

    /// Puts `slot` in the place of all recovery slots.
    fn put_recovery(
        &mut self,
        code: &RecoveryCode,
        slot: Slot,
        env: &mut Env<'_>,
    ) -> Result<Commit, VaultError> {
        let mut slots = self.slots_without(|slot| slot.kind == SlotKind::Recovery);
        slots.push(slot);
        self.commit_slots(slots, Some(&RecoveryKey::new(code.clone())), env)
    }

    /// The code that was made and not typed back yet, on this device only.
    #[must_use]
    pub fn pending_recovery(&self) -> Option<RecoveryCode> {
        let text = self
            .open_cache(PENDING_NAME, self.pending.as_deref()?)
            .ok()?;
        let code = RecoveryCode::parse(std::str::from_utf8(&text).ok()?).ok()?;
        // A code of an older header may lie here after a repair: it is of no use.
        self.proves(&RecoveryKey::new(code.clone()))
            .ok()
            .map(|_| code)
    }

    /// The person typed group `number` (from 1) of the pending code. `None`: it is another text.
    ///
    /// # Errors
    /// `NotFound` without a pending code, and as [`Unlocked::replace_recovery`].
    pub fn confirm_recovery(
        &mut self,
        number: u8,
        text: &str,
        env: &mut Env<'_>,
    ) -> Result<Option<Commit>, VaultError> {
        let code = self.pending_recovery().ok_or(VaultError::NotFound)?;
        if !code.has_group(number, text) {
            return Ok(None);
        }
        // The flag is part of what the wrap is bound to, so the slot is made anew. A code that was
        // made in another browser at the same time stays good.
        let (_, before) = self.proves(&RecoveryKey::new(code.clone()))?;
        let slot = wrap_recovery(&self.sealed.header, &code, FLAG_CONFIRMED, &self.key, env)?;
        let mut slots = self.slots_without(|slot| slot.id == before);
        slots.push(slot);
        let secret = RecoveryKey::new(code.clone());
        let mut commit = self.commit_slots(slots, Some(&secret), env)?;
        commit.delete(Store::Vault, key::PENDING);
        self.pending = None;
        let now = env.now;
        commit.extend(self.update_local(|local| local.recovery_proved_at = Some(now))?);
        Ok(Some(commit))
    }

    /// Adds a passkey; only beside a confirmed recovery code (S-172).
    ///
    /// # Errors
    /// `NoRecovery`, `SlotsFull`, `Invalid` (PRF output, credential id, a credential that has a
    /// slot, BS without BE), `ReadOnly`, `Counter`, `Random`.
    pub fn add_passkey(
        &mut self,
        new: NewPasskey,
        env: &mut Env<'_>,
    ) -> Result<(SlotId, Commit), VaultError> {
        let header = &self.sealed.header;
        if !header
            .slots_of(SlotKind::Recovery)
            .any(|slot| slot.flags & FLAG_CONFIRMED != 0)
        {
            return Err(VaultError::NoRecovery);
        }
        if header.slots.len() >= MAX_SLOTS {
            return Err(VaultError::SlotsFull);
        }
        let known = header
            .slots_of(SlotKind::Passkey)
            .any(|slot| slot.aux == new.credential_id);
        let length = new.credential_id.len();
        if known
            || length == 0
            || length > AUX_MAX
            || new.salt == [0; 32]
            || (new.synced && !new.backup_eligible)
        {
            return Err(VaultError::Invalid);
        }
        let id = SlotId::from_bytes(random(env.rng)?);
        let secret = PasskeyKey::new(id, &new.prf)?;
        let flags = if new.backup_eligible {
            FLAG_BACKUP_ELIGIBLE
        } else {
            0
        } | if new.synced { FLAG_BACKED_UP } else { 0 };
        let kek = secret.kek(header, &new.credential_id);
        let slot = secret.slot(flags, new.salt, new.credential_id);
        let slot = keyslot::wrap(header, slot, &kek, &self.key, env.rng)?;
        let mut slots = header.slots.clone();
        slots.push(slot);
        let mut commit = self.commit_slots(slots, Some(&secret), env)?;
        let now = env.now;
        commit.extend(self.update_local(|local| {
            if let Some(note) = local.passkey_mut(id, now) {
                note.used_here = true;
                note.last_used_at = Some(now);
            }
        })?);
        Ok((id, commit))
    }

    /// Removes a slot. The last password never goes, nor a recovery code that passkeys rest on.
    ///
    /// # Errors
    /// `NotFound`, `SlotInUse`, `ReadOnly`, `Counter`, `Random`.
    pub fn remove_slot(&mut self, id: &SlotId, env: &mut Env<'_>) -> Result<Commit, VaultError> {
        let header = &self.sealed.header;
        let slot = header.slot(id).ok_or(VaultError::NotFound)?;
        let passkeys = header.slots_of(SlotKind::Passkey).count();
        let needed = match slot.kind {
            SlotKind::Password => header.slots_of(SlotKind::Password).count() == 1,
            SlotKind::Recovery => passkeys > 0 && header.slots_of(SlotKind::Recovery).count() == 1,
            SlotKind::Passkey => false,
        };
        if needed {
            return Err(VaultError::SlotInUse);
        }
        let gone = *id;
        let slots = self.slots_without(|slot| slot.id == gone);
        let mut commit = self.commit_slots(slots, None, env)?;
        commit.extend(self.update_local(|local| local.passkeys.retain(|note| note.slot != gone))?);
        Ok(commit)
    }
}
