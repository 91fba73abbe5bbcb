//! Logins, and passwords that were made for a form.

use super::{Form, Give, Has, Next, Plan};
use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Tag};

pub(super) fn plan(form: &Form<'_>, has: Has) -> Option<Plan> {
    let purpose = form.purpose;
    let boxes = form.count(Role::Otp);
    let guarded = form
        .members
        .iter()
        .any(|one| one.role == Role::CurrentPassword && one.field.kind == "password");
    let signs_in = matches!(
        purpose,
        Purpose::Login | Purpose::LoginOrSignup | Purpose::Reauth
    );
    // Some fields show their text until somebody is in them. The script enters such a field first, and puts
    // nothing into it that is no password field by then (S-72).
    let takes_secret =
        |field: &Field| field.kind == "password" || (signs_in && !guarded && field.kind == "text");
    let mut sign = 0;
    let gives = form.members.iter().filter_map(|one| {
        let give = match one.role {
            Role::Username => identifies(purpose)
                .then_some(Give::Username)
                .filter(|_| fits(one.field, has)),
            Role::Email => (takes_email(purpose) && has.email).then_some(Give::Username),
            // Never the old one where a new one is due (S-71).
            Role::CurrentPassword => {
                (has.password && takes_secret(one.field) && !asks_for_new(one.field))
                    .then_some(Give::Password)
            }
            Role::Otp if boxes > 1 => {
                sign += 1;
                has.code.then_some(Give::CodeSign(sign - 1, boxes))
            }
            Role::Otp => has.code.then_some(Give::Code),
            _ => None,
        };
        give.map(|give| (one.index, give))
    });
    // One user name and one password; a second field that looks like either is left to the person.
    let mut once: Vec<(usize, Give)> = Vec::new();
    for (index, give) in gives {
        let again =
            !matches!(give, Give::CodeSign(..)) && once.iter().any(|(_, other)| *other == give);
        if !again {
            once.push((index, give));
        }
    }
    let gave = |wanted: Give| once.iter().any(|(_, give)| *give == wanted);
    let coded = once
        .iter()
        .any(|(_, give)| matches!(give, Give::Code | Give::CodeSign(..)));
    let next = match purpose {
        Purpose::Signup | Purpose::Change | Purpose::Other => None,
        _ if gave(Give::Password) || coded => Some(Next::Submit),
        Purpose::ResetRequest => Some(Next::Submit),
        _ if form.has(Role::CurrentPassword) => None,
        _ => Some(Next::NextStep),
    };
    form.plan(once, next)
}

/// The new password and the same again, only where it doesn't show (S-72).
pub(super) fn new_password(form: &Form<'_>) -> Option<Plan> {
    let fresh = form.members.iter().filter(|one| {
        matches!(one.role, Role::NewPassword | Role::ConfirmPassword)
            && one.field.kind == "password"
    });
    form.plan(
        fresh.map(|one| (one.index, Give::NewPassword)).collect(),
        None,
    )
}

/// Whether the page itself says that the old password is not wanted here. Some say so of a field to
/// sign in with, which is understood; they are taken at their word all the same (S-71).
fn asks_for_new(field: &Field) -> bool {
    let tokens = field.autocomplete.to_ascii_lowercase();
    tokens
        .split_whitespace()
        .any(|token| token == "new-password")
}

/// Whether a form of this purpose is given the user name as its identifier.
fn identifies(purpose: Purpose) -> bool {
    !matches!(
        purpose,
        Purpose::Newsletter | Purpose::Search | Purpose::Card | Purpose::Address | Purpose::Other
    )
}

/// Whether a form of this purpose is given the user name where it asks for an e-mail address.
fn takes_email(purpose: Purpose) -> bool {
    matches!(
        purpose,
        Purpose::Signup
            | Purpose::LoginOrSignup
            | Purpose::ResetRequest
            | Purpose::Login
            | Purpose::Change
    )
}

/// Whether the user name can go in: the browser refuses to send what is no address from an e-mail field.
fn fits(field: &Field, has: Has) -> bool {
    has.username && field.tag == Tag::Input && (field.kind != "email" || has.email)
}
