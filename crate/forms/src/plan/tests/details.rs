//! Cards, identities and passwords made for a form: S-71 to S-74 hold for them, too.

use super::*;

const CARD: [Role; 6] = [
    Role::CcName,
    Role::CcNumber,
    Role::CcCsc,
    Role::CcExp,
    Role::CcExpMonth,
    Role::CcExpYear,
];
const PERSON: [Role; 6] = [
    Role::Name,
    Role::GivenName,
    Role::FamilyName,
    Role::Email,
    Role::Tel,
    Role::Country,
];

#[test]
fn a_name_beside_a_card_number_is_the_name_on_the_card() {
    let fields = || {
        vec![
            field("text", "Name"),
            field("tel", "Card number"),
            field("text", "CVV"),
        ]
    };
    let gives = plan(
        &page(fields(), "Payment", "Pay now"),
        Offer::Card(&CARD),
        None,
    )
    .unwrap()
    .gives;
    assert_eq!(gives.first(), Some(&(0, Give::Part(Role::CcName))));
    assert!(gives.contains(&(1, Give::Part(Role::CcNumber))));
}

#[test]
fn what_the_card_lacks_is_not_planned() {
    let fields = vec![field("tel", "Card number"), field("text", "CVV")];
    let snapshot = page(fields, "Payment", "Pay now");
    let plan = |has: &[Role]| plan(&snapshot, Offer::Card(has), None);
    assert_eq!(plan(&[Role::CcNumber]).unwrap().gives.len(), 1);
    assert_eq!(plan(&[Role::CcExp]), Err(NoPlan::NoForm));
}

#[test]
fn an_address_is_asked_for_again_and_filled_again() {
    let fields = vec![
        field("text", "First name"),
        field("email", "Email"),
        field("email", "Repeat email"),
    ];
    let gives = plan(
        &page(fields, "Sign up", "Create account"),
        Offer::Identity(&PERSON),
        None,
    )
    .unwrap()
    .gives;
    assert_eq!(gives.len(), 3);
}

#[test]
fn the_form_that_takes_most_goes_first() {
    let mut snapshot = page(
        vec![
            field("email", "Email"),
            field("text", "First name"),
            field("text", "Last name"),
        ],
        "",
        "Continue",
    );
    let again = snapshot.groups[0].clone();
    snapshot.groups.push(again);
    for field in &mut snapshot.fields[1..] {
        field.group = 1;
    }
    assert_eq!(
        plan(&snapshot, Offer::Identity(&PERSON), None)
            .unwrap()
            .group,
        1
    );
}

proptest! {
    #[test]
    fn any_plan_of_details_keeps_the_rules(snapshot in any_snapshot()) {
        for offer in [Offer::Card(&CARD), Offer::Identity(&PERSON), Offer::NewPassword] {
            let Ok(plan) = plan(&snapshot, offer, None) else { continue };
            prop_assert!(plan.next.is_none());
            let mut last = None;
            for (index, give) in &plan.gives {
                let field = &snapshot.fields[*index];
                prop_assert!(last < Some(*index));
                last = Some(*index);
                prop_assert_eq!(field.group, plan.group, "S-74");
                prop_assert!(field.is_seen() && field.is_editable(), "S-73");
                match (offer, give) {
                    (Offer::Card(_), Give::Part(role)) => prop_assert!(role.is_card(), "S-71"),
                    (Offer::Card(_), Give::NumberPart(at, of)) => prop_assert!(at < of),
                    (Offer::Identity(_), Give::Part(role)) => prop_assert!(!role.is_card() && PERSON.contains(role)),
                    (Offer::Identity(_), Give::CallingCode) => {}
                    (Offer::NewPassword, Give::NewPassword) => {
                        prop_assert_eq!(field.kind.as_str(), "password", "S-72");
                    }
                    other => prop_assert!(false, "{other:?}"),
                }
            }
        }
    }
}
