//! What a page's script says it sees.
#![no_main]

use sesame_forms::{Has, Offer, Role, Snapshot, plan, understand};

const CARD: [Role; 3] = [Role::CcNumber, Role::CcCsc, Role::CcExp];
const PERSON: [Role; 3] = [Role::Name, Role::Email, Role::Tel];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(snapshot) = serde_json::from_slice::<Snapshot>(bytes) else {
        return;
    };
    assert_eq!(understand(&snapshot).roles.len(), snapshot.fields.len());
    let has = Has {
        username: true,
        email: true,
        password: true,
        code: true,
    };
    let offers = [
        Offer::Login(has),
        Offer::Card(&CARD),
        Offer::Identity(&PERSON),
        Offer::NewPassword,
    ];
    for plan in offers.into_iter().filter_map(|offer| plan(&snapshot, offer, None).ok()) {
        for (index, _) in plan.gives {
            let field = &snapshot.fields[index];
            assert!(field.group == plan.group && field.is_seen() && field.is_editable());
        }
    }
});
