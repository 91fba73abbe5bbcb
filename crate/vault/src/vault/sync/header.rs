//! The account's key slots and those here.

use sesame_protocol::{Header, MAX_SLOTS, Slot, SlotKind};

use super::super::{Env, Unlocked};
use super::judge::weakest;
use crate::header::SealedHeader;
use crate::local::{Local, Retired};
use crate::merge::{Prefer, has, is_trusted_code, slots};
use crate::{Commit, VaultError};

impl Unlocked {
    /// What the header here becomes; `None` if it stays.
    ///
    /// # Errors
    /// `Counter`, `SlotsFull`, `Internal`.
    pub(super) fn merged_header(
        &self,
        base: Option<&SealedHeader>,
        remote: &SealedHeader,
        prefer: Prefer,
    ) -> Result<Option<SealedHeader>, VaultError> {
        let local = &self.sealed;
        let seq = |header: &SealedHeader| header.header.hdr_seq;
        if local.bytes == remote.bytes || base.is_some_and(|base| base.bytes == remote.bytes) {
            return Ok(None);
        }
        if base.is_some_and(|base| base.bytes == local.bytes) {
            return Ok(Some(remote.clone()));
        }
        let wanted = match base {
            Some(base) => slots(&base.header, &local.header, &remote.header),
            None if prefer == Prefer::Local => local.header.slots.clone(),
            // Of two that nothing links, the one that was changed more often is the newer one.
            None if seq(remote) > seq(local) => remote.header.slots.clone(),
            None if seq(remote) < seq(local) => local.header.slots.clone(),
            None => {
                let nothing = Header {
                    slots: Vec::new(),
                    ..remote.header.clone()
                };
                slots(&nothing, &local.header, &remote.header)
            }
        };
        let is = |header: &SealedHeader| {
            let all = |slot: &sesame_protocol::Slot| header.header.slot(&slot.id).is_some();
            header.header.slots.len() == wanted.len() && wanted.iter().all(all)
        };
        if is(remote) {
            return Ok(Some(remote.clone()));
        }
        if is(local) && seq(local) > seq(remote) {
            return Ok(None);
        }
        let newest = self.seen_hdr_seq.max(seq(remote));
        self.sealed.next(wanted, newest, &self.key).map(Some)
    }

    /// Whether this vault has a master password that this header does not: the server takes another one.
    pub(super) fn has_other_password(&self, account: &Header) -> bool {
        let unknown = |slot: &Slot| account.slot(&slot.id).is_none();
        let mut passwords = self.sealed.header.slots_of(SlotKind::Password);
        passwords.any(unknown)
    }

    /// Takes back the ways in of another open copy of this vault, which its account may never have had:
    /// all of them where they were changed more often there, otherwise the one that opened the copy.
    /// What would weaken the account's ways in stays out: less stretching (S-01), a passkey without a
    /// code (S-172). `true`: they are the copy's now.
    ///
    /// # Errors
    /// `Invalid` for another vault's copy, `ReadOnly`, `Counter`, `Random`.
    pub fn take_slots_of(
        &mut self,
        copy: &Self,
        env: &mut Env<'_>,
    ) -> Result<(Commit, bool), VaultError> {
        if self.owner.generation != copy.owner.generation || !self.key.same(&copy.key) {
            return Err(VaultError::Invalid);
        }
        let (here, there) = (&self.sealed.header, &copy.sealed.header);
        let all = there.hdr_seq > here.hdr_seq;
        let mut slots = if all { there } else { here }.slots.clone();
        let used = copy.opened_by.and_then(|(_, id)| there.slot(&id));
        let used = used.filter(|used| slots.len() < MAX_SLOTS && !has(&slots, used));
        let rests =
            |used: &&Slot| used.kind != SlotKind::Passkey || slots.iter().any(is_trusted_code);
        slots.extend(used.filter(rests).cloned());
        slots.retain(|slot| slot.kind != SlotKind::Password || slot.kdf_id >= self.min_kdf);
        if !slots.iter().any(|slot| slot.kind == SlotKind::Password) {
            slots.extend(here.slots_of(SlotKind::Password).cloned());
        }
        let same =
            slots.len() == here.slots.len() && slots.iter().all(|slot| has(&here.slots, slot));
        let commit = match same {
            true => Commit::default(),
            false => self.commit_slots(slots, None, env)?,
        };
        Ok((commit, all))
    }

    /// Lets a header in that may have been made elsewhere: its passwords count here from now on.
    pub(super) fn admit(&mut self, header: &SealedHeader) {
        self.min_kdf = self.min_kdf.min(weakest(header));
        self.seen_hdr_seq = self.seen_hdr_seq.max(header.header.hdr_seq);
    }

    /// What this browser notes of ways in that others changed; `password_set` is when the newest
    /// password was.
    pub(super) fn follow_header(
        &self,
        local: &mut Local,
        before: &SealedHeader,
        password_set: u64,
        now: u64,
    ) {
        let header = &self.sealed.header;
        let gone = local
            .current
            .filter(|known| header.slot(&known.slot).is_none());
        if let Some(known) = gone {
            local.current = None;
            if let Some(slot) = before.header.slot(&known.slot) {
                local.retire(Retired {
                    kdf_id: slot.kdf_id,
                    salt: slot.salt,
                    replaced_at: if password_set == 0 { now } else { password_set },
                    verifier: known.verifier,
                });
            }
        }
        let passwords_changed = header
            .slots_of(SlotKind::Password)
            .any(|slot| before.header.slot(&slot.id).is_none());
        if passwords_changed {
            local.password_set_at = if password_set == 0 { now } else { password_set };
            local.password_proved_at = None;
        }
        let codes_changed = header
            .slots_of(SlotKind::Recovery)
            .any(|slot| before.header.slot(&slot.id).is_none());
        if codes_changed {
            local.recovery_created_at = Some(now);
            local.recovery_proved_at = None;
        }
        local.passkeys.retain(|note| {
            header
                .slot(&note.slot)
                .is_some_and(|slot| slot.kind == SlotKind::Passkey)
        });
    }

    /// The hint and the vault's name, as the settings now say, for the lock screen.
    ///
    /// # Errors
    /// `TooLarge`.
    pub fn show_while_locked(&mut self, name: &str, hint: &str) -> Result<Commit, VaultError> {
        let same = self.local.vault_name == name && self.local.hint == hint;
        if same || self.local_forged {
            return Ok(Commit::default());
        }
        self.update_local(|local| {
            name.clone_into(&mut local.vault_name);
            hint.clone_into(&mut local.hint);
        })
    }
}
