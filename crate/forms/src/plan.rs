//! Which fields of which form get what of a login, and which never do.

use crate::role::{Purpose, Role};
use crate::snapshot::{Field, Snapshot, Tag};
use crate::understand::{Understanding, understand};

/// What the login has to give.
#[derive(Clone, Copy, Debug, Default)]
pub struct Has {
    /// A user name.
    pub username: bool,
    /// The user name is an e-mail address.
    pub email: bool,
    /// A password.
    pub password: bool,
    /// A one-time-code secret.
    pub code: bool,
}

/// What a field is to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Give {
    /// The user name.
    Username,
    /// The password.
    Password,
    /// The whole one-time code.
    Code,
    /// One sign of the code, from 0, of so many boxes.
    CodeSign(usize, usize),
}

impl Give {
    /// Whether it is a secret, by itself.
    #[must_use]
    pub fn is_secret(self) -> bool {
        !matches!(self, Self::Username)
    }
}

/// What the person does after the fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Sends the form.
    Submit,
    /// Goes on to the next step, where the password is asked for.
    NextStep,
}

/// A plan for one form (S-74).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Index of the group.
    pub group: usize,
    /// What the form is for.
    pub purpose: Purpose,
    /// Fields by index and what each is given, in document order.
    pub gives: Vec<(usize, Give)>,
    /// What is left to do.
    pub next: Option<Next>,
    /// The form has the keyboard focus.
    pub focused: bool,
}

/// Why there is no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// Nothing here takes a login.
    NoForm,
    /// A form is here, but a person can't see it (S-73).
    NotVisible,
}

/// The best form of the snapshot for a login; with `only`, that group or none. Whether the document's
/// own frame can be seen ([`Snapshot::frame_visible`]) is not asked here: that is known only where the
/// frames above are.
///
/// # Errors
/// [`NoPlan`] where no form takes anything of it.
pub fn plan(snapshot: &Snapshot, has: Has, only: Option<usize>) -> Result<Plan, NoPlan> {
    let understood = understand(snapshot);
    let on = snapshot.focused_group();
    let best = |seen: bool| {
        // Of equals the first on the page.
        (0..snapshot.groups.len())
            .filter(|group| only.is_none_or(|only| only == *group))
            .filter_map(|group| {
                for_group(snapshot, &understood, group, has, seen, on == Some(group))
            })
            .min_by_key(Plan::rank)
    };
    match best(true) {
        Some(plan) => Ok(plan),
        None if best(false).is_some() => Err(NoPlan::NotVisible),
        None => Err(NoPlan::NoForm),
    }
}

impl Plan {
    /// Whether anything that it gives is a secret.
    #[must_use]
    pub fn gives_secret(&self) -> bool {
        self.gives.iter().any(|(_, give)| give.is_secret())
    }

    /// Order among plans, lowest first: where the person is, then forms that take a secret, then by purpose.
    #[must_use]
    pub fn rank(&self) -> (bool, bool, u8) {
        let purpose = match self.purpose {
            Purpose::Login => 0,
            Purpose::Reauth | Purpose::LoginOrSignup => 1,
            Purpose::Otp => 2,
            Purpose::Change => 3,
            _ => 4,
        };
        (!self.focused, !self.gives_secret(), purpose)
    }
}

fn for_group(
    snapshot: &Snapshot,
    understood: &Understanding,
    group: usize,
    has: Has,
    seen: bool,
    focused: bool,
) -> Option<Plan> {
    let purpose = *understood.purposes.get(group)?;
    let members: Vec<(usize, &Field, Role)> = snapshot
        .fields
        .iter()
        .enumerate()
        .zip(&understood.roles)
        .filter(|((_, field), _)| {
            field.group == group && field.is_editable() && field.is_seen() == seen
        })
        .map(|((index, field), role)| (index, field, *role))
        .collect();
    let boxes = members
        .iter()
        .filter(|(_, _, role)| *role == Role::Otp)
        .count();
    let guarded = members
        .iter()
        .any(|(_, field, role)| *role == Role::CurrentPassword && field.kind == "password");
    let signs_in = matches!(
        purpose,
        Purpose::Login | Purpose::LoginOrSignup | Purpose::Reauth
    );
    // Some fields show their text until somebody is in them. The script enters such a field first, and puts
    // nothing into it that is no password field by then (S-72).
    let takes_secret =
        |field: &Field| field.kind == "password" || (signs_in && !guarded && field.kind == "text");
    let mut sign = 0;
    let gives: Vec<(usize, Give)> = members
        .iter()
        .filter_map(|(index, field, role)| {
            let give = match role {
                Role::Username => identifies(purpose)
                    .then_some(Give::Username)
                    .filter(|_| fits(field, has)),
                Role::Email => (takes_email(purpose) && has.email).then_some(Give::Username),
                // Never the old one where a new one is due (S-71).
                Role::CurrentPassword => {
                    (has.password && takes_secret(field) && !asks_for_new(field))
                        .then_some(Give::Password)
                }
                Role::Otp if boxes > 1 => {
                    sign += 1;
                    has.code.then_some(Give::CodeSign(sign - 1, boxes))
                }
                Role::Otp => has.code.then_some(Give::Code),
                _ => None,
            };
            give.map(|give| (*index, give))
        })
        .collect();
    if gives.is_empty() {
        return None;
    }
    // One user name and one password; a second field that looks like either is left to the person.
    let mut once = Vec::new();
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
        _ if members
            .iter()
            .any(|(_, _, role)| *role == Role::CurrentPassword) =>
        {
            None
        }
        _ => Some(Next::NextStep),
    };
    Some(Plan {
        group,
        purpose,
        gives: once,
        next,
        focused,
    })
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

#[cfg(test)]
mod tests;
