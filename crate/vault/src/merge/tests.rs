use super::*;
use crate::item::{CustomField, CustomKind, MatchMode, Website};
use proptest::prelude::*;
use sesame_protocol::{
    AccountId, DeviceId, FLAG_CONFIRMED, FLAG_SUCCESSOR, GenId, HEADER_MAC_LEN, Header, ItemId,
    KdfId, MAX_SLOTS, Slot, SlotId, SlotKind, WRAP_LEN,
};

fn item(device: u8, modified: u64) -> Item {
    let device = DeviceId::from_bytes([device; 16]);
    let mut item = Item::new(ItemId::from_bytes([9; 16]), Kind::Login, 1, device);
    item.modified = modified;
    item
}

fn text() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "a", "b", "c"]).prop_map(str::to_owned)
}

fn any_item() -> impl Strategy<Value = Item> {
    let texts = [text(), text(), text(), text(), text()];
    let pairs = prop::collection::vec((text(), text()), 0..4);
    let lists = (pairs, prop::collection::vec(text(), 0..3));
    let rest = (any::<bool>(), prop::option::of(1..5u64), 1..4u8, 1..5u64);
    (texts, lists, rest).prop_map(
        |([name, username, password, totp, notes], (custom, urls), rest)| {
            let (favourite, deleted, device, modified) = rest;
            let mut item = item(device, modified);
            (item.name, item.username, item.password) = (name, username, password);
            (item.totp, item.notes) = (totp, notes);
            let field = |(name, value)| CustomField {
                name,
                kind: CustomKind::Text,
                value,
                ..CustomField::default()
            };
            item.custom = custom.into_iter().map(field).collect();
            item.websites = urls
                .into_iter()
                .map(|url| Website {
                    url,
                    mode: MatchMode::Host,
                    ..Website::default()
                })
                .collect();
            (item.favourite, item.deleted) = (favourite, deleted);
            item
        },
    )
}

fn says(item: &Item, value: &str) -> bool {
    let current = [
        &item.name,
        &item.username,
        &item.password,
        &item.totp,
        &item.notes,
    ];
    current.into_iter().any(|known| known == value)
        || item.custom.iter().any(|field| field.value == value)
        || item.history.iter().any(|old| old.value == value)
        || item.others.iter().any(|other| other.value == value)
}

proptest! {
    /// Which side is called local makes no difference.
    #[test]
    fn a_merge_is_the_same_from_both_sides(
        base in prop::option::of(any_item()),
        one in any_item(),
        other in any_item(),
    ) {
        prop_assume!((one.modified, *one.device.as_bytes()) != (other.modified, *other.device.as_bytes()));
        let here = merge_items(base.as_ref(), &one, &other, Prefer::Newer);
        let there = merge_items(base.as_ref(), &other, &one, Prefer::Newer);
        prop_assert!(here.item == there.item);
    }

    /// What only one side changed is what comes out; and merging with what both began with is nothing.
    #[test]
    fn one_sided_changes_are_taken(base in any_item(), one in any_item()) {
        let mut unchanged = base.clone();
        unchanged.device = DeviceId::from_bytes([8; 16]);
        for (local, remote) in [(&one, &unchanged), (&unchanged, &one)] {
            let merged = merge_items(Some(&base), local, remote, Prefer::Newer).item;
            prop_assert!(same_content(&merged, &one));
            prop_assert!(merged.deleted == one.deleted || base.deleted.is_some());
            prop_assert!(merged.others.is_empty());
        }
    }

    /// S-33: without a base no text of either side is gone.
    #[test]
    fn s33_without_a_base_nothing_is_gone(one in any_item(), other in any_item()) {
        for prefer in [Prefer::Newer, Prefer::Local] {
            let merged = merge_items(None, &one, &other, prefer).item;
            for side in [&one, &other] {
                for text in [&side.name, &side.username, &side.password, &side.totp, &side.notes] {
                    prop_assert!(text.is_empty() || says(&merged, text));
                }
                for field in &side.custom {
                    prop_assert!(field.value.is_empty() || says(&merged, &field.value));
                }
                for site in &side.websites {
                    prop_assert!(merged.websites.iter().any(|known| known.url == site.url));
                }
            }
        }
    }

    /// Merging what was merged again changes nothing.
    #[test]
    fn a_merge_is_settled(base in any_item(), one in any_item(), other in any_item()) {
        let merged = merge_items(Some(&base), &one, &other, Prefer::Newer).item;
        let again = merge_items(Some(&one), &one, &merged, Prefer::Newer).item;
        prop_assert!(same_content(&again, &merged));
    }
}

