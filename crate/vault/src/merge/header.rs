//! Key slots of two headers. A slot's content never changes under its id, so ids are enough. Nobody
//! may be locked out: where both sides changed the password or the recovery code, both open the vault.

use sesame_protocol::{FLAG_CONFIRMED, FLAG_SUCCESSOR, Header, MAX_SLOTS, Slot, SlotKind};

/// The slots that the merged header has, in no particular order: what either side added, without
/// what either side removed.
pub(crate) fn slots(base: &Header, local: &Header, remote: &Header) -> Vec<Slot> {
    let mut out: Vec<Slot> = Vec::new();
    for slot in remote.slots.iter().chain(&local.slots) {
        let in_both = local.slot(&slot.id).is_some() && remote.slot(&slot.id).is_some();
        let added = base.slot(&slot.id).is_none();
        if (in_both || added) && !has(&out, slot) {
            out.push(slot.clone());
        }
    }
    // Each side left itself a password; together they may have left none.
    if !out.iter().any(|slot| slot.kind == SlotKind::Password) {
        restore(&mut out, remote.slots_of(SlotKind::Password));
    }
    let rests_on_code = |slots: &[Slot]| slots.iter().any(|slot| slot.kind == SlotKind::Passkey);
    if rests_on_code(&out) && !out.iter().any(is_trusted_code) {
        let trusted = |slot: &&Slot| is_trusted_code(slot);
        restore(&mut out, remote.slots.iter().filter(trusted));
        restore(&mut out, local.slots.iter().filter(trusted));
    }
    // Passkeys go first where there are too many: they can be set up again.
    while out.len() > MAX_SLOTS {
        let last = out.iter().rposition(|slot| slot.kind == SlotKind::Passkey);
        let last = last.or_else(|| out.iter().rposition(|slot| slot.kind == SlotKind::Recovery));
        out.remove(last.unwrap_or(out.len() - 1));
    }
    out
}

/// A recovery code that was typed back, or that took the place of one that was: passkeys may rest on it (S-172).
pub(crate) fn is_trusted_code(slot: &Slot) -> bool {
    slot.kind == SlotKind::Recovery && slot.flags & (FLAG_CONFIRMED | FLAG_SUCCESSOR) != 0
}

pub(crate) fn has(slots: &[Slot], wanted: &Slot) -> bool {
    slots.iter().any(|slot| slot.id == wanted.id)
}

fn restore<'s>(out: &mut Vec<Slot>, slots: impl Iterator<Item = &'s Slot>) {
    for slot in slots {
        if !has(out, slot) {
            out.push(slot.clone());
        }
    }
}
