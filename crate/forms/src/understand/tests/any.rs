//! Any page at all.

use super::*;
use proptest::prelude::*;

pub(crate) fn any_snapshot() -> impl Strategy<Value = Snapshot> {
    let kinds = prop::sample::select(vec![
        "text", "password", "email", "tel", "number", "search", "select", "url", "date", "",
    ]);
    let words = prop::sample::select(vec![
        "",
        "Password",
        "New password",
        "Repeat password",
        "User name",
        "E-Mail",
        "Code",
        "OTP",
        "SMS code",
        "Search",
        "Card number",
        "確認",
        "비밀번호",
        "\u{0301}\u{200d}",
        "ß",
        "İ",
    ]);
    let tokens = prop::sample::select(vec![
        "",
        "off",
        "username",
        "current-password",
        "new-password",
        "one-time-code",
        "cc-csc",
        "webauthn",
    ]);
    let look = (
        any::<bool>(),
        any::<bool>(),
        0usize..5,
        prop::option::of(0u32..70),
        any::<i32>(),
        any::<u16>(),
    );
    let one =
        (kinds, words, tokens, "\\PC{0,12}", look).prop_map(|(kind, label, token, name, look)| {
            let (seen, select, group, max_length, y, width) = look;
            Field {
                name,
                autocomplete: token.to_owned(),
                tag: if select { Tag::Select } else { Tag::Input },
                visibility: if seen {
                    Visibility::Yes
                } else {
                    Visibility::Clipped
                },
                group,
                max_length,
                y,
                width: i32::from(width),
                ..field(kind, label)
            }
        });
    let groups = prop::collection::vec(("\\PC{0,20}", "\\PC{0,30}", any::<bool>()), 0..4);
    (
        prop::collection::vec(one, 0..24),
        groups,
        prop::option::of(0usize..30),
    )
        .prop_map(|(fields, groups, focused)| {
            let group = |(text, action, is_form): (String, String, bool)| Group {
                is_form,
                attributes: text.clone(),
                action,
                buttons: vec![Button {
                    text,
                    submit: true,
                    visible: is_form,
                    ..Button::default()
                }],
                ..Group::default()
            };
            Snapshot {
                fields,
                focused,
                groups: groups.into_iter().map(group).collect(),
                frame_visible: true,
                ..Snapshot::default()
            }
        })
}

proptest! {
    #[test]
    fn any_page_gets_an_answer(snapshot in any_snapshot()) {
        let found = understand(&snapshot);
        prop_assert_eq!(found.roles.len(), snapshot.fields.len());
        prop_assert_eq!(found.purposes.len(), snapshot.groups.len());
        for at in 0..snapshot.fields.len() + 1 {
            let known = snapshot.fields.get(at).is_some_and(|field| field.group < snapshot.groups.len());
            prop_assert_eq!(found.explain(&snapshot, at).is_some(), known);
        }
    }
}