#[test]
fn pairs_of_a_newer_version_are_merged_too() {
    let pair = |value: u8| Extra::of(vec![(vec![0x18, 0x40], vec![value])]);
    let (mut one, mut other) = (item(1, 1), item(2, 2));
    one.extra = pair(1);
    other.extra = pair(2);
    let merged = merge_items(None, &one, &other, Prefer::Newer).item;
    assert!(merged.extra == pair(2));
    assert_eq!(merged.others[0].field, "unknown:1840");
    assert_eq!(merged.others[0].value, "01");
    let merged = merge_items(Some(&other), &one, &other, Prefer::Newer).item;
    assert!(merged.extra == pair(1) && merged.others.is_empty());
}

#[test]
fn what_is_kept_has_an_end() {
    let (mut one, mut other) = (item(1, 1), item(2, 2));
    for (number, side) in [(0, &mut one), (1, &mut other)] {
        for at in 0..40 {
            side.remember(format!("{number}-{at}"), at);
            side.history.truncate(40);
        }
        side.history = (0..40)
            .map(|at| OldSecret {
                value: format!("{number}-{at}"),
                replaced: 40 - at,
                ..OldSecret::default()
            })
            .collect();
    }
    let merged = merge_items(None, &one, &other, Prefer::Newer).item;
    assert_eq!(merged.history.len(), HISTORY_MAX);
    assert!(
        merged
            .history
            .is_sorted_by(|one, other| one.replaced >= other.replaced)
    );
}

fn slot(id: u8, kind: SlotKind, flags: u16) -> Slot {
    Slot {
        id: SlotId::from_bytes([id; 16]),
        kind,
        kdf_id: KdfId::None,
        flags,
        salt: [0; 32],
        aux: Vec::new(),
        wrap: [0; WRAP_LEN],
    }
}

fn header(slots: &[Slot]) -> Header {
    Header {
        account: AccountId::from_bytes([1; 16]),
        generation: GenId::from_bytes([2; 16]),
        hdr_seq: 0,
        min_reader: 1,
        slots: slots.to_vec(),
        vault_pub: [0; 32],
        mac: [0; HEADER_MAC_LEN],
    }
}

fn merged(base: &[Slot], local: &[Slot], remote: &[Slot]) -> Vec<u8> {
    let mut ids: Vec<u8> = slots(&header(base), &header(local), &header(remote))
        .iter()
        .map(|slot| slot.id.as_bytes()[0])
        .collect();
    ids.sort_unstable();
    ids
}

/// S-13, S-167, S-168: what either side removed is gone, what either side added stays, and there is
/// always a password, and a trusted code beside each passkey.
#[test]
fn s13_slots_of_both_sides() {
    let password = |id| slot(id, SlotKind::Password, 0);
    let code = |id, flags| slot(id, SlotKind::Recovery, flags);
    let passkey = |id| slot(id, SlotKind::Passkey, 0);
    let base = [password(1), code(2, FLAG_CONFIRMED), passkey(3)];
    // Both change the password; one of them the code as well.
    let local = [password(4), code(2, FLAG_CONFIRMED), passkey(3)];
    let remote = [password(5), code(6, FLAG_SUCCESSOR), passkey(3)];
    assert_eq!(merged(&base, &local, &remote), [3, 4, 5, 6]);
    // A passkey removed here, another added there.
    let local = [password(1), code(2, FLAG_CONFIRMED)];
    let remote = [password(1), code(2, FLAG_CONFIRMED), passkey(3), passkey(7)];
    assert_eq!(merged(&base, &local, &remote), [1, 2, 7]);
    // Each left itself another one of two passwords.
    let two = [password(1), password(2)];
    assert_eq!(merged(&two, &[password(1)], &[password(2)]), [2]);
    // A passkey was added here beside the code that was removed there.
    let base = [password(1), code(2, FLAG_CONFIRMED)];
    let local = [password(1), code(2, FLAG_CONFIRMED), passkey(3)];
    assert_eq!(merged(&base, &local, &[password(1)]), [1, 2, 3]);
    // Too many: passkeys go, nothing else.
    let many: Vec<Slot> = (20..34).map(passkey).collect();
    let local: Vec<Slot> = base.iter().cloned().chain(many).collect();
    let others: Vec<Slot> = (40..54).map(passkey).collect();
    let remote: Vec<Slot> = base.iter().cloned().chain(others).collect();
    let all = merged(&base, &local, &remote);
    assert_eq!(all.len(), MAX_SLOTS);
    assert!(all.contains(&1) && all.contains(&2));
}
