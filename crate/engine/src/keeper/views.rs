//! What the pages show of the vault as a whole.

use super::settings::encode;
use super::{EngineError, EngineResult, Keeper, Open, State};
use crate::api::{
    BackupWay, Damage, Factor, LockedPasskey, LockedRecovery, LockedView, OpenView, PasskeyView,
    PasswordSlot, PasswordWay, RecoveryWay, RetiredPassword, WaysBack,
};
use sesame_protocol::{
    FLAG_BACKED_UP, FLAG_BACKUP_ELIGIBLE, FLAG_CONFIRMED, Header, Slot, SlotKind,
};
use sesame_vault::{Local, Part, PasskeyProblem, Remark, Repair, VaultError};

impl Keeper {
    /// What may be known while locked; no secret and no item in it.
    ///
    /// # Errors
    /// `Absent` without a vault, `Locked` after locking by hand.
    pub fn locked_view(&self) -> EngineResult<LockedView> {
        let (local, header, remarks) = match &self.state {
            State::Locked(locked) => (locked.local(), Some(locked.header()), locked.remarks()),
            State::Open(open) => (open.vault.local(), Some(open.vault.header()), [].as_slice()),
            State::Unopenable(unopenable) => (&unopenable.local, None, [].as_slice()),
            State::Empty => return Err(VaultError::Absent.into()),
            State::Wiped => return Err(EngineError::Locked),
        };
        let mut view = locked_view(local, header, remarks);
        view.damage = self.damage();
        Ok(view)
    }

    /// The password hint.
    ///
    /// # Errors
    /// As [`Self::locked_view`].
    pub fn hint(&self) -> EngineResult<&str> {
        match &self.state {
            State::Locked(locked) => Ok(&locked.local().hint),
            State::Open(open) => Ok(&open.vault.local().hint),
            State::Unopenable(unopenable) => Ok(&unopenable.local.hint),
            State::Empty => Err(VaultError::Absent.into()),
            State::Wiped => Err(EngineError::Locked),
        }
    }

    /// What is known of the open vault as a whole.
    ///
    /// # Errors
    /// `Locked`.
    pub fn open_view(&self) -> EngineResult<OpenView> {
        let open = self.opened()?;
        let bin_count = open
            .index
            .iter()
            .filter(|row| row.deleted.is_some())
            .count();
        let practice = open.vault.local().practice;
        Ok(OpenView {
            item_count: open.index.iter().count().saturating_sub(bin_count),
            bin_count,
            lock_after: open.settings.lock_after.minutes(),
            ways_back: open.ways_back(),
            // Whoever just typed it has practised.
            practice_due: open.session.opened_by == Factor::Passkey
                && self.host.now() >= practice.due_at,
            opened_by: open.session.opened_by,
            fresh_until: open.session.fresh_until,
            damage: self.damage(),
        })
    }

    /// What could not be read, as far as it is known.
    pub(super) fn damage(&self) -> Vec<Damage> {
        let damage = match &self.state {
            State::Locked(locked) => locked.damage(),
            State::Open(open) => open.vault.damage(),
            State::Unopenable(unopenable) => &unopenable.damage,
            State::Empty | State::Wiped => &[],
        };
        damage.iter().map(|found| self.damage_view(found)).collect()
    }

    pub(super) fn damage_view(&self, found: &sesame_vault::Damage) -> Damage {
        let title = found
            .item
            .and_then(|id| Some(self.opened().ok()?.index.get(&id)?.name.clone()));
        Damage {
            part: match found.part {
                Part::Header => "header",
                Part::Manifest => "manifest",
                Part::Anchor => "anchor",
                Part::Local => "local",
                Part::Index => "index",
                Part::Item => "item",
            },
            item_id: found.item.map(|id| id.to_string()),
            title,
            repair: match found.repair {
                Repair::PreviousCopy => "previous-copy",
                Repair::Rebuild => "rebuild",
                Repair::None => "none",
            },
        }
    }
}

