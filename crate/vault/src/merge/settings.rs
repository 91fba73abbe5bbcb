//! The settings: sets by their members, passkeys and browsers by id, dates by the latest, and for the
//! rest the later change. What is replaced here is a choice, and nothing that a person keeps.

use zeroize::Zeroizing;

use super::list::{Line, merge_lines};
use super::{Prefer, Side, hex, merge_extra, three_way};
use crate::order::sorted_by;
use crate::settings::{DEVICES_MAX, RETIRED_MAX, Settings};

/// Merges two versions of the settings; `base` is what both began with, where that is known.
#[must_use]
pub fn merge_settings(
    base: Option<&Settings>,
    local: &Settings,
    remote: &Settings,
    prefer: Prefer,
) -> Settings {
    let local_wins = prefer == Prefer::Local || local.modified > remote.modified;
    let (won, lost) = if local_wins {
        (local, remote)
    } else {
        (remote, local)
    };
    let mut out = won.clone();
    // One line for each choice: whichever side alone changed it, otherwise the winner's.
    macro_rules! choice {
        ($($field:ident).+) => {
            if three_way(base.map(|base| &base.$($field).+), &won.$($field).+, &lost.$($field).+) == Side::Lost {
                out.$($field).+ = lost.$($field).+.clone();
            }
        };
    }
    choice!(lock_after);
    choice!(vault_name);
    choice!(hint);
    choice!(rec_pub);
    choice!(filling.icon);
    choice!(filling.copy_code);
    out.modified = won.modified.max(lost.modified);
    out.password_set = won.password_set.max(lost.password_set);
    out.backup_saved = won.backup_saved.max(lost.backup_saved);
    out.retired.extend(&lost.retired);
    out.retired = sorted_by(out.retired, |one, other| other.cmp(one));
    out.retired.dedup();
    out.retired.truncate(RETIRED_MAX);
    let passkeys = |settings: &Settings| -> Vec<Line> {
        let named = settings.passkeys.iter();
        named
            .map(|named| Line::new(&hex(&named.slot), named.to_cbor()))
            .collect()
    };
    out.passkeys = merge_lines(base.map(passkeys), passkeys(won), passkeys(lost))
        .of(&won.passkeys, &lost.passkeys);
    let devices = |settings: &Settings| -> Vec<Line> {
        let named = settings.devices.iter();
        named
            .map(|named| Line::new(&hex(&named.device), named.to_cbor()))
            .collect()
    };
    out.devices =
        merge_lines(base.map(devices), devices(won), devices(lost)).of(&won.devices, &lost.devices);
    let over = out.devices.len().saturating_sub(DEVICES_MAX);
    out.devices.drain(..over);
    let groups = |settings: &Settings| -> Vec<Line> {
        let groups = settings.filling.equivalents.iter();
        groups
            .map(|group| Line::new(&group.join("\n"), Zeroizing::default()))
            .collect()
    };
    let equivalents = merge_lines(base.map(groups), groups(won), groups(lost))
        .of(&won.filling.equivalents, &lost.filling.equivalents);
    out.filling.equivalents = sorted_by(equivalents, Ord::cmp);
    out.filling.built_in_off = names(base, won, lost, |settings| &settings.filling.built_in_off);
    out.filling.never = names(base, won, lost, |settings| &settings.filling.never);
    out.extra = merge_extra(
        base.map(|base| &base.extra),
        &won.extra,
        &lost.extra,
        &mut Vec::new(),
    );
    out
}

/// A set of names, in its one order. There may be thousands: by search, not by [`merge_lines`].
fn names(
    base: Option<&Settings>,
    won: &Settings,
    lost: &Settings,
    of: impl for<'s> Fn(&'s Settings) -> &'s Vec<String>,
) -> Vec<String> {
    let (before, won, lost) = (base.map(&of), of(won), of(lost));
    let has = |list: &Vec<String>, name: &String| list.binary_search(name).is_ok();
    let began = |name: &String| before.is_some_and(|before| has(before, name));
    let stays = |name: &&String| !began(name) || (has(won, name) && has(lost, name));
    let mut all: Vec<String> = won.iter().chain(lost).filter(stays).cloned().collect();
    all = sorted_by(all, Ord::cmp);
    all.dedup();
    all
}
