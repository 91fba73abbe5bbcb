use super::*;
use crate::snapshot::{Button, Visibility};

mod any;
mod known;
mod languages;

pub(crate) use any::any_snapshot;

/// A field as `type label`, with an optional `#id` and `@autocomplete`.
pub(crate) fn field(kind: &str, label: &str) -> Field {
    Field {
        kind: kind.to_owned(),
        label: label.to_owned(),
        width: 200,
        height: 30,
        ..Field::default()
    }
}

pub(crate) fn page(fields: Vec<Field>, heading: &str, button: &str) -> Snapshot {
    let button = Button {
        text: button.to_owned(),
        submit: true,
        visible: true,
        ..Button::default()
    };
    let group = Group {
        is_form: true,
        headings: vec![heading.to_owned()],
        buttons: vec![button],
        ..Group::default()
    };
    Snapshot {
        frame_visible: true,
        fields,
        groups: vec![group],
        ..Snapshot::default()
    }
}

fn check(fields: Vec<Field>, heading: &str, button: &str, purpose: Purpose, roles: &[Role]) {
    let snapshot = page(fields, heading, button);
    let found = understand(&snapshot);
    let why = || {
        serde_json::to_string_pretty(
            &(0..roles.len())
                .map(|at| found.explain(&snapshot, at))
                .collect::<Vec<_>>(),
        )
        .unwrap()
    };
    assert_eq!(
        (found.purposes[0], found.roles.as_slice()),
        (purpose, roles),
        "{heading} / {button}: {}",
        why()
    );
}

#[test]
fn signing_in() {
    use Role::{CurrentPassword, Otp, Username};
    let pair = |user: &str, password: &str| vec![field("text", user), field("password", password)];
    check(
        pair("User name", "Password"),
        "Welcome back",
        "Sign in",
        Purpose::Login,
        &[Username, CurrentPassword],
    );
    check(
        pair("E-Mail-Adresse", "Passwort"),
        "Anmelden",
        "Anmelden",
        Purpose::Login,
        &[Username, CurrentPassword],
    );
    check(
        pair("Courriel", "Mot de passe"),
        "",
        "Se connecter",
        Purpose::Login,
        &[Username, CurrentPassword],
    );
    check(
        pair("ユーザーID", "パスワード"),
        "ログイン",
        "ログイン",
        Purpose::Login,
        &[Username, CurrentPassword],
    );
    check(
        pair("Телефон", "Пароль"),
        "Вход",
        "Войти",
        Purpose::Login,
        &[Username, CurrentPassword],
    );
    check(
        pair("", ""),
        "",
        "",
        Purpose::Login,
        &[Username, CurrentPassword],
    );
    let mut three = pair("User name", "Password");
    three.push(field("text", "Authenticator code"));
    check(
        three,
        "",
        "Log in",
        Purpose::Login,
        &[Username, CurrentPassword, Otp],
    );
}

#[test]
fn signing_in_by_steps() {
    let token = |kind: &str, token: &str| Field {
        autocomplete: token.to_owned(),
        ..field(kind, "")
    };
    check(
        vec![field("email", "Email")],
        "Sign in",
        "Next",
        Purpose::Login,
        &[Role::Username],
    );
    check(
        vec![token("text", "username webauthn")],
        "",
        "Continue",
        Purpose::Login,
        &[Role::Username],
    );
    check(
        vec![field("password", "Password")],
        "Hello, Alice",
        "Sign in",
        Purpose::Login,
        &[Role::CurrentPassword],
    );
    check(
        vec![field("password", "Password")],
        "Confirm access",
        "Confirm",
        Purpose::Reauth,
        &[Role::CurrentPassword],
    );
    check(
        vec![field("text", "Code")],
        "Two-factor authentication",
        "Verify",
        Purpose::Otp,
        &[Role::Otp],
    );
    check(
        vec![token("text", "one-time-code")],
        "",
        "Verify",
        Purpose::Otp,
        &[Role::Otp],
    );
    check(
        vec![field("text", "Code we sent to your phone by SMS")],
        "",
        "Verify",
        Purpose::Otp,
        &[Role::OtpOther],
    );
}

#[test]
fn signing_up() {
    use Role::{ConfirmPassword, Email, FamilyName, GivenName, NewPassword, Username};
    let fields = vec![
        field("text", "First name"),
        field("text", "Last name"),
        field("email", "Email"),
        field("password", "Password"),
    ];
    check(
        fields,
        "Create your account",
        "Sign up",
        Purpose::Signup,
        &[GivenName, FamilyName, Email, NewPassword],
    );
    let fields = vec![
        field("text", "Benutzername"),
        field("password", "Passwort"),
        field("password", "Passwort wiederholen"),
    ];
    check(
        fields,
        "Registrieren",
        "Konto erstellen",
        Purpose::Signup,
        &[Username, NewPassword, ConfirmPassword],
    );
}

