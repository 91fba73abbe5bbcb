//! Filling as the background asks for it, with the vault around it.

use super::*;
use sesame_forms::Snapshot;
use sesame_vault::generate::{Characters, Options};

fn saved(machine: &Machine, keeper: &mut Keeper, edit: &ItemEdit) -> (String, Vec<u8>) {
    let saved = keeper.save(edit, None).unwrap();
    let id = saved.id.to_string();
    machine.write(saved.commit);
    let row = machine.row(&id);
    (id, row)
}

fn of_kind(kind: &str) -> ItemEdit {
    let mut edit = ItemEdit::default();
    edit.kind = kind.into();
    edit.name = kind.into();
    edit.fields
        .insert("cardNumber".into(), "4111111111111111".into());
    edit.fields.insert("givenName".into(), "Ada".into());
    edit
}

#[test]
fn cards_and_identities_are_filled_and_notes_are_not() {
    let machine = Machine::new(21);
    let (mut keeper, _) = machine.created();
    for kind in ["login", "card", "identity"] {
        let (id, row) = saved(&machine, &mut keeper, &of_kind(kind));
        let verdict = keeper.plan_fill(&id, &row, "[]", "", "").unwrap();
        assert!(
            verdict.contains(r#""reason":"no-form""#),
            "{kind}: {}",
            *verdict
        );
    }
    let (id, row) = saved(&machine, &mut keeper, &of_kind("note"));
    assert_eq!(code(keeper.plan_fill(&id, &row, "[]", "", "")), "not-found");
    assert_eq!(
        code(keeper.http_credentials(&id, &row, "https://a.it", "https://a.it/")),
        "not-found"
    );
}

#[test]
fn s75_credentials_for_a_server_come_from_the_same_place() {
    let machine = Machine::new(22);
    let (mut keeper, _) = machine.created();
    let (id, row) = saved(
        &machine,
        &mut keeper,
        &login("Router", "https://one.it", "secret"),
    );
    let ask = |origin: &str| {
        keeper
            .http_credentials(&id, &row, origin, &format!("{origin}/"))
            .unwrap()
    };
    assert!(ask("https://one.it").contains("secret"));
    for origin in ["https://two.it", "http://one.it", "null"] {
        assert!(!ask(origin).contains("secret"), "{origin}");
    }
    let commit = keeper.set_bin(&id, &row, true).unwrap();
    machine.write(commit);
    let row = machine.row(&id);
    assert_eq!(
        code(keeper.http_credentials(&id, &row, "https://one.it", "https://one.it/")),
        "not-found"
    );
}

/// Whatever becomes of the page, the password is in the history before it is in the page.
#[test]
fn a_suggested_password_must_be_remembered_first() {
    let machine = Machine::new(23);
    let (mut keeper, _) = machine.created();
    let ask = |keeper: &Keeper, value: &str| keeper.plan_suggested(value, "[]", "", "");
    assert_eq!(code(ask(&keeper, "made-up")), "not-found");
    assert_eq!(code(ask(&keeper, "")), "not-found");
    let commit = keeper.remember_generated("made-up").unwrap();
    machine.write(commit);
    assert!(ask(&keeper, "made-up").unwrap().contains("no-form"));
    keeper.lock();
    assert_eq!(code(ask(&keeper, "made-up")), "locked");
}

fn sign_up(password_rules: &str, pattern: &str) -> Snapshot {
    let field = |group: usize, rules: &str, most: Option<u32>| {
        serde_json::json!({
            "tag": "input", "type": "password", "name": "", "id": "", "className": "", "autocomplete": "new-password",
            "placeholder": "", "ariaLabel": "", "title": "", "inputMode": "", "pattern": pattern, "maxLength": most,
            "passwordRules": rules, "minLength": null, "readOnly": false, "disabled": false, "required": false,
            "hasValue": false, "ariaHidden": false, "tabIndex": 0, "label": "New password", "description": "",
            "nearby": "", "options": [], "group": group, "visibility": "yes", "x": 0, "y": 0, "width": 200, "height": 30,
        })
    };
    let group = serde_json::json!({
        "isForm": true, "attributes": "", "action": "", "hasAction": false, "method": "post", "hasMethod": true,
        "headings": [], "links": [],
        "buttons": [{ "text": "Create account", "attributes": "", "submit": true, "formAction": "", "formMethod": "", "visible": true }],
    });
    let snapshot = serde_json::json!({
        "id": "1", "title": "", "lang": "en", "path": "/", "headings": [], "focused": 1, "frameVisible": true,
        "fields": [field(0, "maxlength: 9", None), field(1, password_rules, Some(30)), field(1, "", Some(14))],
        "groups": [group.clone(), group],
    });
    serde_json::from_value(snapshot).unwrap()
}

#[test]
fn s85_a_suggestion_obeys_the_form_that_the_person_is_in() {
    let machine = Machine::new(24);
    let mut keeper = machine.empty();
    let wish = Options::Characters(Characters::default());
    let mut suggest = |rules: &str, pattern: &str| {
        keeper
            .suggest(&sign_up(rules, pattern), &wish)
            .unwrap()
            .value
    };
    // The repeated field is the narrower one, and the other form's rules are nobody's here.
    assert_eq!(suggest("", "").chars().count(), 14);
    assert_eq!(suggest("maxlength: 12", "").chars().count(), 12);
    let digits = suggest("allowed: digit; required: digit", "");
    assert!(digits.chars().all(|c| c.is_ascii_digit()));
    assert!(
        suggest("", "[a-z]{10,12}")
            .chars()
            .all(|c| c.is_ascii_lowercase())
    );
    // As long as the script cuts off: what is left of it may mean something else.
    let whole = format!("{}[a-z]{{9,12}}", "(?=.{1,99})".repeat(13));
    assert!(suggest("", &whole).chars().all(|c| c.is_ascii_lowercase()));
    let cut = format!("(?=.{{0,9}}){whole}");
    assert_eq!(cut.len(), 164);
    assert!(suggest("", &cut).chars().any(|c| !c.is_ascii_lowercase()));
}