impl Open {
    fn ways_back(&self) -> WaysBack {
        let (local, header) = (self.vault.local(), self.vault.header());
        let passkeys: Vec<PasskeyView> = header
            .slots_of(SlotKind::Passkey)
            .map(|slot| self.passkey(slot, local))
            .collect();
        let confirmed = recovery(header, local).confirmed;
        let proved = [
            local.password_proved_at.is_some(),
            confirmed,
            passkeys.iter().any(|passkey| passkey.used_here),
        ];
        WaysBack {
            password: PasswordWay {
                set_at: local.password_set_at,
                last_proved_at: local.password_proved_at,
            },
            recovery: RecoveryWay {
                exists: header.slots_of(SlotKind::Recovery).next().is_some(),
                confirmed,
                last_proved_at: local.recovery_proved_at,
            },
            passkeys,
            backup: BackupWay {
                last_saved_at: local.backup_saved_at,
            },
            proved_count: proved.into_iter().filter(|proved| *proved).count(),
        }
    }

    fn passkey(&self, slot: &Slot, local: &Local) -> PasskeyView {
        let named = self.settings.passkey(&slot.id);
        let note = local.passkey(&slot.id);
        PasskeyView {
            slot_id: slot.id.to_string(),
            name: named.map(|named| named.name.clone()).unwrap_or_default(),
            added_at: named
                .map(|named| named.added)
                .or(note.map(|note| note.added_at))
                .unwrap_or(0),
            last_used_at: note.and_then(|note| note.last_used_at),
            backup_eligible: slot.flags & FLAG_BACKUP_ELIGIBLE != 0,
            synced: slot.flags & FLAG_BACKED_UP != 0,
            used_here: note.is_some_and(|note| note.used_here),
        }
    }
}

/// The view of a vault from its header and local record.
pub(super) fn locked_view(
    local: &Local,
    header: Option<&Header>,
    remarks: &[Remark],
) -> LockedView {
    let retired = local
        .retired()
        .iter()
        .enumerate()
        .map(|(index, retired)| RetiredPassword {
            index,
            kdf_id: retired.kdf_id.byte(),
            salt: encode(&retired.salt),
            replaced_at: retired.replaced_at,
        });
    LockedView {
        vault_name: local.vault_name.clone(),
        created_at: local.created_at,
        has_hint: !local.hint.is_empty(),
        password_set_at: local.password_set_at,
        password_slots: header.map(password_slots).unwrap_or_default(),
        retired: retired.collect(),
        passkeys: header
            .map(|header| locked_passkeys(header, local, remarks))
            .unwrap_or_default(),
        recovery: header
            .map(|header| recovery(header, local))
            .unwrap_or_default(),
        damage: Vec::new(),
    }
}

pub(super) fn password_slots(header: &Header) -> Vec<PasswordSlot> {
    header
        .slots_of(SlotKind::Password)
        .map(|slot| PasswordSlot {
            slot_id: slot.id.to_string(),
            kdf_id: slot.kdf_id.byte(),
            salt: encode(&slot.salt),
        })
        .collect()
}

pub(super) fn locked_passkeys(
    header: &Header,
    local: &Local,
    remarks: &[Remark],
) -> Vec<LockedPasskey> {
    let view = |slot: &Slot| {
        let note = local.passkey(&slot.id);
        let remark = remarks
            .iter()
            .find(|remark| remark.slot == slot.id)
            .map(|remark| remark.problem);
        LockedPasskey {
            slot_id: slot.id.to_string(),
            credential_id: encode(&slot.aux),
            salt: encode(&slot.salt),
            synced: slot.flags & FLAG_BACKED_UP != 0,
            backup_eligible: slot.flags & FLAG_BACKUP_ELIGIBLE != 0,
            used_here: note.is_some_and(|note| note.used_here),
            last_used_at: note.and_then(|note| note.last_used_at),
            last_problem: remark
                .or(note.and_then(|note| note.last_problem))
                .map(problem_name),
        }
    };
    header.slots_of(SlotKind::Passkey).map(view).collect()
}

fn recovery(header: &Header, local: &Local) -> LockedRecovery {
    let mut slots = header.slots_of(SlotKind::Recovery).peekable();
    LockedRecovery {
        exists: slots.peek().is_some(),
        confirmed: slots.any(|slot| slot.flags & FLAG_CONFIRMED != 0),
        created_at: local.recovery_created_at,
    }
}

fn problem_name(problem: PasskeyProblem) -> &'static str {
    match problem {
        PasskeyProblem::NoPrf => "no-prf",
        PasskeyProblem::KeyChanged => "key-changed",
        PasskeyProblem::NoUserVerification => "no-user-verification",
        PasskeyProblem::NotAllowed => "not-allowed",
    }
}
