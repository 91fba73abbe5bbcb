mod details;

use super::*;
use crate::snapshot::Visibility;
use crate::understand::tests::{any_snapshot, field, page};
use proptest::prelude::*;

const ALL: Has = Has {
    username: true,
    email: true,
    password: true,
    code: true,
};

fn gives(snapshot: &Snapshot, has: Has) -> Vec<(usize, Give)> {
    plan(snapshot, Offer::Login(has), None).unwrap().gives
}

#[test]
fn a_sign_in_form_gets_both_and_is_then_sent() {
    let snapshot = page(
        vec![field("text", "User name"), field("password", "Password")],
        "",
        "Sign in",
    );
    let plan = plan(&snapshot, Offer::Login(ALL), None).unwrap();
    assert_eq!(plan.gives, [(0, Give::Username), (1, Give::Password)]);
    assert_eq!(
        (plan.next, plan.purpose),
        (Some(Next::Submit), Purpose::Login)
    );
}

#[test]
fn a_first_step_gets_the_user_name_and_leads_on() {
    let mut fields = vec![
        field("text", "Customer number"),
        field("password", "Password"),
    ];
    fields[1].visibility = Visibility::NotRendered;
    let plan = plan(&page(fields, "Sign in", "Next"), Offer::Login(ALL), None).unwrap();
    assert_eq!(
        (plan.gives, plan.next),
        (vec![(0, Give::Username)], Some(Next::NextStep))
    );
}

#[test]
fn a_user_name_that_is_no_address_stays_out_of_an_email_field() {
    let snapshot = page(
        vec![field("email", "Email"), field("password", "Password")],
        "",
        "Sign in",
    );
    assert_eq!(
        gives(
            &snapshot,
            Has {
                email: false,
                ..ALL
            }
        ),
        [(1, Give::Password)]
    );
    assert_eq!(gives(&snapshot, ALL).len(), 2);
}

#[test]
fn s71_sign_up_gets_the_address_and_no_password() {
    let fields = vec![
        field("email", "Email"),
        field("password", "Password"),
        field("password", "Repeat password"),
    ];
    let plan = plan(&page(fields, "", "Create account"), Offer::Login(ALL), None).unwrap();
    assert_eq!((plan.gives, plan.next), (vec![(0, Give::Username)], None));
}

#[test]
fn s72_a_field_that_shows_its_text_is_planned_for_only_beside_no_password_field() {
    let shown = crate::Field {
        autocomplete: "current-password".to_owned(),
        ..field("text", "Password")
    };
    let user = field("text", "User name");
    // It may become a password field when it is entered; the script looks.
    let alone = page(vec![user.clone(), shown.clone()], "", "Sign in");
    assert_eq!(
        gives(&alone, ALL),
        [(0, Give::Username), (1, Give::Password)]
    );
    let beside = page(
        vec![user, shown, field("password", "Password")],
        "",
        "Sign in",
    );
    assert_eq!(
        gives(&beside, ALL),
        [(0, Give::Username), (2, Give::Password)]
    );
}

#[test]
fn s72_an_email_or_number_field_is_never_given_a_password() {
    for kind in ["email", "number", "tel", "search", "url"] {
        let shown = crate::Field {
            autocomplete: "current-password".to_owned(),
            ..field(kind, "Password")
        };
        let snapshot = page(vec![field("text", "User name"), shown], "", "Sign in");
        assert!(
            !gives(&snapshot, ALL)
                .iter()
                .any(|(_, give)| *give == Give::Password),
            "{kind}"
        );
    }
}

#[test]
fn s73_traps_are_left_alone_and_a_hidden_form_is_called_so() {
    let trap = crate::Field {
        aria_hidden: true,
        tab_index: -1,
        ..field("password", "Password")
    };
    let snapshot = page(
        vec![
            field("text", "User name"),
            trap,
            field("password", "Password"),
        ],
        "",
        "Sign in",
    );
    assert_eq!(
        gives(&snapshot, ALL),
        [(0, Give::Username), (2, Give::Password)]
    );

    let mut hidden = page(
        vec![field("text", "User name"), field("password", "Password")],
        "",
        "Sign in",
    );
    for field in &mut hidden.fields {
        field.visibility = Visibility::Transparent;
    }
    assert_eq!(
        plan(&hidden, Offer::Login(ALL), None),
        Err(NoPlan::NotVisible)
    );
    assert_eq!(
        plan(&Snapshot::default(), Offer::Login(ALL), None),
        Err(NoPlan::NoForm)
    );
}

#[test]
fn the_form_with_the_focus_goes_first() {
    let mut snapshot = page(
        vec![field("text", "User name"), field("password", "Password")],
        "",
        "Sign in",
    );
    let again: Vec<_> = snapshot
        .fields
        .iter()
        .map(|field| crate::Field {
            group: 1,
            ..field.clone()
        })
        .collect();
    snapshot.fields.extend(again);
    snapshot.groups.push(snapshot.groups[0].clone());
    assert_eq!(plan(&snapshot, Offer::Login(ALL), None).unwrap().group, 0);
    snapshot.focused = Some(3);
    assert_eq!(plan(&snapshot, Offer::Login(ALL), None).unwrap().group, 1);
    assert_eq!(
        plan(&snapshot, Offer::Login(ALL), Some(0)).unwrap().group,
        0
    );
    assert_eq!(
        plan(&snapshot, Offer::Login(ALL), Some(2)),
        Err(NoPlan::NoForm)
    );
}

#[test]
fn newsletters_and_searches_are_no_forms_for_a_login() {
    assert_eq!(
        plan(
            &page(vec![field("email", "Email")], "Newsletter", "Subscribe"),
            Offer::Login(ALL),
            None
        ),
        Err(NoPlan::NoForm)
    );
    assert_eq!(
        plan(
            &page(vec![field("search", "Search")], "", "Search"),
            Offer::Login(ALL),
            None
        ),
        Err(NoPlan::NoForm)
    );
}

proptest! {
    #[test]
    fn any_plan_keeps_the_rules(snapshot in any_snapshot()) {
        if let Ok(plan) = plan(&snapshot, Offer::Login(ALL), None) {
            let mut last = None;
            for (index, give) in &plan.gives {
                let field = &snapshot.fields[*index];
                prop_assert!(last < Some(*index));
                last = Some(*index);
                prop_assert_eq!(field.group, plan.group);
                prop_assert!(field.is_seen() && field.is_editable(), "S-73");
                if *give == Give::Password {
                    prop_assert!(["password", "text"].contains(&field.kind.as_str()), "S-72");
                    prop_assert!(!field.autocomplete.contains("new-password"), "S-71");
                }
            }
            prop_assert!(plan.gives.iter().filter(|(_, give)| *give == Give::Password).count() <= 1, "S-74");
        }
    }
}