#[test]
fn s71_changing_a_password() {
    use Role::{ConfirmPassword, CurrentPassword, NewPassword};
    let dots = |labels: &[&str]| {
        labels
            .iter()
            .map(|label| field("password", label))
            .collect::<Vec<_>>()
    };
    let three = [CurrentPassword, NewPassword, ConfirmPassword];
    check(
        dots(&["Old", "New", "New again"]),
        "Change password",
        "Save",
        Purpose::Change,
        &three,
    );
    check(
        dots(&["", "", ""]),
        "Security",
        "Save",
        Purpose::Change,
        &three,
    );
    check(
        dots(&[
            "Aktuelles Passwort",
            "Neues Passwort",
            "Neues Passwort bestätigen",
        ]),
        "",
        "Speichern",
        Purpose::Change,
        &three,
    );
    check(
        dots(&["New password", "Confirm password"]),
        "Reset your password",
        "Set password",
        Purpose::Change,
        &three[1..],
    );
    check(
        dots(&["Current password", "New password"]),
        "",
        "Save",
        Purpose::Change,
        &three[..2],
    );
    check(
        dots(&["New password"]),
        "Choose a new password",
        "Save",
        Purpose::Change,
        &[NewPassword],
    );
}

#[test]
fn forms_that_take_no_login() {
    use Role::{CcCsc, CcExp, CcName, CcNumber, Email, Search};
    check(
        vec![field("search", "")],
        "",
        "Search",
        Purpose::Search,
        &[Search],
    );
    check(
        vec![field("text", "Search the site")],
        "",
        "",
        Purpose::Search,
        &[Search],
    );
    check(
        vec![field("email", "Your email")],
        "Newsletter",
        "Subscribe",
        Purpose::Newsletter,
        &[Email],
    );
    check(
        vec![field("email", "Email")],
        "Forgot your password?",
        "Send reset link",
        Purpose::ResetRequest,
        &[Email],
    );
    let card = vec![
        field("text", "Name on card"),
        field("text", "Card number"),
        field("text", "Expiry date"),
        field("password", "CVC"),
    ];
    check(
        card,
        "Payment",
        "Pay now",
        Purpose::Card,
        &[CcName, CcNumber, CcExp, CcCsc],
    );
}

#[test]
fn s71_tokens_of_autocomplete_outweigh_words() {
    let token = |token: &str| Field {
        autocomplete: token.to_owned(),
        ..field("password", "Password")
    };
    let user = || field("text", "User name");
    check(
        vec![user(), token("new-password")],
        "",
        "Continue",
        Purpose::Signup,
        &[Role::Username, Role::NewPassword],
    );
    check(
        vec![user(), token("current-password")],
        "",
        "Continue",
        Purpose::Login,
        &[Role::Username, Role::CurrentPassword],
    );
    check(
        vec![user(), token("off")],
        "",
        "Sign in",
        Purpose::Login,
        &[Role::Username, Role::CurrentPassword],
    );
    check(
        vec![token("one-time-code")],
        "",
        "Go",
        Purpose::Otp,
        &[Role::Otp],
    );
}

#[test]
fn s73_hidden_fields_do_not_sway_what_the_form_is() {
    let mut fields = vec![field("text", "User name"), field("password", "Password")];
    for label in ["First name", "Confirm password", "City"] {
        let kind = if label.contains("password") {
            "password"
        } else {
            "text"
        };
        fields.push(Field {
            visibility: Visibility::NotRendered,
            ..field(kind, label)
        });
    }
    let found = understand(&page(fields, "", "Sign in"));
    assert_eq!(found.purposes[0], Purpose::Login);
    assert_eq!(found.roles[..2], [Role::Username, Role::CurrentPassword]);
}

#[test]
fn boxes_side_by_side_are_one_code() {
    let one = |at: i32| Field {
        max_length: Some(1),
        x: at * 50,
        width: 40,
        ..field("tel", "")
    };
    let found = understand(&page((0..6).map(one).collect(), "", "Verify"));
    assert_eq!(
        (found.roles, found.purposes[0]),
        (vec![Role::Otp; 6], Purpose::Otp)
    );
    let initials = understand(&page((0..3).map(one).collect(), "", "Save"));
    assert!(!initials.roles.contains(&Role::Otp), "three are too few");
}

#[test]
fn an_answer_can_be_explained() {
    let snapshot = page(
        vec![field("text", "User name"), field("password", "Password")],
        "",
        "Sign in",
    );
    let explanation = understand(&snapshot).explain(&snapshot, 1).unwrap();
    assert_eq!(explanation.reasons[0].feature, "type");
    assert!(
        explanation
            .purpose_reasons
            .iter()
            .any(|reason| reason.feature == "words: sign in")
    );
}
